#include "catalog/apply/alter/recheck.h"

#include <algorithm>

#include "catalog/apply/table/column.h"
#include "catalog/expr.h"

namespace strata::catalog {
namespace {

class Recheck {
 public:
  Recheck(Context& context, Oid relation, std::int16_t column, Span at)
      : context_(context), self_{ObjectClass::kRelation, relation, column}, at_(at) {}

  void Run() {
    for (const Constraint* c : context_.catalog.ConstraintsOf(self_.oid)) {
      if (c->kind == ConstraintKind::kCheck && !Fits(c->check, ExprPlace::kCheck)) return;
    }
    for (const Relation* index : context_.catalog.IndexesOf(self_.oid)) {
      if (!Fits(index->index->predicate, ExprPlace::kIndexPredicate)) return;
      for (const IndexKey& key : index->index->keys) {
        if (!Fits(key.expression, ExprPlace::kIndexExpression)) return;
      }
    }
  }

 private:
  bool Fits(const ExprPtr& expression, ExprPlace place) {
    if (expression == nullptr) return true;
    const std::vector<ObjectRef> needs = ReferencesOf(*expression);
    if (std::find(needs.begin(), needs.end(), self_) == needs.end()) return true;
    Scope scope;
    scope.place = place;
    scope.relation = context_.catalog.relation(self_.oid);
    Findings findings;
    AnalyzeText(context_, Print(context_.catalog, *expression), scope, &findings);
    if (findings.problems.empty()) return true;
    const Problem& problem = findings.problems.front();
    context_.Report(problem.rule, problem.message, at_,
                    "a constraint or index needs the column's old type; drop it first");
    return false;
  }

  Context& context_;
  const ObjectRef self_;
  const Span at_;
};

}  // namespace

void RecheckExpressions(Context& context, Oid relation, std::int16_t column, Span at) {
  Recheck(context, relation, column, at).Run();
}

}  // namespace strata::catalog
