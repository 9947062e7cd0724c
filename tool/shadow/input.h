// PostgreSQL's input functions, as far as the shadow holds their types: text -> the value stored.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shadow/storage.h"

namespace strata::shadow {

struct Value {
  enum class Kind { kNull, kInteger, kReal, kText, kBlob };
  Kind kind = Kind::kNull;
  std::int64_t integer = 0;
  double real = 0;
  std::string bytes;  // of text and blobs
};

enum class InputOutcome {
  kOk,
  kRefused,   // PostgreSQL raises an error
  kNotKnown,  // a form that is not read here; nothing is certain
};

struct InputResult {
  InputOutcome outcome = InputOutcome::kNotKnown;
  Value value;
  std::string rule;     // "invalid-text-representation"
  std::string message;  // PostgreSQL's words
};

// Reads `text` as PostgreSQL's input function of `type` does, without its length or precision.
InputResult ReadText(const StoredType& type, const std::string& type_name, std::string_view text);

// Fits a value into varchar(n), char(n), numeric(p,s), smallint, …. `explicit_cast`: cut silently,
// as a cast written by the user does.
InputResult FitValue(const StoredType& type, Value value, bool explicit_cast);

// The value as an SQLite literal.
std::string SqliteLiteral(const Value& value);
std::string QuoteText(std::string_view text);  // 'it''s'
std::string QuoteName(std::string_view name);  // "name"

// One per type.
InputResult ReadBoolean(std::string_view text);
InputResult ReadNumber(const StoredType& type, const std::string& type_name, std::string_view text);
InputResult ReadDateTime(Storage storage, bool with_zone, std::string_view text);
InputResult ReadUuid(std::string_view text);
InputResult ReadJson(std::string_view text);
InputResult ReadBytes(std::string_view text);
InputResult ReadArray(std::string_view text, bool numbers);  // {a,"b c",NULL} -> ["a","b c",null]

InputResult Accepted(Value value);
InputResult Refused(std::string rule, std::string message);
Value TextValue(std::string text);
Value IntegerValue(std::int64_t integer);
std::string_view TrimBlanks(std::string_view text);
std::string JsonString(std::string_view text);  // "quoted"

}  // namespace strata::shadow
