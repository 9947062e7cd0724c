// MERGE.
#include <memory>
#include <utility>
#include <vector>

#include "catalog/analyze/analysis.h"
#include "catalog/analyze/writer.h"

namespace strata::catalog {
namespace {

// WHEN NOT MATCHED THEN INSERT (…) VALUES (…).
void InsertOf(Analysis* analysis, Level* level, Writer* writer, const sql::MergeWhenClause& when) {
  std::vector<const Column*> columns;
  for (const sql::Node* item : sql::Each(when.n_target_list, when.target_list)) {
    const auto* column = sql::As<sql::ResTarget>(item);
    columns.push_back(column == nullptr ? nullptr
                                        : writer->ColumnNamed(column->name, At(column->location)));
  }
  if (when.n_target_list == 0 && writer->relation() != nullptr) {
    for (const Column& column : writer->relation()->columns) columns.push_back(&column);
  }
  std::size_t i = 0;
  for (const sql::Node* value : sql::Each(when.n_values, when.values)) {
    if (i >= columns.size()) break;
    const Column* column = columns[i++];
    if (sql::As<sql::SetToDefault>(value) != nullptr) continue;
    const ExprPtr read = analysis->Expression(level, value, Clause::kValuesSingle);
    if (column != nullptr) writer->Assign(*column, read, LocationOf(value));
  }
}

void When(Analysis* analysis, Level* level, Writer* writer, const sql::MergeWhenClause& when) {
  if (when.condition != nullptr) {
    analysis->CoerceToBoolean(analysis->Expression(level, when.condition, Clause::kMergeWhen),
                              "WHEN");
  }
  if (when.command_type == PG_QUERY__CMD_TYPE__CMD_UPDATE) {
    writer->Assignments(sql::Each(when.n_target_list, when.target_list));
  } else if (when.command_type == PG_QUERY__CMD_TYPE__CMD_INSERT) {
    InsertOf(analysis, level, writer, when);
  }
}

}  // namespace

QueryPtr Analysis::Merge(Level* parent, const sql::MergeStmt* merge) {
  Level level;
  level.parent = parent;
  level.query.kind = Query::Kind::kMerge;
  level.query.certain = false;
  if (merge->with_clause != nullptr) With(&level, merge->with_clause);
  Writer writer(this, &level);
  writer.Target(merge->relation);
  std::vector<Visible> source;
  level.query.from.push_back(FromNode(&level, merge->source_relation, &source));
  const std::vector<Visible> target = {writer.target()};
  CheckNames(target, source, level);
  std::vector<Visible> both = target;
  both.insert(both.end(), source.begin(), source.end());
  level.visible = both;
  CoerceToBoolean(Expression(&level, merge->join_condition, Clause::kJoinOn), "JOIN/ON");
  for (const sql::Node* node : sql::Each(merge->n_merge_when_clauses, merge->merge_when_clauses)) {
    const auto* when = sql::As<sql::MergeWhenClause>(node);
    if (when == nullptr) continue;
    level.visible = when->matched ? both : source;
    When(this, &level, &writer, *when);
  }
  return std::make_shared<Query>(std::move(level.query));
}

}  // namespace strata::catalog
