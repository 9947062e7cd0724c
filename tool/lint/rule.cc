#include "lint/rules/rule.h"

#include <algorithm>
#include <cstring>

namespace strata {

std::string_view FamilyName(RuleFamily family) {
  switch (family) {
    case RuleFamily::kDestructive:
      return "Destructive changes";
    case RuleFamily::kCompatibility:
      return "Compatibility with running code";
    case RuleFamily::kLocks:
      return "Locks and rewrites";
    case RuleFamily::kTransactions:
      return "Transactions";
    case RuleFamily::kDesign:
      return "Design";
    case RuleFamily::kRobustness:
      return "Robustness";
    case RuleFamily::kDown:
      return "Down scripts";
    case RuleFamily::kSet:
      return "The set as a whole";
    case RuleFamily::kSqlite:
      return "SQLite";
    case RuleFamily::kAllowance:
      return "Allowances";
  }
  return "";
}

const Rule* FindRule(std::string_view name) {
  const std::vector<const Rule*>& rules = AllRules();
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](const Rule* rule) { return name == rule->name; });
  return found == rules.end() ? nullptr : *found;
}

}  // namespace strata
