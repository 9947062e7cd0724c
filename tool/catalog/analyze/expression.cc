#include <algorithm>
#include <charconv>

#include "catalog/analyze/analysis.h"
#include "catalog/analyze/container.h"
#include "catalog/analyze/operation.h"
#include "catalog/facts/facts.h"
#include "sql/walk.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

namespace {

ExprPtr Constant(const sql::AConst* constant) {
  const std::size_t at = At(constant->location);
  if (constant->isnull) {
    MutableExpr null = MakeExpr(Kind::kConst, kUnknown, at);
    null->is_null = true;
    return null;
  }
  switch (constant->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
      return MakeConst(kInt4, std::to_string(constant->ival == nullptr ? 0 : constant->ival->ival),
                       at);
    case PG_QUERY__A__CONST__VAL_FVAL: {
      // An integer too big for int4's positive half arrives as a float.
      const std::string text = constant->fval->fval;
      std::int64_t value = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      const bool whole = error == std::errc() && end == text.data() + text.size();
      const bool small = whole && value == static_cast<std::int32_t>(value);
      return MakeConst(small ? kInt4 : whole ? kInt8 : kNumeric, text, at);
    }
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
      return MakeConst(kBool, constant->boolval->boolval ? "true" : "false", at);
    case PG_QUERY__A__CONST__VAL_SVAL:
      return MakeConst(kUnknown, constant->sval->sval, at);
    case PG_QUERY__A__CONST__VAL_BSVAL:
      return MakeConst(kBit, constant->bsval->bsval, at);
    default:  // an integer 0 is an Integer without fields
      return MakeConst(kInt4, "0", at);
  }
}

// The transformer of one expression in one query level.
class Transformer {
 public:
  Transformer(Analysis* analysis, Level* level) : a_(*analysis), level_(level) {}

  ExprPtr Node(const sql::Node* node) {
    if (node == nullptr) return a_.Opaque(nullptr);
    if (const auto* n = sql::As<sql::ColumnRef>(node)) return a_.ColumnReference(level_, n);
    if (const auto* n = sql::As<sql::AConst>(node)) return Constant(n);
    if (const auto* n = sql::As<sql::TypeCast>(node)) return Cast(n);
    if (const auto* n = sql::As<sql::AExpr>(node)) return OperationExpression(&a_, level_, n);
    if (const auto* n = sql::As<sql::BoolExpr>(node)) return Bool(n);
    if (const auto* n = sql::As<sql::FuncCall>(node)) return a_.FunctionCall(level_, n);
    if (const auto* n = sql::As<sql::SubLink>(node)) return a_.Subquery(level_, n);
    if (const auto* n = sql::As<sql::CaseExpr>(node)) return Case(n);
    if (const auto* n = sql::As<sql::CoalesceExpr>(node)) return Coalesce(n);
    if (const auto* n = sql::As<sql::MinMaxExpr>(node)) return MinMax(n);
    if (const auto* n = sql::As<sql::NullTest>(node)) return NullTest(n);
    if (const auto* n = sql::As<sql::BooleanTest>(node)) return BoolTest(n);
    if (const auto* n = sql::As<sql::AArrayExpr>(node)) return ArrayExpression(&a_, level_, n, 0);
    if (const auto* n = sql::As<sql::RowExpr>(node)) return RowExpression(&a_, level_, n);
    if (const auto* n = sql::As<sql::AIndirection>(node))
      return IndirectionExpression(&a_, level_, n);
    if (const auto* n = sql::As<sql::SQLValueFunction>(node)) return SqlValue(n);
    if (const auto* n = sql::As<sql::CollateClause>(node)) return Collate(n);
    if (const auto* n = sql::As<sql::ParamRef>(node)) return Parameter(n);
    if (const auto* n = sql::As<sql::NamedArgExpr>(node)) return Node(n->arg);
    if (sql::As<sql::SetToDefault>(node) != nullptr) {
      a_.Fail("syntax-error", "DEFAULT is not allowed in this context", LocationOf(node));
      return MakeExpr(Kind::kDefault, 0, LocationOf(node));
    }
    if (const auto* n = sql::As<sql::GroupingFunc>(node)) return Grouping(node, n);
    return Other(node);
  }

 private:
  // XML and whatever else: its parts are looked at, the whole is kept as it is written.
  ExprPtr Other(const sql::Node* node) {
    if (const auto* xml = sql::As<sql::XmlExpr>(node)) {
      for (const sql::Node* arg : sql::Each(xml->n_args, xml->args)) {
        const auto* target = sql::As<sql::ResTarget>(arg);
        Node(target != nullptr ? target->val : arg);
      }
      const bool test = xml->op == PG_QUERY__XML_EXPR_OP__IS_DOCUMENT;
      return a_.Opaque(node, {test ? kBool : kXml, -1});
    }
    a_.Unsure("expression " + std::string(sql::KindOf(node)) + " is not analysed");
    return a_.Opaque(node);
  }

  ExprPtr Grouping(const sql::Node* node, const sql::GroupingFunc* grouping) {
    for (const sql::Node* arg : sql::Each(grouping->n_args, grouping->args)) Node(arg);
    return a_.Opaque(node, {kInt4, -1});
  }

  ExprPtr Parameter(const sql::ParamRef* ref) {
    const std::size_t at = At(ref->location);
    if (a_.parameters != nullptr) {
      const auto& all = *a_.parameters;
      if (ref->number >= 1 && static_cast<std::size_t>(ref->number) <= all.size()) {
        MutableExpr expr = MakeExpr(Kind::kParameter, all[ref->number - 1].type.type, at);
        expr->number = static_cast<std::int16_t>(ref->number);
        return expr;
      }
    }
    a_.Fail("undefined-parameter", "there is no parameter $" + std::to_string(ref->number), at);
    return MakeExpr(Kind::kParameter, 0, at);
  }

  // (ARRAY['a'::character varying, …])::text[], as PostgreSQL prints a list that a column of
  // varchar is compared with. Read again it would be printed otherwise; it is taken for the list.
  bool IsPrintedList(const sql::AArrayExpr* array, TypeRef type) const {
    const auto items = sql::Each(array->n_elements, array->elements);
    return type.type == ArrayOf(a_.catalog(), kText) && !items.empty() &&
           std::all_of(items.begin(), items.end(), [](const sql::Node* item) {
             const auto* cast = sql::As<sql::TypeCast>(item);
             if (cast == nullptr || sql::As<sql::AConst>(cast->arg) == nullptr) return false;
             const auto names = sql::Each(cast->type_name->n_names, cast->type_name->names);
             const auto* name = names.empty() ? nullptr : sql::As<sql::String>(names.back());
             return name != nullptr && std::string_view(name->sval) == "varchar" &&
                    cast->type_name->n_typmods == 0 && cast->type_name->n_array_bounds == 0;
           });
  }

  ExprPtr Cast(const sql::TypeCast* cast) {
    const TypeRef type = AnalyzeTypeName(a_.catalog(), cast->type_name, a_.findings());
    const std::size_t at = cast->location > 0 ? At(cast->location) : At(cast->type_name->location);
    const auto* array = sql::As<sql::AArrayExpr>(cast->arg);
    const Oid element =
        array == nullptr || IsPrintedList(array, type) ? 0 : ElementOf(a_.catalog(), type.type);
    ExprPtr arg = element != 0
                      ? ArrayExpression(&a_, level_, array, BaseTypeOf(a_.catalog(), type.type))
                      : Node(cast->arg);
    if (type.type == 0) {
      MutableExpr opaque = MakeExpr(Kind::kCast, 0, arg->span.begin);
      opaque->args = {arg};
      opaque->explicit_cast = true;
      return opaque;
    }
    if (arg->type.type == type.type && type.typmod < 0 && arg->kind != Kind::kConst) return arg;
    ExprPtr result = a_.Coerce(arg, type, 'e', true);
    if (result == nullptr) {
      a_.Fail("cannot-coerce",
              "cannot cast type " + a_.Name(arg->type.type) + " to " + a_.Name(type.type), at);
      MutableExpr made = MakeExpr(Kind::kCast, type.type, arg->span.begin);
      made->args = {arg};
      made->explicit_cast = true;
      return made;
    }
    return result;
  }

  ExprPtr Bool(const sql::BoolExpr* expr) {
    const char* word = expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR  ? "AND"
                       : expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR ? "OR"
                                                                           : "NOT";
    MutableExpr made = MakeExpr(Kind::kBool, kBool, At(expr->location));
    made->word = word[0] == 'A' ? "and" : word[0] == 'O' ? "or" : "not";
    for (const sql::Node* arg : sql::Each(expr->n_args, expr->args)) {
      made->args.push_back(a_.CoerceToBoolean(Node(arg), word));
    }
    if (!made->args.empty() && word[0] != 'N') made->span = made->args[0]->span;
    return made;
  }

  ExprPtr Case(const sql::CaseExpr* expr) {
    MutableExpr made = MakeExpr(Kind::kCase, 0, At(expr->location));
    ExprPtr operand;
    if (expr->arg != nullptr) {
      operand = a_.ResolveUnknown(Node(expr->arg));
      made->has_operand = true;
      made->args.push_back(operand);
    }
    std::vector<ExprPtr> results;
    for (const sql::Node* node : sql::Each(expr->n_args, expr->args)) {
      const auto* when = sql::As<sql::CaseWhen>(node);
      if (when == nullptr) continue;
      ExprPtr test = Node(when->expr);
      if (operand != nullptr) {
        const ExprPtr equal = a_.Operator(level_, "", "=", operand, test, At(when->location));
        if (equal->kind == Kind::kOperator && equal->args.size() == 2) test = equal->args[1];
      } else {
        test = a_.CoerceToBoolean(test, "CASE/WHEN");
      }
      made->args.push_back(test);
      made->args.push_back(Node(when->result));
      results.push_back(made->args.back());
    }
    if (expr->defresult != nullptr) {
      made->has_else = true;
      made->args.push_back(Node(expr->defresult));
      results.insert(results.begin(), made->args.back());
    } else {
      MutableExpr null = MakeExpr(Kind::kConst, kUnknown, 0);
      null->is_null = true;
      results.insert(results.begin(), null);
    }
    made->type.type = a_.CommonTypeOf(results, "CASE");
    const std::size_t first = made->has_operand ? 2 : 1;
    const std::size_t end = made->args.size() - (made->has_else ? 1 : 0);
    // PostgreSQL coerces ELSE before the others.
    if (made->has_else)
      made->args.back() = a_.CoerceToCommon(made->args.back(), made->type.type, "CASE/ELSE");
    for (std::size_t i = first; i < end; i += 2) {
      made->args[i] = a_.CoerceToCommon(made->args[i], made->type.type, "CASE/WHEN");
    }
    RefuseSets(*made, "CASE");
    return made;
  }

  // What may not be evaluated cannot return a set of rows.
  void RefuseSets(const Expr& expr, std::string_view construct) {
    const Expr* set = LastSet(expr);
    const std::vector<Problem>& said = a_.findings()->problems;
    if (set == nullptr || (!said.empty() && said.back().at.begin == set->span.begin)) return;
    a_.Fail("feature-not-supported",
            "set-returning functions are not allowed in " + std::string(construct), set->span.begin,
            "move the set-returning function into a LATERAL FROM item");
  }
  const Expr* LastSet(const Expr& expr) const {
    const Function* f = expr.kind == Kind::kFunction ? a_.catalog().function(expr.object) : nullptr;
    if (f != nullptr && f->returns_set) return &expr;
    for (auto arg = expr.args.rbegin(); arg != expr.args.rend(); ++arg) {
      const Expr* found = *arg == nullptr ? nullptr : LastSet(**arg);
      if (found != nullptr) return found;
    }
    return nullptr;
  }

  ExprPtr Common(MutableExpr made, sql::NodeRange nodes, const char* construct) {
    for (const sql::Node* node : nodes) made->args.push_back(Node(node));
    made->type.type = a_.CommonTypeOf(made->args, construct);
    for (ExprPtr& arg : made->args) arg = a_.CoerceToCommon(arg, made->type.type, construct);
    return made;
  }
  ExprPtr Coalesce(const sql::CoalesceExpr* expr) {
    const ExprPtr made = Common(MakeExpr(Kind::kCoalesce, 0, At(expr->location)),
                                sql::Each(expr->n_args, expr->args), "COALESCE");
    RefuseSets(*made, "COALESCE");
    return made;
  }
  ExprPtr MinMax(const sql::MinMaxExpr* expr) {
    const bool greatest = expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST;
    return Common(MakeExpr(greatest ? Kind::kGreatest : Kind::kLeast, 0, At(expr->location)),
                  sql::Each(expr->n_args, expr->args), greatest ? "GREATEST" : "LEAST");
  }

  ExprPtr NullTest(const sql::NullTest* test) {
    ExprPtr arg = Node(test->arg);
    MutableExpr made = MakeExpr(Kind::kNullTest, kBool, arg->span.begin);
    made->word = test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL ? "null" : "not null";
    made->args = {arg};
    return made;
  }

  ExprPtr BoolTest(const sql::BooleanTest* test) {
    static constexpr const char* kWords[] = {"",          "true",    "not true",   "false",
                                             "not false", "unknown", "not unknown"};
    const auto kind = static_cast<std::size_t>(test->booltesttype);
    MutableExpr made = MakeExpr(Kind::kBoolTest, kBool, At(test->location));
    made->word = kind < std::size(kWords) ? kWords[kind] : "";
    std::string clause = "IS " + made->word;
    std::transform(clause.begin(), clause.end(), clause.begin(),
                   [](char c) { return static_cast<char>(std::toupper(c)); });
    made->args = {a_.CoerceToBoolean(Node(test->arg), clause)};
    made->span = made->args[0]->span;
    return made;
  }

  ExprPtr SqlValue(const sql::SQLValueFunction* value) {
    struct Known {
      const char* word;
      Oid type;
    };
    static constexpr Known kKnown[] = {{"", 0},
                                       {"current_date", kDate},
                                       {"current_time", kTimetz},
                                       {"current_time", kTimetz},
                                       {"current_timestamp", kTimestamptz},
                                       {"current_timestamp", kTimestamptz},
                                       {"localtime", kTime},
                                       {"localtime", kTime},
                                       {"localtimestamp", kTimestamp},
                                       {"localtimestamp", kTimestamp},
                                       {"current_role", kName},
                                       {"current_user", kName},
                                       {"current_user", kName},
                                       {"session_user", kName},
                                       {"current_catalog", kName},
                                       {"current_schema", kName}};
    const auto op = static_cast<std::size_t>(value->op);
    const Known& known = op < std::size(kKnown) ? kKnown[op] : kKnown[0];
    MutableExpr made = MakeExpr(Kind::kSqlValue, known.type, At(value->location));
    made->word = known.word;
    const bool precise = op == 3 || op == 5 || op == 7 || op == 9;
    if (precise) made->type.typmod = value->typmod;
    return made;
  }

  ExprPtr Collate(const sql::CollateClause* clause) {
    ExprPtr arg = Node(clause->arg);
    const auto parts = sql::Each(clause->n_collname, clause->collname);
    const std::string name(parts.empty() ? "" : sql::StringOf(parts.back()));
    const std::string schema(parts.size() > 1 ? sql::StringOf(parts[parts.size() - 2]) : "");
    const std::string shown = schema.empty() ? name : schema + "." + name;
    const std::size_t at = At(clause->location);
    MutableExpr made = MakeExpr(Kind::kCollate, arg->type.type == kUnknown ? kText : arg->type.type,
                                arg->span.begin);
    made->args = {a_.ResolveUnknown(arg)};
    made->word = schema == "pg_catalog" ? name : shown;
    if (LacksCollation(a_.catalog(), arg->type.type)) {
      a_.Fail("datatype-mismatch",
              "collations are not supported by type " + a_.Name(arg->type.type), at);
    } else if (a_.catalog().FindNamed(ObjectClass::kCollation, schema, name) == nullptr) {
      a_.Fail("undefined-object",
              "collation \"" + shown + "\" for encoding \"UTF8\" does not exist", at);
    }
    return made;
  }

  Analysis& a_;
  Level* level_;
};

}  // namespace

ExprPtr Analysis::Transform(Level* level, const sql::Node* node) {
  return Transformer(this, level).Node(node);
}

ExprPtr Analysis::Expression(Level* level, const sql::Node* node, Clause clause) {
  const Clause before = level->clause;
  level->clause = clause;
  ExprPtr expr = Transform(level, node);
  level->clause = before;
  return expr;
}

}  // namespace strata::catalog
