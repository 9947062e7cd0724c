// Writes JSON (RFC 8259) as it goes. The output is always valid UTF-8: a byte that is not becomes
// U+FFFD.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace strata {

class JsonWriter {
 public:
  JsonWriter& BeginObject();
  JsonWriter& EndObject();
  JsonWriter& BeginArray();
  JsonWriter& EndArray();
  // REQUIRES: inside an object; a value, object or array follows.
  JsonWriter& Key(std::string_view key);

  JsonWriter& String(std::string_view value);
  JsonWriter& Int(std::int64_t value);
  JsonWriter& Unsigned(std::uint64_t value);
  // With three digits behind the point, trailing zeros cut; not a number and infinite become null.
  JsonWriter& Double(double value);
  JsonWriter& Bool(bool value);
  JsonWriter& Null();
  // REQUIRES: `json` is one whole JSON value.
  JsonWriter& Raw(std::string_view json);

  // Returns the text so far. REQUIRES for a whole document: every Begin has its End.
  const std::string& text() const { return text_; }

 private:
  void Separate();

  std::string text_;
  std::vector<bool> empty_ = {true};  // per open level: nothing written in it yet
  bool after_key_ = false;
};

// Appends `value` as a quoted JSON string.
void AppendJsonString(std::string& out, std::string_view value);

}  // namespace strata
