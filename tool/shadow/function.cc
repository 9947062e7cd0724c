#include "shadow/emitter.h"
#include "shadow/input.h"

namespace strata::shadow {
namespace {

using catalog::Expr;
using catalog::ExprPtr;

struct Counterpart {
  const char* name;
  std::size_t arguments;
  const char* sql;
  const char* differs;
};

constexpr Counterpart kCounterparts[] = {
#define STRATA_FUNCTION(name, arguments, sql, differs) {name, arguments, sql, differs},
#include "shadow/functions.def"
#undef STRATA_FUNCTION
};

const Counterpart* FindCounterpart(const std::string& name, std::size_t arguments) {
  for (const Counterpart& c : kCounterparts) {
    if (name == c.name && arguments == c.arguments) return &c;
  }
  return nullptr;
}

std::string Filled(const char* sql, const std::vector<std::string>& args) {
  std::string filled;
  for (const char* at = sql; *at != '\0'; ++at) {
    const bool argument = *at == '$' && at[1] >= '1' && at[1] <= '9';
    if (argument) {
      filled += args[static_cast<std::size_t>(*++at - '1')];
    } else {
      filled += *at;
    }
  }
  return filled;
}

bool IsNow(const std::string& name) {
  return name == "now" || name == "transaction_timestamp" || name == "statement_timestamp" ||
         name == "clock_timestamp";
}

}  // namespace

std::string Emitter::JsonArgument(const Expr& e) {
  const Storage storage = Stored(e).storage;
  const std::string sql = Write(e);
  if (storage == Storage::kJson || storage == Storage::kArray) return "json(" + sql + ")";
  if (storage == Storage::kBool)
    return "json(CASE WHEN " + sql + " THEN 'true' WHEN NOT " + sql +
           " THEN 'false' ELSE 'null' END)";
  return sql;
}

std::string Emitter::Function(const Expr& e) {
  const catalog::Function* function = catalog_.function(e.object);
  if (function == nullptr) return Fail("a function is not known");
  const std::string& name = function->name;
  const bool own = function->oid >= catalog::kFirstUserOid && function->language != "c" &&
                   function->language != "internal";
  if (own) return Fail("the function " + name + "() does not exist on SQLite");
  if (IsNow(name) && e.args.empty()) {
    if (strict_ && name == "clock_timestamp")
      return Fail("the value of clock_timestamp() is not known");
    return strict_ ? "strata_now()" : "CURRENT_TIMESTAMP";
  }
  const bool epoch = (name == "extract" || name == "date_part") && e.args.size() == 2 &&
                     e.args[0]->kind == Expr::Kind::kConst && e.args[0]->text == "epoch";
  if (epoch && Write(*e.args[1]) == "strata_now()")  // has no part of a second
    return "CAST(strftime('%s', strata_now()) AS INTEGER)";
  if (name == "nextval" || name == "setval" || name == "currval" || name == "lastval")
    return SequenceCall(e, name);
  if (strict_ && (name == "gen_random_uuid" || name == "uuid_generate_v4") && e.args.empty())
    return "strata_uuid()";
  if (strict_ && (name == "lower" || name == "upper") && e.args.size() == 1 &&
      Stored(e).storage == Storage::kText) {
    return "strata_" + name + "(" + Write(*e.args[0]) + ")";
  }
  if (name == "concat") {
    std::string sql = "(''";
    for (const ExprPtr& arg : e.args) sql += " || coalesce(" + AsText(*arg) + ", '')";
    return sql + ")";
  }
  if (name == "jsonb_build_object" || name == "json_build_object" || name == "jsonb_build_array" ||
      name == "json_build_array") {
    std::string sql = name.find("object") != std::string::npos ? "json_object(" : "json_array(";
    for (std::size_t i = 0; i < e.args.size(); ++i)
      sql += (i > 0 ? ", " : "") + JsonArgument(*e.args[i]);
    return sql + ")";
  }
  if ((name == "to_jsonb" || name == "to_json") && e.args.size() == 1) {
    const Storage storage = Stored(*e.args[0]).storage;
    if (storage == Storage::kOther)
      return Fail(name + "() of such a value has no counterpart on SQLite");
    if (storage == Storage::kJson || storage == Storage::kArray) return Write(*e.args[0]);
    return storage == Storage::kBool ? JsonArgument(*e.args[0])
                                     : "json_quote(" + Write(*e.args[0]) + ")";
  }
  const Counterpart* counterpart = FindCounterpart(name, e.args.size());
  if (counterpart == nullptr)
    return Fail("the function " + name + "() has no counterpart on SQLite");
  if (counterpart->differs[0] != '\0') Approximate(counterpart->differs);
  std::vector<std::string> args;
  for (const ExprPtr& arg : e.args) args.push_back(Write(*arg));
  return Filled(counterpart->sql, args);
}

std::string Emitter::SequenceCall(const Expr& e, const std::string& name) {
  const catalog::Relation* sequence = e.args.empty() ? nullptr : SequenceOf(catalog_, *e.args[0]);
  if (!strict_ || sequence == nullptr || name == "currval" || name == "lastval") {
    return Fail(name + "() has no counterpart on SQLite");
  }
  std::string sql = "strata_" + name + "(" + naming_->Sequence(*sequence, this);
  for (std::size_t i = 1; i < e.args.size(); ++i) sql += ", " + Write(*e.args[i]);
  return sql + ")";
}

std::string Emitter::Aggregate(const Expr& e) {
  const catalog::Function* function = catalog_.function(e.object);
  const std::string name = function == nullptr ? "" : function->name;
  const std::string distinct = e.distinct ? "DISTINCT " : "";
  std::string sql;
  if (name == "count") {
    sql = e.star || e.args.empty() ? "count(*)" : "count(" + distinct + Write(*e.args[0]) + ")";
  } else if (name == "sum" || name == "min" || name == "max" || name == "avg") {
    const Storage storage = Stored(*e.args[0]).storage;
    const bool text =
        storage == Storage::kText || storage == Storage::kCitext || storage == Storage::kBpchar;
    if ((name == "min" || name == "max") && text) Approximate("text is ordered by its bytes");
    if (name == "avg") Approximate("avg() gives a floating-point number");
    if (!ComparesExactly(storage))
      Approximate("values of type " + catalog_.TypeName(e.args[0]->type) + " are compared as text");
    sql = name + "(" + distinct + Write(*e.args[0]) + ")";
  } else if (name == "bool_and" || name == "every" || name == "bool_or") {
    sql = (name == "bool_or" ? "max(" : "min(") + Write(*e.args[0]) + ")";
  } else if (name == "string_agg" || name == "array_agg" || name == "json_agg" ||
             name == "jsonb_agg") {
    if (!e.order.empty()) Approximate("the order inside " + name + "() is not kept");
    if (strict_) return Fail("the order inside " + name + "() is not known");
    sql = name == "string_agg" ? "group_concat(" + distinct + List(e.args) + ")"
                               : "json_group_array(" + distinct + JsonArgument(*e.args[0]) + ")";
  } else {
    return Fail("the aggregate " + name + "() has no counterpart on SQLite");
  }
  if (e.filter != nullptr) sql += " FILTER (WHERE " + Write(*e.filter) + ")";
  return sql;
}

std::string Emitter::Window(const Expr& e) {
  static constexpr std::string_view kSame[] = {
      "row_number", "rank", "dense_rank",  "percent_rank", "cume_dist", "ntile",
      "lag",        "lead", "first_value", "last_value",   "nth_value"};
  const catalog::Function* function = catalog_.function(e.object);
  const std::string name = function == nullptr ? "" : function->name;
  if (e.window == nullptr || !e.window->name.empty() || !e.window->refines.empty()) {
    return Fail("a named window has no counterpart here");
  }
  for (const std::string_view same : kSame) {
    if (name == same) return Call(name, e.args) + Over(e);
  }
  return Aggregate(e) + Over(e);
}

std::string Emitter::Over(const Expr& e) {
  if (!e.window->frame_offsets.empty())
    return Fail("a window frame with an offset has no counterpart here");
  std::string sql;
  if (!e.window->partition.empty()) sql = "PARTITION BY " + List(e.window->partition);
  if (!e.window->order.empty())
    sql += (sql.empty() ? "ORDER BY " : " ORDER BY ") + SortList(e.window->order);
  if (!e.window->frame.empty()) sql += (sql.empty() ? "" : " ") + e.window->frame;
  return " OVER (" + sql + ")";
}

const catalog::Relation* SequenceOf(const catalog::Catalog& catalog, const Expr& argument) {
  const Expr* inner = &argument;
  while (inner->kind == Expr::Kind::kCast && inner->relation == 0 && !inner->args.empty())
    inner = inner->args[0].get();
  if (inner->relation != 0) return catalog.relation(inner->relation);
  if (inner->kind != Expr::Kind::kConst) return nullptr;
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (const char c : inner->text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == '.' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += quoted ? c : static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
  }
  if (parts.size() > 2) return nullptr;
  const catalog::Relation* found = parts.size() == 2 ? catalog.FindRelation(parts[0], parts[1])
                                                     : catalog.FindRelation("", parts[0]);
  return found != nullptr && found->sequence ? found : nullptr;
}

const catalog::Relation* SequenceOfDefault(const catalog::Catalog& catalog, const ExprPtr& value) {
  const Expr* call = value.get();
  while (call != nullptr && call->kind == Expr::Kind::kCast) call = call->args[0].get();
  if (call == nullptr || call->kind != Expr::Kind::kFunction || call->args.size() != 1)
    return nullptr;
  const catalog::Function* function = catalog.function(call->object);
  return function != nullptr && function->name == "nextval" ? SequenceOf(catalog, *call->args[0])
                                                            : nullptr;
}

}  // namespace strata::shadow
