#include "catalog/print/define.h"
#include "catalog/quote.h"

namespace strata::catalog {

std::string CreateSchema(const Schema& schema) {
  return "CREATE SCHEMA " + QuoteIdentifier(schema.name);
}

std::string CreateExtension(const Catalog& catalog, const Extension& extension) {
  std::string sql = "CREATE EXTENSION IF NOT EXISTS " + QuoteIdentifier(extension.name);
  const Schema* schema = catalog.schema(extension.schema);
  if (schema != nullptr && schema->oid != kPublicSchema && schema->oid != kPgCatalogSchema) {
    sql += " WITH SCHEMA " + QuoteIdentifier(schema->name);
  }
  return sql;
}

std::string CreateOperator(const Catalog& catalog, const Operator& op) {
  const Schema* schema = catalog.schema(op.schema);
  const Function* function = catalog.function(op.function);
  std::string sql = "CREATE OPERATOR ";
  if (schema != nullptr && schema->oid != kPublicSchema) sql += QuoteIdentifier(schema->name) + ".";
  sql += op.name +
         " (\n    FUNCTION = " + (function == nullptr ? "" : SqlFunction(catalog, *function));
  if (op.left != 0) sql += ",\n    LEFTARG = " + SqlType(catalog, {op.left, -1});
  sql += ",\n    RIGHTARG = " + SqlType(catalog, {op.right, -1});
  const Operator* commutator = op.commutator == 0 ? nullptr : catalog.operator_(op.commutator);
  const Operator* negator = op.negator == 0 ? nullptr : catalog.operator_(op.negator);
  if (commutator != nullptr) sql += ",\n    COMMUTATOR = " + commutator->name;
  if (negator != nullptr) sql += ",\n    NEGATOR = " + negator->name;
  if (!op.restrict_function.empty()) sql += ",\n    RESTRICT = " + op.restrict_function;
  if (!op.join_function.empty()) sql += ",\n    JOIN = " + op.join_function;
  if (op.can_hash) sql += ",\n    HASHES";
  if (op.can_merge) sql += ",\n    MERGES";
  return sql + "\n)";
}

std::string CreateOperatorClass(const Catalog& catalog, const OperatorClass& c) {
  return "CREATE OPERATOR CLASS " + SqlOperatorClass(catalog, c) +
         (c.is_default ? " DEFAULT" : "") + " FOR TYPE " + SqlType(catalog, {c.input, -1}) +
         " USING " + QuoteIdentifier(c.method) + " " + c.definition;
}

std::string CreateCast(const Catalog& catalog, const Cast& cast) {
  std::string sql = "CREATE CAST (" + SqlType(catalog, {cast.source, -1}) + " AS " +
                    SqlType(catalog, {cast.target, -1}) + ")";
  const Function* function = cast.function == 0 ? nullptr : catalog.function(cast.function);
  if (function != nullptr) sql += " WITH FUNCTION " + SqlSignature(catalog, *function);
  if (function == nullptr) sql += cast.method == 'i' ? " WITH INOUT" : " WITHOUT FUNCTION";
  if (cast.context == 'i') sql += " AS IMPLICIT";
  if (cast.context == 'a') sql += " AS ASSIGNMENT";
  return sql;
}

std::string CommentOn(const Catalog& catalog, ObjectRef object, const std::string& text) {
  const std::string name = SqlObject(catalog, object);
  if (name.empty()) return "";
  return "COMMENT ON " + name + " IS " + (text.empty() ? "NULL" : QuoteLiteral(text));
}

}  // namespace strata::catalog
