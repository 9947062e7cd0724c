#include "catalog/apply/table/query_relation.h"

#include <set>

#include "catalog/apply/names.h"
#include "catalog/apply/table/column.h"
#include "catalog/apply/table/create.h"
#include "catalog/expr.h"

namespace strata::catalog {
namespace {

constexpr Oid kText = 25, kUnknown = 705;

}  // namespace

std::vector<Column> ColumnsOf(Context& context, const Query& query,
                              const std::vector<std::string>& names, std::string_view too_many,
                              Span at, bool* complete) {
  std::vector<Column> columns;
  std::set<std::string> seen;
  if (names.size() > query.columns.size() && query.certain) {
    context.Report("syntax-error", std::string(too_many), at);
  }
  for (std::size_t i = 0; i < query.columns.size(); ++i) {
    const ResultColumn& result = query.columns[i];
    Column c;
    c.number = static_cast<std::int16_t>(i + 1);
    c.name = Truncated(i < names.size() ? names[i] : result.name);
    c.type = result.type;
    if (c.type.type == kUnknown) c.type = {kText, -1};
    c.collation = result.collation;
    if (!seen.insert(c.name).second) {
      context.Report("duplicate-column", "column \"" + c.name + "\" specified more than once", at,
                     "give one of them another name with AS");
      continue;
    }
    columns.push_back(std::move(c));
  }
  if (!query.certain) *complete = false;
  return columns;
}

void EnterQuery(Context& context, Oid relation, const Query& query) {
  context.edit.Depend({ObjectClass::kRelation, relation}, ReferencesOf(query));
}

void CreateTableAs(Context& context, const sql::Node* query_node, const sql::IntoClause& into,
                   bool materialized, bool if_not_exists) {
  const Name name = context.NameOf(*into.rel);
  const Oid schema = context.NeedCreationSchema(name, into.rel);
  if (schema == 0) return;
  if (!RelationNameIsFree(context, schema, name, if_not_exists)) return;
  Relation made;
  made.schema = schema;
  made.name = Truncated(name.name);
  if (!TypeNameIsFree(context, schema, made.name, name.at)) return;
  made.kind = materialized ? RelationKind::kMaterializedView : RelationKind::kTable;
  made.owner = context.catalog.session.role;
  made.options = ReadTableOptions(context, into.n_options, into.options);
  made.populated = !into.skip_data;
  if (into.rel->relpersistence != nullptr && into.rel->relpersistence[0] != '\0')
    made.persistence = into.rel->relpersistence[0];
  std::vector<std::string> names;
  for (const sql::Node* n : sql::Each(into.n_col_names, into.col_names))
    names.emplace_back(sql::StringOf(n));
  QueryPtr query;
  if (sql::As<sql::ExecuteStmt>(query_node) != nullptr) {
    made.complete = false;
  } else {
    query = AnalyzeQuery(context.catalog, query_node, {}, context.findings());
    made.columns = ColumnsOf(context, *query, names, "too many column names were specified",
                             name.at, &made.complete);
    if (materialized) made.query = query;
  }
  made.last_number = static_cast<std::int16_t>(made.columns.size());
  const std::vector<Column> columns = made.columns;
  const Oid oid = context.edit.Put(std::move(made));
  context.edit.Depend({ObjectClass::kRelation, oid}, {ObjectClass::kSchema, schema});
  for (const Column& column : columns) EnterColumn(context, oid, column);
  MakeRowType(context, *context.catalog.relation(oid));
  if (materialized && query != nullptr) EnterQuery(context, oid, *query);
}

}  // namespace strata::catalog
