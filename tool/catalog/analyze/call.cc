#include <algorithm>

#include "base/nearest.h"
#include "catalog/analyze/analysis.h"
#include "catalog/analyze/candidates.h"
#include "catalog/analyze/elsewhere.h"
#include "catalog/analyze/extension_help.h"
#include "catalog/analyze/place.h"
#include "catalog/facts/facts.h"
#include "catalog/quote.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

namespace {

std::size_t Leftmost(std::size_t a, std::size_t b) {
  return a == 0 ? b : b == 0 ? a : std::min(a, b);
}

// What a row of the operator's or function's declared types is, given the arguments.
std::vector<ExprPtr> CoerceArguments(Analysis* a, std::vector<ExprPtr> args,
                                     const std::vector<Oid>& declared) {
  for (std::size_t i = 0; i < args.size() && i < declared.size(); ++i) {
    if (args[i] == nullptr || declared[i] == 0) continue;
    if (ExprPtr coerced = a->Coerce(args[i], {declared[i], -1}, 'i')) args[i] = std::move(coerced);
  }
  return args;
}

std::string OperatorSignature(const Analysis& a, std::string_view schema, std::string_view name,
                              Oid left, Oid right, bool prefix) {
  std::string text;
  if (!prefix) text += a.Name(left) + " ";
  if (!schema.empty()) text += std::string(schema) + ".";
  return text + std::string(name) + " " + a.Name(right);
}

bool IsText(Oid type) { return type == kText || type == kVarchar || type == kUnknown; }

std::string OperatorHelp(std::string_view name, Oid left, Oid right, bool ambiguous) {
  if (ambiguous) return "add explicit type casts: several operators fit";
  if (const std::string_view ours = OperatorElsewhere(name); !ours.empty())
    return std::string(ours);
  if (name == "+" && IsText(left) && IsText(right)) return "write || to join texts";
  return "add explicit type casts: no operator matches the given name and argument types";
}

}  // namespace

ExprPtr Analysis::Operator(Level*, std::string_view schema, std::string_view name, ExprPtr left,
                           ExprPtr right, std::size_t at) {
  const bool prefix = left == nullptr;
  const Oid l = prefix ? 0 : left->type.type, r = right->type.type;
  MutableExpr made = MakeExpr(Kind::kOperator, 0, Leftmost(at, prefix ? 0 : left->span.begin));
  made->word = name;
  made->args = prefix ? std::vector<ExprPtr>{right} : std::vector<ExprPtr>{left, right};
  const OperatorMatch match = MatchOperator(catalog_, schema, name, prefix, l, r);
  if (match.match == Match::kMissing || match.match == Match::kAmbiguous) {
    const bool ambiguous = match.match == Match::kAmbiguous;
    const bool named = (prefix || l != 0) && r != 0;
    if (named) {
      Fail(ambiguous ? "ambiguous-function" : "undefined-function",
           (ambiguous ? "operator is not unique: " : "operator does not exist: ") +
               OperatorSignature(*this, schema, name, l, r, prefix),
           at, OperatorHelp(name, l, r, ambiguous));
    }
    return made;
  }
  if (match.match == Match::kUncertain) return made;
  const std::vector<Oid> declared = prefix ? std::vector<Oid>{match.op->right}
                                           : std::vector<Oid>{match.op->left, match.op->right};
  const std::vector<Oid> actual = prefix ? std::vector<Oid>{r} : std::vector<Oid>{l, r};
  const Polymorphic poly = ResolvePolymorphic(catalog_, actual, declared, match.op->result);
  made->object = match.op->oid;
  made->type.type = poly.ok ? poly.result : 0;
  made->args = CoerceArguments(this, std::move(made->args), poly.ok ? poly.declared : declared);
  return made;
}

ExprPtr Analysis::ArrayTest(Level*, std::string_view schema, std::string_view name, bool any,
                            ExprPtr left, ExprPtr right, std::size_t at) {
  const bool printed = right->kind == Kind::kCast && right->type.type == ArrayOf(catalog_, kText) &&
                       right->args[0]->kind == Kind::kArray &&
                       right->args[0]->type.type == ArrayOf(catalog_, kVarchar);
  if (printed) {  // the casts are the list's own, not the user's
    right = right->args[0];
    const bool cast = left->kind == Kind::kCast && left->type.type == kText &&
                      left->args[0]->type.type == kVarchar;
    if (cast) left = left->args[0];
  }
  MutableExpr made = MakeExpr(Kind::kArrayTest, kBool, Leftmost(at, left->span.begin));
  made->word = any ? "any" : "all";
  made->text = name;
  made->args = {left, right};
  const Oid l = left->type.type, array = right->type.type;
  if (l == 0 || array == 0) return made;
  Oid element = array;
  if (array != kUnknown) {
    element = ElementOf(catalog_, array);
    if (element == 0) {
      Fail("wrong-object-type", "op ANY/ALL (array) requires array on right side", at);
      return made;
    }
  }
  const OperatorMatch match = MatchOperator(catalog_, schema, name, false, l, element);
  if (match.match == Match::kMissing || match.match == Match::kAmbiguous) {
    const bool ambiguous = match.match == Match::kAmbiguous;
    Fail(ambiguous ? "ambiguous-function" : "undefined-function",
         (ambiguous ? "operator is not unique: " : "operator does not exist: ") +
             OperatorSignature(*this, schema, name, l, element, false),
         at, OperatorHelp(name, l, element, ambiguous));
    return made;
  }
  if (match.op == nullptr) return made;
  made->object = match.op->oid;
  if (match.op->result != kBool) {
    Fail("wrong-object-type", "op ANY/ALL (array) requires operator to yield boolean", at);
    return made;
  }
  const Polymorphic poly =
      ResolvePolymorphic(catalog_, {l, element}, {match.op->left, match.op->right}, kBool);
  if (!poly.ok) return made;
  const Oid declared_element = poly.declared[1];
  if (ExprPtr coerced = Coerce(left, {poly.declared[0], -1}, 'i')) made->args[0] = coerced;
  const Oid declared_array = declared_element == 0 ? 0 : ArrayOf(catalog_, declared_element);
  if (declared_array != 0) {
    if (ExprPtr coerced = Coerce(right, {declared_array, -1}, 'i')) made->args[1] = coerced;
  }
  return made;
}

namespace {

// A function call: the steps of one.
class Call {
 public:
  Call(Analysis* analysis, Level* level, const sql::FuncCall* call, bool in_from)
      : a_(*analysis), level_(level), call_(call), in_from_(in_from), at_(At(call->location)) {
    const auto parts = sql::Each(call->n_funcname, call->funcname);
    for (const sql::Node* part : parts) {
      if (!shown_.empty()) shown_ += '.';
      shown_ += sql::StringOf(part);
    }
    if (!parts.empty()) name_ = sql::StringOf(parts.back());
    if (parts.size() > 1) schema_ = sql::StringOf(parts[parts.size() - 2]);
  }

  ExprPtr Resolve() {
    const bool was_in_window = level_->in_window;
    ReadArguments();
    level_->in_window = was_in_window;
    const FunctionMatch match = MatchFunction(a_.catalog(), schema_, name_, shape_);
    switch (match.match) {
      case Match::kFound:
        return Found(match);
      case Match::kCoercion:
        return Coercion(match.coercion);
      case Match::kUncertain:
        return Uncertain();
      case Match::kMissing:
        return Missing();
      case Match::kAmbiguous:
        break;
    }
    a_.Fail("ambiguous-function", "function " + Signature() + " is not unique", at_,
            "add explicit type casts: several functions fit");
    return Made(Kind::kFunction);
  }

 private:
  void ReadArguments() {
    for (const sql::Node* node : sql::Each(call_->n_args, call_->args)) {
      const auto* named = sql::As<sql::NamedArgExpr>(node);
      args_.push_back(a_.Transform(level_, named != nullptr ? named->arg : node));
      if (named != nullptr) shape_.names.emplace_back(named->name);
      names_.push_back(named != nullptr ? named->name : "");
    }
    for (const sql::Node* node : sql::Each(call_->n_agg_order, call_->agg_order)) {
      const auto* sort = sql::As<sql::SortBy>(node);
      if (sort == nullptr) continue;
      SortItem item;
      item.value = a_.Transform(level_, sort->node);
      item.descending = sort->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
      item.nulls = sort->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST  ? 'f'
                   : sort->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST ? 'l'
                                                                                      : '\0';
      if (!call_->agg_within_group) item.value = a_.ResolveUnknown(item.value);
      order_.push_back(std::move(item));
    }
    for (const ExprPtr& arg : args_) shape_.types.push_back(arg->type.type);
    if (call_->agg_within_group) {
      for (const SortItem& item : order_) shape_.types.push_back(item.value->type.type);
    }
    shape_.variadic = call_->func_variadic;
    if (call_->agg_filter != nullptr) {
      const Clause before = level_->clause;
      level_->clause = Clause::kFilter;
      filter_ = a_.CoerceToBoolean(a_.Transform(level_, call_->agg_filter), "FILTER");
      level_->clause = before;
    }
  }

  MutableExpr Made(Kind kind) {
    std::size_t first = at_;
    for (const ExprPtr& arg : args_) first = Leftmost(first, arg->span.begin);
    MutableExpr made = MakeExpr(kind, 0, first);
    made->word = name_;
    made->text = shown_;
    made->args = args_;
    if (!shape_.names.empty()) made->names = names_;
    made->distinct = call_->agg_distinct;
    made->star = call_->agg_star;
    made->within_group = call_->agg_within_group;
    made->variadic = call_->func_variadic;
    made->sql_syntax = call_->funcformat == PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX;
    made->order = order_;
    made->filter = filter_;
    return made;
  }

  std::string Signature() const {
    std::string text = shown_ + "(";
    const std::size_t positional = shape_.types.size() - shape_.names.size();
    for (std::size_t i = 0; i < shape_.types.size(); ++i) {
      if (i > 0) text += ", ";
      if (i >= positional) text += shape_.names[i - positional] + " => ";
      text += a_.Name(shape_.types[i]);
    }
    return text + ")";
  }

  ExprPtr Uncertain() {
    MutableExpr made = Made(Kind::kFunction);
    const std::vector<const Function*> all = a_.catalog().FindFunctions(schema_, name_);
    const bool aggregate = !all.empty() && all[0]->kind == FunctionKind::kAggregate;
    if (call_->over != nullptr) return Windowed(made, nullptr);
    if (aggregate) {
      made->kind = Kind::kAggregate;
      Aggregated(*made);
    }
    // The result is certain where every candidate gives the same one.
    if (!all.empty() && !IsPolymorphic(all[0]->result.type)) {
      const bool same = std::all_of(all.begin(), all.end(), [&](const Function* f) {
        return f->result.type == all[0]->result.type;
      });
      if (same) made->type.type = all[0]->result.type;
    }
    return made;
  }

  bool AnyUnknown() const {
    return std::find(shape_.types.begin(), shape_.types.end(), Oid{0}) != shape_.types.end();
  }

  ExprPtr Missing() {
    const std::vector<const Function*> all = a_.catalog().FindFunctions(schema_, name_);
    if (args_.size() == 1 && shape_.names.empty() && schema_.empty() && call_->over == nullptr &&
        !call_->agg_star) {
      // f(row) may mean row.f
      const Oid type = args_[0]->type.type;
      if (type == 0 || type == kRecord) return Made(Kind::kFunction);
      if (IsRowType(a_.catalog(), type)) {
        const Type* row = a_.catalog().type(BaseTypeOf(a_.catalog(), type));
        const Relation* relation = row == nullptr ? nullptr : a_.catalog().relation(row->relation);
        if (relation == nullptr || relation->FindColumn(name_) != nullptr)
          return Made(Kind::kFunction);
      }
    }
    if (schema_.substr(0, 7) == "pg_temp") return Made(Kind::kFunction);
    if (!schema_.empty() && a_.catalog().FindSchema(schema_) == nullptr) {
      a_.Fail("invalid-schema-name", "schema \"" + schema_ + "\" does not exist", at_);
      return Made(Kind::kFunction);
    }
    if (AnyUnknown() && !all.empty()) return Made(Kind::kFunction);
    std::string help;
    if (all.empty()) {
      std::vector<std::string> names = facts::FunctionNames();
      for (const char* word : {"coalesce", "nullif", "greatest", "least", "extract", "position",
                               "substring", "trim"}) {
        names.emplace_back(word);
      }
      a_.catalog().functions().ForEach(
          [&](Oid, const std::shared_ptr<const Function>& f) { names.push_back(f->name); });
      help = ExtensionHelp(ObjectClass::kFunction, name_);
      if (const std::string_view ours = FunctionElsewhere(name_); !ours.empty())
        help = "write " + std::string(ours);
      const auto near = help.empty() ? Nearest(name_, names) : std::nullopt;
      if (near) help = "did you mean \"" + *near + "\"?";
    } else {
      help =
          "no function matches the given name and argument types; check the number of arguments or "
          "add type casts";
    }
    a_.Fail("undefined-function", "function " + Signature() + " does not exist", at_,
            std::move(help));
    return Made(Kind::kFunction);
  }

  ExprPtr Coercion(Oid type) {
    ExprPtr result = a_.Coerce(args_[0], {type, -1}, 'e', true);
    return result != nullptr ? result : args_[0];
  }

  ExprPtr Found(const FunctionMatch& match) {
    const Function& f = *match.function;
    MutableExpr made = Made(Kind::kFunction);
    made->object = f.oid;
    const std::size_t direct = args_.size();
    const Polymorphic poly =
        ResolvePolymorphic(a_.catalog(), shape_.types, match.declared, f.result.type);
    made->type = f.result;
    made->type.type = poly.ok ? poly.result : 0;
    std::vector<Oid> declared = poly.ok ? poly.declared : match.declared;
    for (Oid& type : declared) {
      if (type == kAny) type = 0;
    }
    declared.resize(std::min(declared.size(), direct));
    made->args = CoerceArguments(&a_, args_, declared);
    if (f.result.type == kRecord) made->type.type = kRecord;
    switch (f.kind) {
      case FunctionKind::kProcedure:
        if (level_->clause != Clause::kCallArgument || !in_from_) {
          a_.Fail("wrong-object-type", Signature() + " is a procedure", at_, "call it with CALL");
        }
        return made;
      case FunctionKind::kAggregate:
        return Aggregate(made, f);
      case FunctionKind::kWindow:
        if (call_->over == nullptr) {
          a_.Fail("windowing-error", "window function " + shown_ + " requires an OVER clause", at_,
                  "add OVER ()");
          made->kind = Kind::kWindow;
          return made;
        }
        return Windowed(made, &f);
      case FunctionKind::kFunction:
        break;
    }
    return Plain(made, f);
  }

  void Refuse(const char* rule, const std::string& message) { a_.Fail(rule, message, at_); }

  ExprPtr Plain(const MutableExpr& made, const Function& f) {
    const std::string tail = ", but " + shown_ + " is not an aggregate function";
    if (call_->agg_star) Refuse("wrong-object-type", shown_ + "(*) specified" + tail);
    if (call_->agg_distinct) Refuse("wrong-object-type", "DISTINCT specified" + tail);
    if (call_->agg_within_group) Refuse("wrong-object-type", "WITHIN GROUP specified" + tail);
    if (call_->n_agg_order > 0) Refuse("wrong-object-type", "ORDER BY specified" + tail);
    if (call_->agg_filter != nullptr) Refuse("wrong-object-type", "FILTER specified" + tail);
    if (call_->over != nullptr) {
      Refuse("wrong-object-type", "OVER specified, but " + shown_ +
                                      " is not a window function nor an aggregate function");
    }
    if (f.returns_set && !in_from_) CheckSetPlace();
    return made;
  }

  void CheckSetPlace() {
    const std::string where = PlaceForSets(level_->clause, a_.scope, level_->parent == nullptr);
    if (!where.empty()) {
      a_.Fail("feature-not-supported", "set-returning functions are not allowed in " + where, at_);
    }
  }

  ExprPtr Aggregate(const MutableExpr& made, const Function& f) {
    const facts::AggregateShape shape = facts::ShapeOfAggregate(f.oid);
    if (shape.kind != 'n' && !call_->agg_within_group) {
      Refuse("wrong-object-type", "WITHIN GROUP is required for ordered-set aggregate " + shown_);
    }
    const bool parameterless = args_.empty() && !call_->agg_star && shape.kind == 'n';
    if (parameterless) {
      Refuse("wrong-object-type",
             shown_ + "(*) must be used to call a parameterless aggregate function");
    }
    made->kind = Kind::kAggregate;
    if (call_->over != nullptr) {
      if (call_->agg_distinct) {
        a_.Fail("feature-not-supported", "DISTINCT is not implemented for window functions", at_);
      }
      return Windowed(made, &f);
    }
    if (call_->agg_distinct) CheckDistinctArguments(*made);
    Aggregated(*made);
    return made;
  }

  void CheckDistinctArguments(const Expr& made) {
    for (const ExprPtr& arg : made.args) {
      if (!HasEquality(a_.catalog(), arg->type.type)) {
        a_.Fail("undefined-function",
                "could not identify an equality operator for type " + a_.Name(arg->type.type),
                arg->span.begin);
      }
    }
  }

  // Whether it may stand here, and to which query it belongs.
  void Aggregated(const Expr& made) {
    int owner = -1;
    bool inner_aggregate = false, inner_window = false;
    for (const ExprPtr& arg : made.args) Look(*arg, &owner, &inner_aggregate, &inner_window);
    for (const SortItem& item : made.order)
      Look(*item.value, &owner, &inner_aggregate, &inner_window);
    if (made.filter != nullptr) Look(*made.filter, &owner, &inner_aggregate, &inner_window);
    Level* level = level_;
    for (int up = std::max(owner, 0); up > 0 && level->parent != nullptr; --up)
      level = level->parent;
    if (inner_aggregate && level == level_) {
      return Refuse("grouping-error", "aggregate function calls cannot be nested");
    }
    if (inner_window)
      return Refuse("grouping-error",
                    "aggregate function calls cannot contain window function calls");
    const std::string where = PlaceForAggregates(level->clause, a_.scope, level->parent == nullptr);
    if (!where.empty()) {
      a_.Fail("grouping-error", "aggregate functions are not allowed in " + where, at_,
              level->clause == Clause::kWhere ? "use HAVING for conditions on aggregates" : "");
      return;
    }
    level->has_aggregate = true;
  }

  // The innermost query that a column below belongs to; -1 where there is none.
  void Look(const Expr& expr, int* owner, bool* aggregate, bool* window) const {
    if (expr.kind == Kind::kColumn && (*owner < 0 || expr.level < *owner)) *owner = expr.level;
    if (expr.kind == Kind::kAggregate) *aggregate = true;
    if (expr.kind == Kind::kWindow) *window = true;
    if (expr.kind == Kind::kOpaque || expr.kind == Kind::kSubquery) *owner = 0;
    for (const ExprPtr& arg : expr.args) {
      if (arg != nullptr) Look(*arg, owner, aggregate, window);
    }
  }

  ExprPtr Windowed(const MutableExpr& made, const Function*) {
    made->kind = Kind::kWindow;
    const std::string where = PlaceForWindows(level_->clause, a_.scope, level_->parent == nullptr);
    if (!where.empty()) {
      Refuse("windowing-error", "window functions are not allowed in " + where);
    } else {
      level_->has_window = true;
    }
    bool aggregate = false, window = false;
    int owner = -1;
    for (const ExprPtr& arg : made->args) Look(*arg, &owner, &aggregate, &window);
    if (window) Refuse("windowing-error", "window function calls cannot be nested");
    made->window = a_.Window(level_, call_->over);
    return made;
  }

  Analysis& a_;
  Level* level_;
  const sql::FuncCall* call_;
  bool in_from_;
  std::size_t at_;
  std::string schema_, name_, shown_;
  std::vector<ExprPtr> args_;
  std::vector<std::string> names_;
  std::vector<SortItem> order_;
  ExprPtr filter_;
  CallShape shape_;
};

}  // namespace

ExprPtr Analysis::FunctionCall(Level* level, const sql::FuncCall* call, bool in_from) {
  return Call(this, level, call, in_from).Resolve();
}

}  // namespace strata::catalog
