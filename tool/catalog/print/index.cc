#include "catalog/analyze/analyze.h"
#include "catalog/print/define.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

std::string KeyText(const Catalog& catalog, const Relation& table, const IndexDefinition& d,
                    const IndexKey& key) {
  const Column* column = table.FindColumn(key.column);
  std::string text;
  if (column != nullptr) text = QuoteIdentifier(column->name);
  if (key.expression != nullptr) text = KeyExpression(Print(catalog, *key.expression));
  if (key.collation != 0 && (column == nullptr || column->collation != key.collation)) {
    text += " COLLATE " + SqlCollation(catalog, key.collation);
  }
  const OperatorClass* opclass = key.opclass == 0 ? nullptr : catalog.operator_class(key.opclass);
  if (opclass != nullptr) {
    text += " " + SqlOperatorClass(catalog, *opclass);
    if (!key.opclass_options.empty()) text += " (" + key.opclass_options + ")";
  }
  if (d.method != "btree") return text;
  if (key.descending) text += key.nulls_first ? " DESC" : " DESC NULLS LAST";
  if (!key.descending && key.nulls_first) text += " NULLS FIRST";
  return text;
}

}  // namespace

bool IsPartOfOther(const Catalog&, const Relation& index) {
  return !index.parents.empty() || (index.index && index.index->constraint != 0);
}

std::string IndexBody(const Catalog& catalog, const Relation& index) {
  const IndexDefinition& d = *index.index;
  const Relation* table = catalog.relation(d.table);
  if (table == nullptr) return "";
  std::vector<std::string> keys;
  for (const IndexKey& key : d.keys) keys.push_back(KeyText(catalog, *table, d, key));
  std::string sql = (d.method == "btree" ? "" : "USING " + QuoteIdentifier(d.method) + " ") + "(" +
                    Join(keys, ", ") + ")";
  if (!d.included.empty()) sql += " INCLUDE (" + SqlColumns(*table, d.included) + ")";
  if (d.nulls_not_distinct) sql += " NULLS NOT DISTINCT";
  if (!index.options.empty()) sql += " WITH " + SqlOptions(index.options);
  if (!index.tablespace.empty()) sql += " TABLESPACE " + QuoteIdentifier(index.tablespace);
  if (d.predicate != nullptr) sql += " WHERE " + Bare(Print(catalog, *d.predicate));
  return sql;
}

std::string CreateIndex(const Catalog& catalog, const Relation& index, bool concurrently) {
  return std::string("CREATE ") + (index.index->unique ? "UNIQUE " : "") + "INDEX " +
         (concurrently ? "CONCURRENTLY " : "") + QuoteIdentifier(index.name) + " ON " +
         SqlRelation(catalog, index.index->table) + " " + IndexBody(catalog, index);
}

}  // namespace strata::catalog
