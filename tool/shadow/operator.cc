#include <cstdlib>

#include "shadow/emitter.h"
#include "shadow/input.h"

namespace strata::shadow {
namespace {

using catalog::Expr;

bool IsNumber(Storage s) {
  return s == Storage::kInteger || s == Storage::kFloat || s == Storage::kNumeric;
}
bool IsComparison(const std::string& n) {
  return n == "=" || n == "<>" || n == "!=" || n == "<" || n == "<=" || n == ">" || n == ">=";
}

// The constant under casts, or null.
const Expr* ConstantOf(const Expr& e) {
  const Expr* inner = &e;
  while (inner->kind == Expr::Kind::kCast) inner = inner->args[0].get();
  return inner->kind == Expr::Kind::kConst && !inner->is_null ? inner : nullptr;
}

// LIKE's pattern as GLOB's, which minds the case of letters.
std::string GlobOf(const std::string& like) {
  std::string glob;
  for (std::size_t i = 0; i < like.size(); ++i) {
    char c = like[i];
    const bool escaped = c == '\\' && i + 1 < like.size();
    if (escaped) c = like[++i];
    if (!escaped && (c == '%' || c == '_')) {
      glob += c == '%' ? '*' : '?';
    } else if (c == '*' || c == '?' || c == '[') {
      glob += std::string("[") + c + "]";
    } else {
      glob += c;
    }
  }
  return glob;
}

// One step of a JSON path: '$."key"' or '$[3]'; negative numbers count from the end.
std::string PathStep(const Expr& constant, bool is_number) {
  if (!is_number) return "." + JsonString(constant.text);
  const long index = std::strtol(constant.text.c_str(), nullptr, 10);
  return index >= 0 ? "[" + std::to_string(index) + "]" : "[#" + std::to_string(index) + "]";
}

// "3 days", "-1 hour", "1 year 2 mons" as date modifiers; empty: not understood.
std::vector<std::string> Modifiers(const std::string& interval, bool minus) {
  std::vector<std::string> modifiers;
  const char* at = interval.c_str();
  while (*at != '\0') {
    char* end = nullptr;
    const long amount = std::strtol(at, &end, 10);
    if (end == at) return {};
    while (*end == ' ') ++end;
    std::string unit;
    while (*end >= 'a' && *end <= 'z') unit += *end++;
    while (*end == ' ') ++end;
    if (!unit.empty() && unit.back() == 's') unit.pop_back();
    long factor = 1;
    if (unit == "week") unit = "day", factor = 7;
    if (unit == "mon") unit = "month";
    if (unit == "min") unit = "minute";
    if (unit == "sec") unit = "second";
    if (unit == "hr") unit = "hour";
    if (unit != "year" && unit != "month" && unit != "day" && unit != "hour" && unit != "minute" &&
        unit != "second")
      return {};
    const long signed_amount = (minus ? -1 : 1) * amount * factor;
    modifiers.push_back("'" + std::string(signed_amount < 0 ? "" : "+") +
                        std::to_string(signed_amount) + " " + unit + "s'");
    at = end;
  }
  return modifiers;
}

}  // namespace

std::string Emitter::Operator(const Expr& e) {
  const catalog::Operator* op = catalog_.operator_(e.object);
  if (op == nullptr) return Fail("an operator is not known");
  const std::string& name = op->name;
  if (e.args.size() == 1) {
    if ((name == "-" || name == "+") && IsNumber(Stored(e).storage))
      return "(" + name + Write(*e.args[0]) + ")";
    if (name == "~" && Stored(e).storage == Storage::kInteger)
      return "(~" + Write(*e.args[0]) + ")";
    return Fail("the operator " + name + " has no counterpart on SQLite");
  }
  if (IsComparison(name)) return Comparison(e, name);
  if (name == "||") return Concatenation(e);
  if (name == "~~" || name == "!~~") return Like(e, name[0] == '!', false);
  if (name == "~~*" || name == "!~~*") return Like(e, name[0] == '!', true);
  if (name == "->" || name == "->>" || name == "#>" || name == "#>>" || name == "?")
    return JsonOperator(e, name);
  return Arithmetic(e, name);
}

std::string Emitter::Comparison(const Expr& e, const std::string& name) {
  const Storage left = Stored(*e.args[0]).storage, right = Stored(*e.args[1]).storage;
  const bool equality = name == "=" || name == "<>" || name == "!=";
  const bool row = e.args[0]->kind == Expr::Kind::kRow;
  if (!row && (!ComparesExactly(left) || !ComparesExactly(right))) {
    Approximate("values of type " + catalog_.TypeName(e.args[0]->type) + " are compared as text");
  }
  const bool text = left == Storage::kText || left == Storage::kCitext || left == Storage::kBpchar;
  if (!equality && text) Approximate("text is ordered by its bytes");
  std::string a = Write(*e.args[0]), b = Write(*e.args[1]);
  if (left == Storage::kDate && right == Storage::kTimestamp) a = "(" + a + " || ' 00:00:00')";
  if (right == Storage::kDate && left == Storage::kTimestamp) b = "(" + b + " || ' 00:00:00')";
  const std::string collate =
      left == Storage::kCitext || right == Storage::kCitext ? " COLLATE NOCASE" : "";
  return "(" + a + " " + (name == "!=" ? "<>" : name) + " " + b + collate + ")";
}

std::string Emitter::Arithmetic(const Expr& e, const std::string& name) {
  const Storage left = Stored(*e.args[0]).storage, right = Stored(*e.args[1]).storage;
  if (left == Storage::kTimestamp || left == Storage::kDate) return PlusInterval(e, name);
  if (!IsNumber(left) || !IsNumber(right)) {
    return Fail("the operator " + name + " between " + catalog_.TypeName(e.args[0]->type) +
                " and " + catalog_.TypeName(e.args[1]->type) + " has no counterpart on SQLite");
  }
  const bool integers = left == Storage::kInteger && right == Storage::kInteger;
  const std::string a = Write(*e.args[0]), b = Write(*e.args[1]);
  if (name == "+" || name == "-" || name == "*") {
    const std::string sum = "(" + a + " " + name + " " + b + ")";
    return strict_ ? "strata_number(" + sum + ")" : sum;
  }
  if (name == "/" || name == "%") {
    if (name == "%" && !integers)
      Approximate("% on numbers that are not whole counts whole numbers only");
    if (strict_)
      return "strata_divide(" + QuoteText(name) + ", " + (integers ? "1" : "0") + ", " + a + ", " +
             b + ")";
    return integers || name == "%" ? "(" + a + " " + name + " " + b + ")"
                                   : "(CAST(" + a + " AS REAL) / " + b + ")";
  }
  if (integers && (name == "&" || name == "|" || name == "<<" || name == ">>"))
    return "(" + a + " " + name + " " + b + ")";
  if (integers && name == "#") return "((" + a + " | " + b + ") - (" + a + " & " + b + "))";
  return Fail("the operator " + name + " has no counterpart on SQLite");
}

std::string Emitter::PlusInterval(const Expr& e, const std::string& name) {
  const StoredType left = Stored(*e.args[0]), right = Stored(*e.args[1]);
  const std::string a = Write(*e.args[0]);
  if (left.storage == Storage::kDate && right.storage == Storage::kInteger) {
    return "date(" + a + ", (" + (name == "-" ? "-(" : "(") + Write(*e.args[1]) + ")) || ' days')";
  }
  if (left.storage == Storage::kDate && right.storage == Storage::kDate && name == "-") {
    return "CAST(julianday(" + a + ") - julianday(" + Write(*e.args[1]) + ") AS INTEGER)";
  }
  const Expr* interval = ConstantOf(*e.args[1]);
  if (right.type.type != oid::kInterval || interval == nullptr)
    return Fail("arithmetic on dates with values of type " + catalog_.TypeName(right.type) +
                " has no counterpart on SQLite");
  const std::vector<std::string> modifiers = Modifiers(interval->text, name == "-");
  if (modifiers.empty())
    return Fail("the interval '" + interval->text + "' has no counterpart on SQLite");
  Approximate("dates are counted in whole seconds, and a month past its end runs into the next");
  std::string sql = "datetime(" + a;
  for (const std::string& modifier : modifiers) sql += ", " + modifier;
  return sql + ")";
}

std::string Emitter::Concatenation(const Expr& e) {
  const StoredType result = Stored(e);
  if (result.storage == Storage::kText || result.storage == Storage::kCitext) {
    return "(" + AsText(*e.args[0]) + " || " + AsText(*e.args[1]) + ")";
  }
  if (result.storage == Storage::kBytes)
    return "CAST(" + Write(*e.args[0]) + " || " + Write(*e.args[1]) + " AS BLOB)";
  if (result.storage == Storage::kJson) {
    Approximate("jsonb || merges objects in depth");
    return "json_patch(" + Write(*e.args[0]) + ", " + Write(*e.args[1]) + ")";
  }
  if (result.storage == Storage::kArray) {
    const auto elements = [&](const Expr& part) {
      const std::string sql = Write(part);
      return "SELECT value FROM json_each(" +
             (Stored(part).storage == Storage::kArray ? sql : "json_array(" + sql + ")") + ")";
    };
    return "(SELECT json_group_array(value) FROM (" + elements(*e.args[0]) + " UNION ALL " +
           elements(*e.args[1]) + "))";
  }
  return Fail("|| of values of type " + catalog_.TypeName(e.type) +
              " has no counterpart on SQLite");
}

std::string Emitter::Like(const Expr& e, bool negated, bool any_case) {
  const std::string left = Write(*e.args[0]);
  const std::string negation = negated ? "NOT " : "";
  const Expr* pattern = ConstantOf(*e.args[1]);
  if (any_case) {
    Approximate("ILIKE knows the letters a-z only");
    return "(" + left + " " + negation + "LIKE " + Write(*e.args[1]) + " ESCAPE '\\')";
  }
  if (pattern != nullptr)
    return "(" + left + " " + negation + "GLOB " + QuoteText(GlobOf(pattern->text)) + ")";
  Approximate("LIKE with a pattern that is no constant does not mind the case of letters");
  return "(" + left + " " + negation + "LIKE " + Write(*e.args[1]) + " ESCAPE '\\')";
}

std::string Emitter::JsonOperator(const Expr& e, const std::string& name) {
  if (Stored(*e.args[0]).storage != Storage::kJson) {
    return Fail("the operator " + name + " on values of type " +
                catalog_.TypeName(e.args[0]->type) + " has no counterpart on SQLite");
  }
  const Expr* key = ConstantOf(*e.args[1]);
  if (key == nullptr)
    return Fail("a JSON operator with a key that is no constant has no counterpart on SQLite");
  std::string path = "$";
  if (name[0] == '#') {
    const InputResult elements = ReadArray(key->text, false);
    if (elements.outcome != InputOutcome::kOk)
      return Fail("the JSON path " + key->text + " is not read");
    std::string body = elements.value.bytes.substr(1, elements.value.bytes.size() - 2);
    for (std::size_t at = 0; at < body.size();) {
      const std::size_t comma = body.find("\",\"", at);
      const std::size_t end = comma == std::string::npos ? body.size() : comma + 1;
      const std::string step = body.substr(at, end - at);
      const bool number = step.find_first_not_of("\"0123456789") == std::string::npos;
      path += number ? "[" + step.substr(1, step.size() - 2) + "]" : "." + step;
      at = end + 1;
    }
  } else {
    path += PathStep(*key, Stored(*e.args[1]).storage == Storage::kInteger);
  }
  const std::string value = Write(*e.args[0]), place = QuoteText(path);
  if (name == "?") return "(json_type(" + value + ", " + place + ") IS NOT NULL)";
  if (name == "->" || name == "#>") return "(" + value + " -> " + place + ")";
  return "CASE json_type(" + value + ", " + place +
         ") WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(" + value + " ->> " +
         place + " AS TEXT) END";
}

}  // namespace strata::shadow
