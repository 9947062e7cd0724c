#include "shadow/emitter.h"
#include "shadow/input.h"

namespace strata::shadow {

using catalog::Expr;
using catalog::ExprPtr;
using Kind = catalog::Expr::Kind;

std::string Emitter::Fail(std::string reason) {
  if (failure_.empty()) failure_ = std::move(reason);
  return "NULL";
}

void Emitter::Approximate(std::string note) {
  if (strict_) {
    Fail(std::move(note));
  } else {
    notes_.insert(std::move(note));
  }
}

std::string Emitter::Write(const Expr& e) {
  if (!ok()) return "NULL";
  switch (e.kind) {
    case Kind::kConst:
      return Constant(e);
    case Kind::kColumn:
      return ColumnReference(e);
    case Kind::kFunction:
      return Function(e);
    case Kind::kAggregate:
      return Aggregate(e);
    case Kind::kWindow:
      return Window(e);
    case Kind::kOperator:
      return Operator(e);
    case Kind::kArrayTest:
      return ArrayTest(e);
    case Kind::kBool:
      return Boolean(e);
    case Kind::kCase:
      return Case(e);
    case Kind::kCoalesce:
      return e.args.size() == 1 ? Write(*e.args[0]) : Call("coalesce", e.args);
    case Kind::kNullIf:
      return Call("nullif", e.args);
    case Kind::kGreatest:
    case Kind::kLeast: {
      // SQLite's max() of several is NULL where one is; PostgreSQL skips the NULLs.
      Approximate("GREATEST and LEAST give NULL where an argument is NULL");
      return Call(e.kind == Kind::kGreatest ? "max" : "min", e.args);
    }
    case Kind::kCast:
      return Cast(e);
    case Kind::kNullTest:
      return "(" + Write(*e.args[0]) + (e.word == "null" ? " IS NULL)" : " IS NOT NULL)");
    case Kind::kBoolTest: {
      const bool unknown = e.word.find("unknown") != std::string::npos;
      const bool negated = e.word.substr(0, 4) == "not ";
      const std::string word = unknown                                    ? "NULL"
                               : e.word.find("true") != std::string::npos ? "TRUE"
                                                                          : "FALSE";
      return "(" + Write(*e.args[0]) + (negated ? " IS NOT " : " IS ") + word + ")";
    }
    case Kind::kDistinct:
      return Distinctness(e);
    case Kind::kArray:
      return Array(e);
    case Kind::kRow:
      return "(" + List(e.args) + ")";
    case Kind::kSubquery:
      return Subquery(e);
    case Kind::kSqlValue:
      return SqlValue(e);
    case Kind::kCollate: {
      const std::string inner = Write(*e.args[0]);
      if (e.word == "C" || e.word == "POSIX" || e.word == "ucs_basic")
        return "(" + inner + " COLLATE BINARY)";
      Approximate("collations other than \"C\" order text by its bytes");
      return inner;
    }
    case Kind::kSubscript: {
      if (e.args.size() != 2 || Stored(*e.args[0]).storage != Storage::kArray) break;
      return "json_extract(" + Write(*e.args[0]) + ", '$[' || (" + Write(*e.args[1]) +
             " - 1) || ']')";
    }
    case Kind::kRowTest:
      return "(" + Write(*e.args[0]) + " " + e.word + " " + Write(*e.args[1]) + ")";
    case Kind::kGroupingSet:
    case Kind::kParameter:
    case Kind::kField:
    case Kind::kDefault:
    case Kind::kOpaque:
      break;
  }
  return Fail(e.text.empty() ? "an expression has no counterpart on SQLite"
                             : "the expression " + e.text + " has no counterpart on SQLite");
}

std::string Emitter::List(const std::vector<ExprPtr>& expressions) {
  std::string list;
  for (const ExprPtr& e : expressions) {
    if (!list.empty()) list += ", ";
    list += Write(*e);
  }
  return list;
}

std::string Emitter::Call(const std::string& name, const std::vector<ExprPtr>& args) {
  return name + "(" + List(args) + ")";
}

std::string Emitter::Constant(const Expr& e) {
  if (e.is_null) return "NULL";
  const StoredType type = Stored(e);
  if (e.type.type == 0) return Fail("a value's type is not known");
  const InputResult read = ReadText(type, catalog_.TypeName(type.type), e.text);
  const InputResult fitted =
      read.outcome == InputOutcome::kOk ? FitValue(type, read.value, e.explicit_cast) : read;
  if (fitted.outcome == InputOutcome::kOk) return SqliteLiteral(fitted.value);
  if (!strict_ && fitted.outcome == InputOutcome::kNotKnown) return QuoteText(e.text);
  if (fitted.outcome == InputOutcome::kRefused && strict_) {
    return "strata_error(" + QuoteText(fitted.rule) + ", " + QuoteText(fitted.message) + ")";
  }
  return Fail("the value " + QuoteText(e.text) + " of type " + catalog_.TypeName(e.type) +
              " is not read");
}

std::string Emitter::Boolean(const Expr& e) {
  if (e.word == "not") return "(NOT " + Write(*e.args[0]) + ")";
  const std::string between = e.word == "and" ? " AND " : " OR ";
  std::string sql = "(";
  for (std::size_t i = 0; i < e.args.size(); ++i) sql += (i > 0 ? between : "") + Write(*e.args[i]);
  return sql + ")";
}

std::string Emitter::Case(const Expr& e) {
  std::string sql = "CASE";
  std::size_t i = 0;
  const std::size_t end = e.args.size() - (e.has_else ? 1 : 0);
  if (e.has_operand) {
    sql += " " + Write(*e.args[0]);
    i = 1;
  } else if (end % 2 == 1) {
    i = 1;  // the operand's place is there, and null
  }
  for (; i + 1 < end; i += 2)
    sql += " WHEN " + Write(*e.args[i]) + " THEN " + Write(*e.args[i + 1]);
  if (e.has_else) sql += " ELSE " + Write(*e.args.back());
  return sql + " END";
}

std::string Emitter::Distinctness(const Expr& e) {
  if (!ComparesExactly(Stored(*e.args[0]).storage))
    Approximate("values of this type are compared as text");
  return "(" + Write(*e.args[0]) + (e.word == "distinct" ? " IS NOT " : " IS ") +
         Write(*e.args[1]) + ")";
}

std::string Emitter::Array(const Expr& e) { return Call("json_array", e.args); }

std::string Emitter::ArrayTest(const Expr& e) {
  const catalog::Operator* op = catalog_.operator_(e.object);
  const std::string name = op != nullptr ? op->name : "";
  const bool in = e.word == "any" && name == "=";
  const bool not_in = e.word == "all" && name == "<>";
  if (!in && !not_in)
    return Fail("ANY and ALL with another operator than = have no counterpart on SQLite");
  if (!ComparesExactly(Stored(*e.args[0]).storage))
    Approximate("values of this type are compared as text");
  const std::string left = "(" + Write(*e.args[0]) + (in ? " IN " : " NOT IN ");
  const Expr* right = e.args[1].get();
  while (right->kind == Kind::kCast && Stored(*right).storage == Storage::kArray)
    right = right->args[0].get();
  if (right->kind == Kind::kArray) return left + "(" + List(right->args) + "))";
  return left + "(SELECT value FROM json_each(" + Write(*e.args[1]) + ")))";
}

std::string Emitter::Subquery(const Expr& e) {
  if (e.query == nullptr) return Fail("a subquery was not analysed");
  const std::string query = "(" + WriteQuery(*e.query) + ")";
  if (e.word == "exists") return "EXISTS " + query;
  if (e.word == "scalar") return query;
  const catalog::Operator* op = catalog_.operator_(e.object);
  const bool equal = e.text == "=" || (op != nullptr && op->name == "=");
  if (e.word == "any" && equal) return "(" + Write(*e.args[0]) + " IN " + query + ")";
  if (e.word == "all" && op != nullptr && op->name == "<>")
    return "(" + Write(*e.args[0]) + " NOT IN " + query + ")";
  if (e.word == "array" && !e.query->columns.empty()) {
    const std::string column = QuoteName(e.query->columns[0].name);
    return "(SELECT json_group_array(" + column + ") FROM " + query + ")";
  }
  return Fail("a subquery under " + e.word + " has no counterpart on SQLite");
}

std::string Emitter::SqlValue(const Expr& e) {
  if (strict_) {
    if (e.word == "current_date") return "substr(strata_now(), 1, 10)";
    if (e.word == "current_timestamp" || e.word == "localtimestamp") return "strata_now()";
    return Fail("the value of " + e.word + " is not known");
  }
  if (e.word == "current_date") return "CURRENT_DATE";
  if (e.word == "current_timestamp" || e.word == "localtimestamp") return "CURRENT_TIMESTAMP";
  if (e.word == "current_time" || e.word == "localtime") return "CURRENT_TIME";
  Approximate("SQLite has no roles: " + e.word + " is 'postgres'");
  return "'postgres'";
}

}  // namespace strata::shadow
