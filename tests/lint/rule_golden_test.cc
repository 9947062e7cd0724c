// tests/golden/lint/<rule>/: a set with migrations that break the rule and some that do not, and in
// expected.txt what that rule alone says of it. Rules that begin with "sqlite" have sqlite sets.
// With STRATA_UPDATE_GOLDENS=1 the files are written instead of compared.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/diagnostic_text.h"
#include "base/files.h"
#include "lint/lint.h"

namespace strata::lint {
namespace {

const std::string kGoldens = std::string(STRATA_TESTS_DIR) + "/golden/lint";

std::vector<std::string> RuleNames() {
  std::vector<std::string> names;
  for (const Rule* rule : AllRules()) names.emplace_back(rule->name);
  return names;
}

std::string Said(const std::string& rule) {
  const Dialect dialect = rule.rfind("sqlite", 0) == 0 ? Dialect::kSqlite : Dialect::kPostgres;
  Diagnostics faults;
  absl::StatusOr<sql::LoadedSet> loaded = sql::LoadSet(kGoldens + "/" + rule, dialect, &faults);
  if (!loaded.ok()) return loaded.status().ToString();
  loaded->sources.folder = "migrations";
  Settings settings;
  // What is said of allowances depends on the findings of the others.
  const bool about_allowances = FindRule(rule)->family == RuleFamily::kAllowance;
  if (!about_allowances) settings.only = {rule};
  settings.environment.now = 20261122103000;
  Diagnostics found = Lint(*loaded, settings);
  std::erase_if(found, [&](const Diagnostic& d) { return d.rule != rule; });
  return DiagnosticsText(faults, loaded->sources) + DiagnosticsText(found, loaded->sources);
}

class RuleGolden : public testing::TestWithParam<std::string> {};

TEST_P(RuleGolden, SaysWhatIsExpected) {
  const std::string file = kGoldens + "/" + GetParam() + "/expected.txt";
  const std::string said = Said(GetParam());
  if (std::getenv("STRATA_UPDATE_GOLDENS") != nullptr) {
    ASSERT_TRUE(WriteFile(file, said).ok());
  }
  const absl::StatusOr<std::string> expected = ReadFile(file);
  ASSERT_TRUE(expected.ok()) << expected.status();
  EXPECT_EQ(said, *expected);
  EXPECT_NE(said, "") << "the rule finds nothing in its own golden";
  EXPECT_EQ(said.find("_good."), std::string::npos) << said;
}

INSTANTIATE_TEST_SUITE_P(Rules, RuleGolden, testing::ValuesIn(RuleNames()), [](const auto& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Rules, SayEverythingThatTheDocsPrint) {
  EXPECT_GE(AllRules().size(), 80u);
  for (const Rule* rule : AllRules()) {
    SCOPED_TRACE(rule->name);
    for (const char* text : {rule->summary, rule->why, rule->help, rule->bad, rule->good}) {
      EXPECT_TRUE(text != nullptr && *text != '\0');
    }
    EXPECT_EQ(FindRule(rule->name), rule);
  }
}

}  // namespace
}  // namespace strata::lint
