#include "catalog/analyze/conflict.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "catalog/apply/doubt.h"

namespace strata::catalog {

using Kind = Expr::Kind;

namespace {

// False where some of it is not known.
bool ColumnsOf(const Expr& expr, std::set<std::int16_t>* columns) {
  if (expr.kind == Kind::kOpaque || expr.query != nullptr) return false;
  if (expr.kind == Kind::kColumn) columns->insert(expr.number);
  return std::all_of(expr.args.begin(), expr.args.end(), [&](const ExprPtr& arg) {
    return arg == nullptr || ColumnsOf(*arg, columns);
  });
}

// False where it is certain that they differ: other columns, or another function.
bool MayBeTheSame(const Expr& a, const Expr& b) {
  const bool functions = a.kind == Kind::kFunction && b.kind == Kind::kFunction;
  if (functions && a.object != 0 && b.object != 0 && a.object != b.object) return false;
  std::set<std::int16_t> of_a, of_b;
  return !ColumnsOf(a, &of_a) || !ColumnsOf(b, &of_b) || of_a == of_b;
}

bool EachHasAPartner(const std::vector<ExprPtr>& some, const std::vector<ExprPtr>& others) {
  return std::all_of(some.begin(), some.end(), [&](const ExprPtr& a) {
    return std::any_of(others.begin(), others.end(),
                       [&](const ExprPtr& b) { return MayBeTheSame(*a, *b); });
  });
}

// Whether the index `relation` may be the one that ON CONFLICT (…) of `query` infers; false where
// it is certain that it is not.
bool CanArbitrate(const Relation& relation, const Query& query) {
  if (!relation.index || !relation.index->unique || !relation.index->valid) return false;
  const IndexDefinition& index = *relation.index;
  std::vector<std::int16_t> columns;
  std::vector<ExprPtr> expressions;
  for (const IndexKey& key : index.keys) {
    if (key.column != 0) {
      columns.push_back(key.column);
    } else {
      expressions.push_back(key.expression);
    }
  }
  std::vector<std::int16_t> wanted = query.conflict_columns;
  std::sort(columns.begin(), columns.end());
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  if (columns != wanted) return false;
  if (!EachHasAPartner(expressions, query.conflict_expressions) ||
      !EachHasAPartner(query.conflict_expressions, expressions))
    return false;
  return index.predicate == nullptr || query.conflict_predicate != nullptr;
}

// ON CONFLICT (…) or ON CONSTRAINT: which index it goes by.
class Inference {
 public:
  Inference(Analysis* analysis, Level* level, const Relation& relation)
      : a_(*analysis), level_(level), query_(level->query), relation_(relation) {}

  void Read(const sql::InferClause& infer) {
    if (infer.conname != nullptr && infer.conname[0] != '\0') {
      Named(infer.conname, At(infer.location));
      return;
    }
    const std::size_t problems = a_.problems();
    for (const sql::Node* node : sql::Each(infer.n_index_elems, infer.index_elems)) {
      if (const auto* element = sql::As<sql::IndexElem>(node)) Element(*element, infer);
    }
    if (infer.where_clause != nullptr) {
      query_.conflict_predicate =
          a_.CoerceToBoolean(a_.Expression(level_, infer.where_clause, Clause::kPlace), "WHERE");
    }
    if (a_.problems() == problems) NeedIndex(At(infer.location));
  }

 private:
  void Named(const std::string& name, std::size_t at) {
    const Constraint* constraint = a_.catalog().FindConstraint(relation_.oid, name);
    if (constraint == nullptr) {
      a_.Fail("undefined-object",
              "constraint \"" + name + "\" for table \"" + relation_.name + "\" does not exist",
              at);
      return;
    }
    query_.conflict_constraint = constraint->oid;
    if (constraint->kind == ConstraintKind::kCheck ||
        constraint->kind == ConstraintKind::kForeignKey) {
      a_.Fail("wrong-object-type", "constraint in ON CONFLICT clause has no associated index", at,
              "name a unique or exclusion constraint");
    }
  }

  void Element(const sql::IndexElem& element, const sql::InferClause& infer) {
    if (element.name == nullptr || element.name[0] == '\0') {
      query_.conflict_expressions.push_back(a_.Expression(level_, element.expr, Clause::kPlace));
      return;
    }
    const Column* column = relation_.FindColumn(element.name);
    if (column == nullptr) {
      a_.Fail("undefined-column", "column \"" + std::string(element.name) + "\" does not exist",
              At(infer.location), NearColumn(relation_, element.name));
      return;
    }
    query_.conflict_columns.push_back(column->number);
  }

  void NeedIndex(std::size_t at) {
    const bool plain =
        relation_.kind == RelationKind::kTable || relation_.kind == RelationKind::kPartitionedTable;
    if (!plain || level_->uncertain) return;
    if (InDoubt(a_.catalog().session, {"key", relation_.name})) return;
    for (const Relation* index : a_.catalog().IndexesOf(relation_.oid)) {
      if (CanArbitrate(*index, query_)) return;
    }
    a_.Fail("invalid-column-reference",
            "there is no unique or exclusion constraint matching the ON CONFLICT specification", at,
            "name the columns of a unique index or constraint of \"" + relation_.name + "\"");
  }

  Analysis& a_;
  Level* level_;
  Query& query_;
  const Relation& relation_;
};

// The row that was not inserted, as "excluded".
void AddExcluded(Analysis* analysis, Level* level, const Relation& relation) {
  Visible excluded;
  level->query.excluded_range = analysis->AddRelation(level, relation, nullptr, &excluded);
  level->query.ranges.back().alias = "excluded";
  excluded.alias = "excluded";
  excluded.schema.clear();
  level->visible.push_back(excluded);
}

}  // namespace

void OnConflict(Analysis* analysis, Level* level, Writer* writer,
                const sql::OnConflictClause& clause) {
  Query& query = level->query;
  const bool update = clause.action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE;
  query.on_conflict = update ? "update" : "nothing";
  const Relation* relation = writer->relation();
  level->visible = {writer->target()};
  if (update && clause.infer == nullptr) {
    analysis->Fail("syntax-error",
                   "ON CONFLICT DO UPDATE requires inference specification or constraint name",
                   At(clause.location), "for example, ON CONFLICT (column_name)");
  }
  if (relation == nullptr) return;
  if (clause.infer != nullptr) Inference(analysis, level, *relation).Read(*clause.infer);
  if (!update) return;
  AddExcluded(analysis, level, *relation);
  query.conflict_set = writer->Assignments(sql::Each(clause.n_target_list, clause.target_list));
  if (clause.where_clause != nullptr) {
    query.conflict_where = analysis->CoerceToBoolean(
        analysis->Expression(level, clause.where_clause, Clause::kWhere), "WHERE");
  }
}

}  // namespace strata::catalog
