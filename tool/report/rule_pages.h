// The linter's rules as people read them. docs/rules is generated from here.
#pragma once

#include <string>
#include <vector>

#include "lint/rules/rule.h"

namespace strata::report {

// One line a rule, under the headings of their families.
std::string RuleList(const std::vector<const Rule*>& rules);

// All that a rule says, for a terminal.
std::string RuleText(const Rule& rule);

// The same as a page in Markdown.
std::string RulePage(const Rule& rule);

// The index in Markdown: every rule with its level and its names elsewhere.
std::string RuleIndex(const std::vector<const Rule*>& rules);

}  // namespace strata::report
