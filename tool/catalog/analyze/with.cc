// WITH, and subqueries inside expressions.
#include <algorithm>

#include "catalog/analyze/analysis.h"
#include "catalog/analyze/place.h"
#include "sql/walk.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

namespace {

bool Names(const sql::Node* node, const std::string& relation) {
  bool found = false;
  sql::Walk(node, [&](const sql::Node* n) {
    const auto* var = sql::As<sql::RangeVar>(n);
    const bool schemaless =
        var != nullptr && (var->schemaname == nullptr || var->schemaname[0] == '\0');
    found = found || (schemaless && relation == var->relname);
    return !found;
  });
  return found;
}

// Whether a query inside has a WITH item of that name, so that the name may mean either.
bool NamesAnew(const sql::Node* node, const std::string& relation) {
  bool found = false;
  sql::Walk(node, [&](const sql::Node* n) {
    const auto* cte = sql::As<sql::CommonTableExpr>(n);
    found = found || (cte != nullptr && relation == cte->ctename);
    return !found;
  });
  return found;
}

class WithReader {
 public:
  WithReader(Analysis* analysis, Level* level, const sql::WithClause* with)
      : a_(*analysis), level_(level), recursive_(with->recursive) {
    for (const sql::Node* node : sql::Each(with->n_ctes, with->ctes)) {
      if (const auto* cte = sql::As<sql::CommonTableExpr>(node)) ctes_.push_back(cte);
    }
  }

  void Read() {
    level_->query.recursive = recursive_;
    for (std::size_t i = 0; i < ctes_.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (std::string_view(ctes_[i]->ctename) != ctes_[k]->ctename) continue;
        a_.Fail(
            "duplicate-alias",
            "WITH query name \"" + std::string(ctes_[i]->ctename) + "\" specified more than once",
            At(ctes_[i]->location));
      }
    }
    if (!recursive_) {
      for (const auto* cte : ctes_) level_->future_ctes.emplace_back(cte->ctename);
    }
    for (std::size_t i = 0; i < ctes_.size(); ++i) One(i);
    level_->query.ctes = level_->ctes;
  }

 private:
  void One(std::size_t i) {
    const auto* cte = ctes_[i];
    Query::Cte made;
    made.name = cte->ctename;
    made.materialized =
        cte->ctematerialized == PG_QUERY__CTEMATERIALIZE__CTEMaterializeAlways  ? "MATERIALIZED"
        : cte->ctematerialized == PG_QUERY__CTEMATERIALIZE__CTEMaterializeNever ? "NOT MATERIALIZED"
                                                                                : "";
    for (const sql::Node* name : sql::Each(cte->n_aliascolnames, cte->aliascolnames)) {
      made.column_aliases.emplace_back(sql::StringOf(name));
    }
    if (cte->search_clause != nullptr || cte->cycle_clause != nullptr) {
      made.search_and_cycle = "?";
      level_->query.certain = false;
    }
    const bool own = recursive_ && Names(cte->ctequery, made.name);
    made.recursive = own;
    std::size_t hidden = 0;
    if (recursive_) hidden = HideLater(i);
    made.query = own ? Recursive(cte, made) : Plain(cte->ctequery);
    if (hidden > 0) level_->ctes.resize(level_->ctes.size() - hidden);
    CheckAliases(made, At(cte->location));
    level_->ctes.push_back(std::move(made));
    if (!level_->future_ctes.empty()) level_->future_ctes.erase(level_->future_ctes.begin());
  }

  QueryPtr Plain(const sql::Node* node) {
    QueryPtr query = a_.Statement(level_, node);
    return query != nullptr ? query : Unknown();
  }

  static QueryPtr Unknown() {
    auto query = std::make_shared<Query>();
    query->kind = Query::Kind::kOpaque;
    query->certain = query->complete = false;
    return query;
  }

  // WITH RECURSIVE lets an item see later ones; these are taken as they come, unseen.
  std::size_t HideLater(std::size_t i) {
    std::size_t hidden = 0;
    for (std::size_t k = i + 1; k < ctes_.size(); ++k) {
      if (!Names(ctes_[i]->ctequery, ctes_[k]->ctename)) continue;
      Query::Cte later;
      later.name = ctes_[k]->ctename;
      later.query = Unknown();
      level_->ctes.push_back(std::move(later));
      ++hidden;
    }
    return hidden;
  }

  // The left arm alone tells the columns; then the whole is read with them known.
  QueryPtr Recursive(const sql::CommonTableExpr* cte, const Query::Cte& made) {
    const auto* select = sql::As<sql::SelectStmt>(cte->ctequery);
    const bool shaped = select != nullptr && select->op == PG_QUERY__SET_OPERATION__SETOP_UNION &&
                        select->larg != nullptr;
    if (!shaped && NamesAnew(cte->ctequery, made.name)) return Unknown();
    if (!shaped) {
      a_.Fail("invalid-recursion",
              "recursive query \"" + made.name +
                  "\" does not have the form non-recursive-term UNION [ALL] recursive-term",
              At(cte->location));
      return Unknown();
    }
    Findings unheard;
    Analysis first(a_.catalog(), &unheard);
    first.parameters = a_.parameters;
    first.scope = a_.scope;
    Level shadow;
    shadow.parent = level_;
    if (select->with_clause != nullptr) first.With(&shadow, select->with_clause);
    const QueryPtr seed = first.Select(&shadow, select->larg);
    Query::Cte self = made;
    self.query = seed;
    level_->ctes.push_back(self);
    QueryPtr whole = a_.Select(level_, select);
    level_->ctes.pop_back();
    CheckColumns(cte, *seed, *whole);
    auto result = std::make_shared<Query>(*whole);
    for (std::size_t k = 0; k < result->columns.size() && k < seed->columns.size(); ++k) {
      if (result->columns[k].type.type == 0) result->columns[k].type = seed->columns[k].type;
    }
    return result;
  }

  void CheckColumns(const sql::CommonTableExpr* cte, const Query& seed, const Query& whole) {
    if (!seed.complete || !whole.complete) return;
    for (std::size_t k = 0; k < seed.columns.size() && k < whole.columns.size(); ++k) {
      const Oid first = seed.columns[k].type.type, all = whole.columns[k].type.type;
      if (first == 0 || all == 0 || first == all) continue;
      a_.Fail("datatype-mismatch",
              "recursive query \"" + std::string(cte->ctename) + "\" column " +
                  std::to_string(k + 1) + " has type " +
                  a_.catalog().TypeName(seed.columns[k].type) + " in non-recursive term but type " +
                  a_.catalog().TypeName(whole.columns[k].type) + " overall",
              PlaceOf(seed, k), "cast the output of the non-recursive term to the correct type");
      return;
    }
  }

  static std::size_t PlaceOf(const Query& seed, std::size_t k) {
    if (seed.kind == Query::Kind::kSelect && k < seed.targets.size())
      return seed.targets[k].value->span.begin;
    if (seed.kind == Query::Kind::kValues && !seed.values.empty() && k < seed.values[0].size()) {
      return seed.values[0][k]->span.begin;
    }
    return 0;
  }

  void CheckAliases(const Query::Cte& cte, std::size_t at) {
    if (!cte.query->complete || cte.column_aliases.size() <= cte.query->columns.size()) return;
    a_.Fail("invalid-column-reference",
            "WITH query \"" + cte.name + "\" has " + std::to_string(cte.query->columns.size()) +
                " columns available but " + std::to_string(cte.column_aliases.size()) +
                " columns specified",
            at);
  }

  Analysis& a_;
  Level* level_;
  bool recursive_;
  std::vector<const sql::CommonTableExpr*> ctes_;
};

}  // namespace

void Analysis::With(Level* level, const sql::WithClause* with) {
  WithReader(this, level, with).Read();
}

namespace {

class SubqueryReader {
 public:
  SubqueryReader(Analysis* analysis, Level* level, const sql::SubLink* link)
      : a_(*analysis), level_(level), link_(link), at_(At(link->location)) {}

  ExprPtr Read() {
    const std::string where =
        PlaceForSubqueries(level_->clause, a_.scope, level_->parent == nullptr);
    MutableExpr made = MakeExpr(Kind::kSubquery, 0, at_);
    if (!where.empty()) {
      a_.Fail("feature-not-supported", "cannot use subquery in " + where, at_);
      return made;
    }
    const auto* select = sql::As<sql::SelectStmt>(link_->subselect);
    made->query = a_.Select(level_, select);
    switch (link_->sub_link_type) {
      case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
        made->word = "exists";
        made->type.type = kBool;
        return made;
      case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK:
      case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
        return Scalar(made);
      case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK:
      case PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK:
        return Quantified(made);
      default:
        break;
    }
    a_.Unsure("this kind of subquery is not analysed");
    return made;
  }

 private:
  ExprPtr Scalar(const MutableExpr& made) {
    const bool array = link_->sub_link_type == PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK;
    made->word = array ? "array" : "scalar";
    const auto& columns = made->query->columns;
    if (columns.size() != 1) {
      if (made->query->complete)
        a_.Fail("syntax-error", "subquery must return only one column", at_);
      return made;
    }
    made->type = columns[0].type;
    if (array) {
      const Oid element = columns[0].type.type;
      made->type.type =
          ElementOf(a_.catalog(), element) != 0 ? element : ArrayOf(a_.catalog(), element);
    }
    return made;
  }

  ExprPtr Quantified(const MutableExpr& made) {
    const bool any = link_->sub_link_type == PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK;
    made->word = any ? "any" : "all";
    made->type.type = kBool;
    made->text = "=";
    std::string schema;
    for (const sql::Node* part : sql::Each(link_->n_oper_name, link_->oper_name))
      made->text = sql::StringOf(part);
    const ExprPtr left = a_.Transform(level_, link_->testexpr);
    made->args = {left};
    made->span = left->span;
    const std::vector<ExprPtr> lefts =
        left->kind == Kind::kRow ? left->args : std::vector<ExprPtr>{left};
    const auto& columns = made->query->columns;
    if (!made->query->complete || left->kind == Kind::kOpaque) return made;
    if (lefts.size() != columns.size()) {
      a_.Fail("syntax-error",
              lefts.size() < columns.size() ? "subquery has too many columns"
                                            : "subquery has too few columns",
              at_);
      return made;
    }
    for (std::size_t i = 0; i < lefts.size(); ++i) {
      MutableExpr column = MakeExpr(Kind::kColumn, columns[i].type.type, 0);
      const ExprPtr test = a_.Operator(level_, schema, made->text, lefts[i], column, at_);
      made->object = test->object;
      if (left->kind != Kind::kRow && test->kind == Kind::kOperator && test->args.size() == 2)
        made->args = {test->args[0]};
    }
    return made;
  }

  Analysis& a_;
  Level* level_;
  const sql::SubLink* link_;
  std::size_t at_;
};

}  // namespace

ExprPtr Analysis::Subquery(Level* level, const sql::SubLink* link) {
  return SubqueryReader(this, level, link).Read();
}

}  // namespace strata::catalog
