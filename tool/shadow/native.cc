#include "shadow/native.h"

#include <sqlite3.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace strata::shadow {
namespace {

Native* ContextOf(sqlite3_context* context) {
  return static_cast<Native*>(sqlite3_user_data(context));
}

void Raise(sqlite3_context* context, std::string rule, std::string message) {
  Native* native = ContextOf(context);
  native->error_rule = std::move(rule);
  native->error_message = std::move(message);
  sqlite3_result_error(context, "strata", -1);
}

std::string TextOf(sqlite3_value* value) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return text == nullptr ? ""
                         : std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

void Return(sqlite3_context* context, const Value& value) {
  const auto size = static_cast<int>(value.bytes.size());
  switch (value.kind) {
    case Value::Kind::kNull:
      return sqlite3_result_null(context);
    case Value::Kind::kInteger:
      return sqlite3_result_int64(context, value.integer);
    case Value::Kind::kReal:
      return sqlite3_result_double(context, value.real);
    case Value::Kind::kText:
      return sqlite3_result_text(context, value.bytes.data(), size, SQLITE_TRANSIENT);
    case Value::Kind::kBlob:
      return sqlite3_result_blob(context, value.bytes.data(), size, SQLITE_TRANSIENT);
  }
}

Value ValueOf(sqlite3_value* value) {
  Value result;
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      return IntegerValue(sqlite3_value_int64(value));
    case SQLITE_FLOAT:
      result.kind = Value::Kind::kReal;
      result.real = sqlite3_value_double(value);
      return result;
    case SQLITE_TEXT:
      return TextValue(TextOf(value));
    case SQLITE_BLOB:
      result.kind = Value::Kind::kBlob;
      result.bytes.assign(static_cast<const char*>(sqlite3_value_blob(value)),
                          static_cast<std::size_t>(sqlite3_value_bytes(value)));
      return result;
    default:
      return result;
  }
}

void Give(sqlite3_context* context, const InputResult& result) {
  if (result.outcome == InputOutcome::kOk) return Return(context, result.value);
  if (result.outcome == InputOutcome::kRefused) return Raise(context, result.rule, result.message);
  Raise(context, "", "a value is not known");
}

StoredType TypeOf(sqlite3_context* context, sqlite3_value** args) {
  const catalog::TypeRef type{static_cast<catalog::Oid>(sqlite3_value_int64(args[1])),
                              sqlite3_value_int(args[2])};
  return StoredAs(*ContextOf(context)->catalog, type);
}

void Error(sqlite3_context* context, int, sqlite3_value** args) {
  Raise(context, TextOf(args[0]), TextOf(args[1]));
}

void Input(sqlite3_context* context, int, sqlite3_value** args) {
  if (sqlite3_value_type(args[0]) == SQLITE_NULL) return;
  const StoredType type = TypeOf(context, args);
  const InputResult read =
      ReadText(type, ContextOf(context)->catalog->TypeName({type.type.type, -1}), TextOf(args[0]));
  if (read.outcome != InputOutcome::kOk) return Give(context, read);
  Give(context, FitValue(type, read.value, sqlite3_value_int(args[3]) != 0));
}

void Fit(sqlite3_context* context, int, sqlite3_value** args) {
  Give(context, FitValue(TypeOf(context, args), ValueOf(args[0]), sqlite3_value_int(args[3]) != 0));
}

void Now(sqlite3_context* context, int, sqlite3_value**) {
  Return(context, TextValue(ContextOf(context)->now));
}

void Uuid(sqlite3_context* context, int, sqlite3_value**) {
  char text[40];
  std::snprintf(text, sizeof text, "5742a7a0-c0de-4000-8000-%012llx",
                static_cast<unsigned long long>(++ContextOf(context)->serial));
  Return(context, TextValue(text));
}

void Opaque(sqlite3_context* context, int, sqlite3_value**) {
  Return(context, TextValue("\x01opaque" + std::to_string(++ContextOf(context)->serial)));
}

void NextValue(sqlite3_context* context, int, sqlite3_value** args) {
  std::int64_t value = 0;
  if (!ContextOf(context)->next_value(static_cast<catalog::Oid>(sqlite3_value_int64(args[0])),
                                      &value)) {
    return Raise(context, "", "a sequence's position is not known");
  }
  sqlite3_result_int64(context, value);
}

void SetValue(sqlite3_context* context, int count, sqlite3_value** args) {
  if (sqlite3_value_type(args[1]) == SQLITE_NULL) return;
  const bool called = count < 3 || sqlite3_value_int(args[2]) != 0;
  ContextOf(context)->set_value(static_cast<catalog::Oid>(sqlite3_value_int64(args[0])),
                                sqlite3_value_int64(args[1]), called);
  sqlite3_result_value(context, args[1]);
}

// Sums of decimal numbers, free of the noise in a double's last digits.
void Number(sqlite3_context* context, int, sqlite3_value** args) {
  if (sqlite3_value_type(args[0]) != SQLITE_FLOAT) return sqlite3_result_value(context, args[0]);
  char text[40];
  std::snprintf(text, sizeof text, "%.15g", sqlite3_value_double(args[0]));
  sqlite3_result_double(context, std::strtod(text, nullptr));
}

void Divide(sqlite3_context* context, int, sqlite3_value** args) {
  if (sqlite3_value_type(args[2]) == SQLITE_NULL || sqlite3_value_type(args[3]) == SQLITE_NULL)
    return;
  if (sqlite3_value_double(args[3]) == 0)
    return Raise(context, "division-by-zero", "division by zero");
  const bool remainder = TextOf(args[0]) == "%";
  if (sqlite3_value_int(args[1]) == 0) {
    if (remainder) return Raise(context, "", "a remainder of numbers is not known");
    return sqlite3_result_double(context,
                                 sqlite3_value_double(args[2]) / sqlite3_value_double(args[3]));
  }
  const std::int64_t a = sqlite3_value_int64(args[2]), b = sqlite3_value_int64(args[3]);
  if (b == -1) return sqlite3_result_int64(context, remainder ? 0 : -a);
  sqlite3_result_int64(context, remainder ? a % b : a / b);
}

template <char kLow, char kHigh>
void ChangeCase(sqlite3_context* context, int, sqlite3_value** args) {
  if (sqlite3_value_type(args[0]) == SQLITE_NULL) return;
  std::string text = TextOf(args[0]);
  for (char& c : text) {
    if ((c & 0x80) != 0) return Raise(context, "", "the case of letters beyond a-z is not known");
    if (c >= kLow && c <= kHigh) c ^= 0x20;
  }
  Return(context, TextValue(text));
}

}  // namespace

void RegisterNative(Database& database, Native* native) {
  struct Row {
    const char* name;
    int arguments;
    void (*run)(sqlite3_context*, int, sqlite3_value**);
    bool pure;
  };
  static constexpr Row kRows[] = {
      {"strata_error", 2, Error, false},
      {"strata_input", 4, Input, true},
      {"strata_fit", 4, Fit, true},
      {"strata_now", 0, Now, false},
      {"strata_uuid", 0, Uuid, false},
      {"strata_opaque", 0, Opaque, false},
      {"strata_nextval", 1, NextValue, false},
      {"strata_setval", -1, SetValue, false},
      {"strata_number", 1, Number, true},
      {"strata_divide", 4, Divide, true},
      {"strata_lower", 1, ChangeCase<'A', 'Z'>, true},
      {"strata_upper", 1, ChangeCase<'a', 'z'>, true},
  };
  if (database.handle() == nullptr) return;
  for (const Row& row : kRows) {
    const int flags = SQLITE_UTF8 | (row.pure ? SQLITE_DETERMINISTIC : 0);
    sqlite3_create_function_v2(database.handle(), row.name, row.arguments, flags, native, row.run,
                               nullptr, nullptr, nullptr);
  }
}

}  // namespace strata::shadow
