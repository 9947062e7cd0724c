// UPDATE, DELETE, and which statement is which.
#include <memory>
#include <utility>

#include "catalog/analyze/analysis.h"
#include "catalog/analyze/writer.h"

namespace strata::catalog {

QueryPtr Analysis::Update(Level* parent, const sql::UpdateStmt* update) {
  Level level;
  level.parent = parent;
  level.query.kind = Query::Kind::kUpdate;
  if (update->with_clause != nullptr) With(&level, update->with_clause);
  Writer writer(this, &level);
  writer.Target(update->relation);
  Visible target = writer.target();
  target.lateral_only = true;
  target.lateral_ok = false;
  level.visible.push_back(target);
  From(&level, sql::Each(update->n_from_clause, update->from_clause));
  level.query.targets = writer.Assignments(sql::Each(update->n_target_list, update->target_list));
  if (update->where_clause != nullptr) {
    level.query.where =
        CoerceToBoolean(Expression(&level, update->where_clause, Clause::kWhere), "WHERE");
  }
  writer.Returning(sql::Each(update->n_returning_list, update->returning_list));
  return std::make_shared<Query>(std::move(level.query));
}

QueryPtr Analysis::Delete(Level* parent, const sql::DeleteStmt* remove) {
  Level level;
  level.parent = parent;
  level.query.kind = Query::Kind::kDelete;
  if (remove->with_clause != nullptr) With(&level, remove->with_clause);
  Writer writer(this, &level);
  writer.Target(remove->relation);
  Visible target = writer.target();
  target.lateral_only = true;
  target.lateral_ok = false;
  level.visible.push_back(target);
  From(&level, sql::Each(remove->n_using_clause, remove->using_clause));
  if (remove->where_clause != nullptr) {
    level.query.where =
        CoerceToBoolean(Expression(&level, remove->where_clause, Clause::kWhere), "WHERE");
  }
  writer.Returning(sql::Each(remove->n_returning_list, remove->returning_list));
  return std::make_shared<Query>(std::move(level.query));
}

QueryPtr Analysis::Statement(Level* parent, const sql::Node* node, SelectUse use) {
  if (const auto* n = sql::As<sql::SelectStmt>(node)) return Select(parent, n, use);
  if (const auto* n = sql::As<sql::InsertStmt>(node)) return Insert(parent, n);
  if (const auto* n = sql::As<sql::UpdateStmt>(node)) return Update(parent, n);
  if (const auto* n = sql::As<sql::DeleteStmt>(node)) return Delete(parent, n);
  if (const auto* n = sql::As<sql::MergeStmt>(node)) return Merge(parent, n);
  return nullptr;
}

}  // namespace strata::catalog
