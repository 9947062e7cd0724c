// docs/rules is what the rules say of themselves. With STRATA_UPDATE_GOLDENS=1 the pages are
// written.
#include "report/rule_pages.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "base/files.h"

namespace strata::report {
namespace {

const std::string kPages = std::string(STRATA_TESTS_DIR) + "/../docs/rules";

void ExpectPage(const std::string& name, const std::string& text) {
  const std::string file = kPages + "/" + name;
  if (std::getenv("STRATA_UPDATE_GOLDENS") != nullptr) {
    ASSERT_TRUE(WriteFile(file, text).ok());
  }
  const absl::StatusOr<std::string> page = ReadFile(file);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(*page, text) << name << " is not what the rule says; STRATA_UPDATE_GOLDENS=1 writes it";
}

TEST(RulePages, SayWhatTheRulesSay) {
  ExpectPage("README.md", RuleIndex(AllRules()));
  for (const Rule* rule : AllRules()) ExpectPage(std::string(rule->name) + ".md", RulePage(*rule));
}

TEST(RulePages, NoneIsLeftOver) {
  const absl::StatusOr<std::vector<std::string>> files = ListFiles(kPages);
  ASSERT_TRUE(files.ok()) << files.status();
  for (const std::string& file : *files) {
    if (file == "README.md") continue;
    EXPECT_NE(FindRule(file.substr(0, file.size() - 3)), nullptr) << file;
  }
}

}  // namespace
}  // namespace strata::report
