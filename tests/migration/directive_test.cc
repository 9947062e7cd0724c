#include "migration/directive.h"

#include <gtest/gtest.h>

namespace strata {
namespace {

std::vector<Directive> Read(std::string_view text, ScriptHome home = ScriptHome::kUp) {
  Diagnostics faults;
  std::vector<Directive> directives = ReadDirectives(text, Dialect::kPostgres, home, &faults);
  for (const Diagnostic& d : faults) ADD_FAILURE() << d.message;
  return directives;
}

TEST(Directive, BeforeTheFirstStatementHoldsForTheFile) {
  const auto directives =
      Read("/* head */\n-- strata: lock-timeout 2s\n--strata:no-transaction\nSELECT 1;");
  ASSERT_EQ(directives.size(), 2u);
  EXPECT_EQ(directives[0].kind, Directive::Kind::kLockTimeout);
  EXPECT_EQ(directives[0].ms, 2000u);
  EXPECT_FALSE(directives[0].anchor.has_value());
  EXPECT_EQ(directives[1].kind, Directive::Kind::kNoTransaction);
}

TEST(Directive, AboveAStatementConcernsThatStatement) {
  const std::string_view text =
      "SELECT 1;\n\n-- strata: allow drop-table \"it's \"old\"\"\n-- why\nDROP TABLE t;";
  const auto directives = Read(text);
  ASSERT_EQ(directives.size(), 1u);
  EXPECT_EQ(directives[0].rule, "drop-table");
  EXPECT_EQ(directives[0].text, "it's \"old\"");
  EXPECT_EQ(directives[0].anchor, text.find("DROP"));
}

TEST(Directive, InsideAStatementConcernsWhatIsBelow) {
  const std::string_view text =
      "CREATE TABLE t (\n  -- strata: renamed-from \"old name\"\n  a int\n);";
  const auto directives = Read(text, ScriptHome::kSchema);
  ASSERT_EQ(directives.size(), 1u);
  EXPECT_EQ(directives[0].text, "old name");
  EXPECT_EQ(directives[0].anchor, text.find("a int"));
}

TEST(Directive, CommentsThatAreNoneAreLeftAlone) {
  EXPECT_TRUE(
      Read("-- strata is a tool\n-- see strata.lock\nSELECT '\n-- strata: nonsense\n';").empty());
}

TEST(Duration, ReadsUnits) {
  EXPECT_EQ(ParseDuration("500ms"), 500u);
  EXPECT_EQ(ParseDuration("5min"), 300000u);
  EXPECT_EQ(ParseDuration("1 h"), 3600000u);
  EXPECT_EQ(ParseDuration("0"), 0u);
  EXPECT_EQ(ParseDuration("2147483647ms"), 2147483647u);
  for (const char* bad : {"", "5", "-5s", "5m", "s", "2147483648ms", "99999999999h", "1.5s"}) {
    EXPECT_FALSE(ParseDuration(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace strata
