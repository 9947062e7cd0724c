#include "catalog/analyze/analyze.h"
#include "catalog/print/define.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

// The columns are named where the query would name them otherwise.
std::string ColumnList(const Relation& view) {
  const std::vector<ResultColumn>& made = view.query->columns;
  bool same = made.size() == view.columns.size();
  std::vector<std::string> names;
  for (std::size_t i = 0; i < view.columns.size(); ++i) {
    same = same && made[i].name == view.columns[i].name;
    names.push_back(QuoteIdentifier(view.columns[i].name));
  }
  return same || made.empty() ? "" : " (" + Join(names, ", ") + ")";
}

}  // namespace

std::string CreateView(const Catalog& catalog, const Relation& view, bool replace) {
  const bool materialized = view.kind == RelationKind::kMaterializedView;
  if (view.query == nullptr) return "";
  std::string sql = materialized ? "CREATE MATERIALIZED VIEW "
                    : replace    ? "CREATE OR REPLACE VIEW "
                                 : "CREATE VIEW ";
  sql += SqlRelation(catalog, view.oid) + ColumnList(view);
  if (!view.options.empty()) sql += " WITH " + SqlOptions(view.options);
  if (!view.tablespace.empty()) sql += " TABLESPACE " + QuoteIdentifier(view.tablespace);
  sql += " AS\n" + Print(catalog, *view.query);
  if (view.check_option == "local") sql += "\nWITH LOCAL CHECK OPTION";
  if (view.check_option == "cascaded") sql += "\nWITH CASCADED CHECK OPTION";
  if (materialized && !view.populated) sql += "\nWITH NO DATA";
  return sql;
}

}  // namespace strata::catalog
