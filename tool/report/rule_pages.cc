#include "report/rule_pages.h"

#include <algorithm>

namespace strata::report {
namespace {

const char* LevelWord(RuleLevel level) {
  switch (level) {
    case RuleLevel::kOff:
      return "off unless asked for";
    case RuleLevel::kNote:
      return "note";
    case RuleLevel::kWarning:
      return "warning";
    case RuleLevel::kError:
      return "error";
  }
  return "";
}

std::vector<const Rule*> ByFamily(std::vector<const Rule*> rules) {
  std::stable_sort(rules.begin(), rules.end(),
                   [](const Rule* a, const Rule* b) { return a->family < b->family; });
  return rules;
}

std::string Indented(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += "    " + std::string(text.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return out;
}

// Breaks at blanks so that no line is longer than 96 characters.
std::string Wrapped(std::string_view text) {
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (column > 0 && column + 1 + end > 96) {
      out += '\n';
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += text.substr(0, end);
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + "\n";
}

std::string Elsewhere(const Rule& rule) {
  std::string out;
  auto add = [&](const char* tool, const char* name) {
    if (*name != '\0') out += (out.empty() ? "" : "; ") + std::string(tool) + ": " + name;
  };
  add("squawk", rule.squawk);
  add("Atlas", rule.atlas);
  add("strong_migrations", rule.strong_migrations);
  add("eugene", rule.eugene);
  return out;
}

}  // namespace

std::string RuleList(const std::vector<const Rule*>& rules) {
  std::size_t width = 0;
  for (const Rule* rule : rules) width = std::max(width, std::string_view(rule->name).size());
  std::string out;
  const Rule* before = nullptr;
  for (const Rule* rule : ByFamily(rules)) {
    if (before == nullptr || before->family != rule->family) {
      out += (before == nullptr ? "" : "\n") + std::string(FamilyName(rule->family)) + "\n";
    }
    before = rule;
    std::string name = rule->name;
    name.resize(width, ' ');
    out += "  " + name + "  " + rule->summary;
    if (rule->level == RuleLevel::kOff) out += " (off)";
    out += "\n";
  }
  return out;
}

std::string RuleText(const Rule& rule) {
  std::string out = std::string(rule.name) + ": " + rule.summary + "\n\n" + Wrapped(rule.why);
  if (*rule.blocks != '\0') out += "\nblocks: " + std::string(rule.blocks) + "\n";
  out += "level: " + std::string(LevelWord(rule.level)) + "\n\nwrong:\n" + Indented(rule.bad);
  out += "\ninstead: " + std::string(rule.help) + "\n" + Indented(rule.good);
  if (*rule.source != '\0') out += "\nsource: " + std::string(rule.source) + "\n";
  if (const std::string names = Elsewhere(rule); !names.empty())
    out += "elsewhere: " + names + "\n";
  return out;
}

std::string RulePage(const Rule& rule) {
  std::string out = "# " + std::string(rule.name) + "\n\n" + FamilyName(rule.family).data() +
                    " · " + LevelWord(rule.level) + "\n\nFinds: " + rule.summary + ".\n\n" +
                    Wrapped(rule.why);
  if (*rule.blocks != '\0') out += "\n**Blocks meanwhile:** " + std::string(rule.blocks) + ".\n";
  out += "\n## Wrong\n\n```sql\n" + std::string(rule.bad) + "\n```\n\n## Instead\n\n";
  out += Wrapped(rule.help) + "\n```sql\n" + rule.good + "\n```\n";
  out += "\n## Where it is meant\n\n```sql\n-- strata: allow " + std::string(rule.name) +
         " \"why it is safe here\"\n```\n\nOr for all files, in "
         "`strata.toml`:\n\n```toml\n[lint.rules]\n" +
         rule.name + " = \"off\"\n```\n";
  if (*rule.source != '\0') out += "\nSource: <" + std::string(rule.source) + ">\n";
  if (const std::string names = Elsewhere(rule); !names.empty())
    out += "\nElsewhere: " + names + ".\n";
  return out;
}

std::string RuleIndex(const std::vector<const Rule*>& rules) {
  std::string out =
      "# The linter's rules\n\nMade from the rules themselves by "
      "`tests/lint/rule_pages_test.cc`.\n";
  const Rule* before = nullptr;
  for (const Rule* rule : ByFamily(rules)) {
    if (before == nullptr || before->family != rule->family) {
      out += "\n## " + std::string(FamilyName(rule->family)) +
             "\n\n| rule | finds | level | squawk | Atlas | strong_migrations | eugene |\n"
             "| --- | --- | --- | --- | --- | --- | --- |\n";
    }
    before = rule;
    out += "| [" + std::string(rule->name) + "](" + rule->name + ".md) | " + rule->summary + " | " +
           LevelWord(rule->level) + " | " + rule->squawk + " | " + rule->atlas + " | " +
           rule->strong_migrations + " | " + rule->eugene + " |\n";
  }
  return out;
}

}  // namespace strata::report
