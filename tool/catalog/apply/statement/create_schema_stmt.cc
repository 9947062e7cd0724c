// CREATE SCHEMA
#include <algorithm>

#include "catalog/apply/names.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {
namespace {

// The elements are made in this order, whatever theirs is (transformCreateSchemaStmtElements).
int OrderOf(const sql::Node* element) {
  if (sql::As<sql::CreateSeqStmt>(element) != nullptr) return 0;
  if (sql::As<sql::CreateStmt>(element) != nullptr) return 1;
  if (sql::As<sql::ViewStmt>(element) != nullptr) return 2;
  if (sql::As<sql::IndexStmt>(element) != nullptr) return 3;
  if (sql::As<sql::CreateTrigStmt>(element) != nullptr) return 4;
  return 5;
}

}  // namespace

void ApplyStatement(Context& context, const sql::CreateSchemaStmt& statement) {
  const std::string owner = statement.authrole == nullptr ? context.catalog.session.role
                                                          : context.RoleOf(statement.authrole);
  const std::string name = Truncated(
      statement.schemaname == nullptr || statement.schemaname[0] == '\0' ? owner
                                                                         : statement.schemaname);
  const Span at = context.Find(name);
  if (name.starts_with("pg_")) {
    context.Report("reserved-name", "unacceptable schema name \"" + name + "\"", at,
                   "the prefix \"pg_\" is reserved for system schemas");
    return;
  }
  if (context.catalog.FindSchema(name) != nullptr) {
    if (!statement.if_not_exists) {
      context.Report("duplicate-schema", "schema \"" + name + "\" already exists", at,
                     "write CREATE SCHEMA IF NOT EXISTS if it may be there");
    }
    return;
  }
  context.edit.Put(Schema{0, name, owner});
  // The elements are made inside the new schema.
  const std::vector<std::string> path = context.catalog.session.search_path;
  context.catalog.session.search_path.insert(context.catalog.session.search_path.begin(), name);
  std::vector<const sql::Node*> elements;
  for (const sql::Node* n : sql::Each(statement.n_schema_elts, statement.schema_elts))
    elements.push_back(n);
  std::stable_sort(elements.begin(), elements.end(),
                   [](const sql::Node* a, const sql::Node* b) { return OrderOf(a) < OrderOf(b); });
  for (const sql::Node* element : elements) ApplyNode(context, element);
  context.catalog.session.search_path = path;
}

}  // namespace strata::catalog
