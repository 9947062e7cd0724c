#include "base/toml.h"

#include <gtest/gtest.h>

namespace strata {
namespace {

std::string Fault(std::string_view text) { return std::string(ParseToml(text).status().message()); }

TEST(TomlTest, ReadsTablesAndEveryKindOfValue) {
  const auto entries = ParseToml(
      "# settings\r\n"
      "dialect = \"sqlite\"  # why\n"
      "wait=30\n\n"
      "[lint.\"rules\"]\n"
      "drop-table = 'off'\n"
      "strict = true\n"
      "paths = [ \"a\",\n  'b', # two\n]\n");
  ASSERT_TRUE(entries.ok()) << entries.status();
  ASSERT_EQ(entries->size(), 5U);
  EXPECT_EQ((*entries)[0].key, "dialect");
  EXPECT_EQ((*entries)[0].values, std::vector<std::string>{"sqlite"});
  EXPECT_EQ((*entries)[1].kind, TomlEntry::Kind::kInteger);
  EXPECT_EQ((*entries)[1].line, 3);
  EXPECT_EQ((*entries)[2].table, "lint.rules");
  EXPECT_EQ((*entries)[3].kind, TomlEntry::Kind::kBoolean);
  EXPECT_EQ((*entries)[4].values, (std::vector<std::string>{"a", "b"}));
}

TEST(TomlTest, NamesTheLineOfAFault) {
  EXPECT_EQ(Fault("a = \"x"), "line 1: the string is not closed");
  EXPECT_EQ(Fault("\n[lint\n"), "line 2: expected \"]\" after the table's name");
  EXPECT_EQ(Fault("a b"), "line 1: expected \"=\" after a");
  EXPECT_EQ(Fault("a = nope"),
            "line 1: expected a value: a \"string\", a number, true, false or [ … ]");
  EXPECT_EQ(Fault("a = 1 2"), "line 1: unexpected text after the value");
  EXPECT_EQ(Fault("a = ["), "line 1: the array is not closed");
  EXPECT_EQ(Fault("a = [1]"), "line 1: expected a \"string\" in the array");
  EXPECT_EQ(Fault("a = \"\\q\""), "line 1: unknown escape \\q");
}

}  // namespace
}  // namespace strata
