#include "base/json.h"

#include <gtest/gtest.h>

#include <cmath>

namespace strata {
namespace {

TEST(JsonTest, WritesNestedValuesWithTheirSeparators) {
  JsonWriter json;
  json.BeginObject().Key("a").BeginArray().Int(-1).Unsigned(2).Null().Bool(true).EndArray();
  json.Key("b").BeginObject().EndObject().Key("c").String("x").EndObject();
  EXPECT_EQ(json.text(), R"({"a": [-1, 2, null, true], "b": {}, "c": "x"})");
}

TEST(JsonTest, EscapesWhatJsonForbids) {
  JsonWriter json;
  json.String("a\"b\\c\nd\te\rf\x01g\x7f");
  EXPECT_EQ(json.text(), "\"a\\\"b\\\\c\\nd\\te\\rf\\u0001g\\u007f\"");
}

TEST(JsonTest, ReplacesBytesThatAreNotUtf8) {
  JsonWriter json;
  json.String("\xC3\xA9|\xFF|\xED\xA0\x80|\xC3");
  EXPECT_EQ(json.text(),
            "\"\xC3\xA9|\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD|\xEF\xBF\xBD\"");
}

TEST(JsonTest, WritesNumbersShortly) {
  JsonWriter json;
  json.BeginArray().Double(12.3).Double(1).Double(0.0004).Double(NAN).Double(-2.5).EndArray();
  EXPECT_EQ(json.text(), "[12.3, 1, 0, null, -2.5]");
}

}  // namespace
}  // namespace strata
