#include "lint/settings.h"

#include <gtest/gtest.h>

#include "lint/rules/rule.h"

namespace strata::lint {
namespace {

Settings Read(std::string_view text) {
  Settings settings;
  const auto entries = ParseToml(text);
  EXPECT_TRUE(entries.ok()) << entries.status();
  const absl::Status status = ReadSettings(*entries, &settings);
  EXPECT_TRUE(status.ok()) << status;
  return settings;
}

std::string Fault(std::string_view text) {
  Settings settings;
  const auto entries = ParseToml(text);
  if (!entries.ok()) return std::string(entries.status().message());
  return std::string(ReadSettings(*entries, &settings).message());
}

TEST(LintSettings, TheLastMatchingPathDecides) {
  const Settings settings =
      Read("[lint.rules]\ndrop-table = \"error\"\n[lint.path.\"0001_*\"]\ndrop-table = \"off\"\n");
  const Rule& rule = *FindRule("drop-table");
  EXPECT_EQ(LevelOf(settings, rule, "0002_x.up.sql"), RuleLevel::kError);
  EXPECT_EQ(LevelOf(settings, rule, "0001_x.up.sql"), RuleLevel::kOff);
  EXPECT_EQ(LevelOf(Settings(), rule, "0001_x.up.sql"), RuleLevel::kWarning);
}

TEST(LintSettings, SinceIsTheLastVersionThatIsContext) {
  EXPECT_EQ(Read("[lint]\nsince = \"41\"\n").since, 42u);
}

TEST(LintSettings, FaultsNameTheLine) {
  EXPECT_EQ(Fault("[lint.rules]\ndrop-tabel = \"off\"\n"),
            "line 2: there is no rule \"drop-tabel\", did you mean \"drop-table\"?");
  EXPECT_EQ(Fault("[lint.rules]\ndrop-table = \"loud\"\n"),
            "line 2: \"loud\" is none of off, note, warning, error");
  EXPECT_EQ(Fault("[lint]\nsinse = \"1\"\n"),
            "line 2: [lint] has no key \"sinse\", did you mean \"since\"?");
  EXPECT_EQ(Fault("[lint]\nsince = \"x\"\n"), "line 2: \"since\" takes a number");
  EXPECT_EQ(Fault("[lint.rule]\na = \"b\"\n"), "line 2: there is no table [lint.rule]");
}

TEST(Matches, KnowsStarsAndQuestionMarks) {
  EXPECT_TRUE(Matches("0001_*", "0001_a.up.sql"));
  EXPECT_TRUE(Matches("*_a.??.sql", "0001_a.up.sql"));
  EXPECT_TRUE(Matches("**", ""));
  EXPECT_FALSE(Matches("0001", "0001_a"));
  EXPECT_FALSE(Matches("?", ""));
}

}  // namespace
}  // namespace strata::lint
