#include "lint/settings.h"

#include <algorithm>
#include <cstdlib>

#include "base/nearest.h"
#include "lint/rules/rule.h"
#include "migration/seal.h"

namespace strata::lint {
namespace {

constexpr std::string_view kPathPrefix = "lint.path.";

absl::Status Fault(const TomlEntry& entry, const std::string& what) {
  return absl::InvalidArgumentError("line " + std::to_string(entry.line) + ": " + what);
}

std::string DidYouMean(const std::string& word, const std::vector<std::string>& words) {
  const auto near = Nearest(word, words);
  return near ? ", did you mean \"" + *near + "\"?" : "";
}

std::optional<RuleLevel> ParseLevel(std::string_view word) {
  if (word == "off") return RuleLevel::kOff;
  if (word == "note") return RuleLevel::kNote;
  if (word == "warning") return RuleLevel::kWarning;
  if (word == "error") return RuleLevel::kError;
  return std::nullopt;
}

std::vector<std::string> RuleNames() {
  std::vector<std::string> names;
  for (const Rule* rule : AllRules()) names.emplace_back(rule->name);
  return names;
}

absl::Status ReadLevel(const TomlEntry& entry, std::map<std::string, RuleLevel>* levels) {
  if (FindRule(entry.key) == nullptr) {
    return Fault(entry,
                 "there is no rule \"" + entry.key + "\"" + DidYouMean(entry.key, RuleNames()));
  }
  const std::string value = entry.values.empty() ? "" : entry.values[0];
  const std::optional<RuleLevel> level = ParseLevel(value);
  if (!level) return Fault(entry, "\"" + value + "\" is none of off, note, warning, error");
  (*levels)[entry.key] = *level;
  return absl::OkStatus();
}

absl::Status ReadGeneral(const TomlEntry& entry, Settings* settings) {
  const std::string value = entry.values.empty() ? "" : entry.values[0];
  const bool digits = !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
  if (entry.key == "sqlite-version") {
    settings->environment.sqlite_version = value;
    return absl::OkStatus();
  }
  const std::vector<std::string> keys = {"since", "sqlite-version", "max-statements",
                                         "max-kilobytes"};
  if (std::find(keys.begin(), keys.end(), entry.key) == keys.end()) {
    return Fault(entry, "[lint] has no key \"" + entry.key + "\"" + DidYouMean(entry.key, keys));
  }
  if (!digits) return Fault(entry, "\"" + entry.key + "\" takes a number");
  const std::uint64_t number = std::strtoull(value.c_str(), nullptr, 10);
  if (entry.key == "since") settings->since = number + 1;
  if (entry.key == "max-statements")
    settings->environment.max_statements = static_cast<int>(number);
  if (entry.key == "max-kilobytes")
    settings->environment.max_bytes = static_cast<int>(number) << 10;
  return absl::OkStatus();
}

std::string_view Unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

RuleLevel LevelOf(const Settings& settings, const Rule& rule, std::string_view file) {
  RuleLevel level = rule.level;
  if (const auto found = settings.levels.find(rule.name); found != settings.levels.end())
    level = found->second;
  for (const Settings::Path& path : settings.paths) {
    const auto found = path.levels.find(rule.name);
    if (found != path.levels.end() && Matches(path.pattern, file)) level = found->second;
  }
  if (settings.only.empty()) return level;
  const bool asked =
      std::find(settings.only.begin(), settings.only.end(), rule.name) != settings.only.end();
  if (!asked) return RuleLevel::kOff;
  return level == RuleLevel::kOff ? RuleLevel::kWarning : level;
}

absl::Status ReadSettings(const std::vector<TomlEntry>& entries, Settings* settings) {
  for (const TomlEntry& entry : entries) {
    if (entry.table == "lint") {
      RETURN_IF_ERROR(ReadGeneral(entry, settings));
    } else if (entry.table == "lint.rules") {
      RETURN_IF_ERROR(ReadLevel(entry, &settings->levels));
    } else if (entry.table.rfind(kPathPrefix, 0) == 0) {
      const std::string pattern(Unquoted(std::string_view(entry.table).substr(kPathPrefix.size())));
      if (settings->paths.empty() || settings->paths.back().pattern != pattern) {
        settings->paths.push_back({pattern, {}});
      }
      RETURN_IF_ERROR(ReadLevel(entry, &settings->paths.back().levels));
    } else if (entry.table.rfind("lint", 0) == 0) {
      return Fault(entry, "there is no table [" + entry.table + "]");
    }
  }
  return absl::OkStatus();
}

void CutOffAtSeal(const sql::LoadedSet& set, Settings* settings) {
  if (settings->since) return;
  Diagnostics reported_already;
  const std::vector<SealedMigration> sealed =
      ParseSeal(set.sources.TextOf("strata.lock"), &reported_already);
  if (sealed.empty()) return;
  settings->since = sealed.back().version + 1;
  settings->since_is_deployed = true;
}

bool Matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p, ++n;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace strata::lint
