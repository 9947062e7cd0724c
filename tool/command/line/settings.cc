#include "command/line/settings.h"

#include <cstdlib>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "base/files.h"
#include "base/nearest.h"
#include "base/toml.h"
#include "migration/directive.h"

namespace strata {
namespace {

absl::Status Malformed(const std::string& where, const std::string& value, const char* wanted) {
  return absl::InvalidArgumentError(
      absl::StrFormat("%s cannot be \"%s\": it is %s", where, value, wanted));
}

// Sets what the key names, wherever it was written; `where` names that place for messages.
absl::Status Set(Settings& settings, const std::string& key, const std::string& value,
                 const std::string& where) {
  if (key == "dialect") {
    if (value != "postgres" && value != "sqlite") {
      return Malformed(where, value, "postgres or sqlite");
    }
    settings.dialect = value == "sqlite" ? Dialect::kSqlite : Dialect::kPostgres;
  } else if (key == "history-table") {
    if (value.empty()) return Malformed(where, value, "a table's name, [schema.]name");
    settings.history_table = value;
  } else if (key == "wait") {
    if (!absl::SimpleAtoi(value, &settings.wait_seconds)) {
      return Malformed(where, value, "a number of seconds");
    }
  } else {
    const std::optional<std::uint32_t> time = ParseDuration(value);
    if (!time) return Malformed(where, value, "a time such as 500ms, 2s or 5min");
    (key == "lock-timeout" ? settings.lock_timeout_ms : settings.statement_timeout_ms) = time;
  }
  return absl::OkStatus();
}

const std::vector<std::string>& ConfigKeys() {
  static const std::vector<std::string> kKeys = {"dialect", "history-table", "lock-timeout",
                                                 "statement-timeout", "wait"};
  return kKeys;
}

// Tables ([lint] and so on) are read by the floors that own them.
absl::Status ReadConfig(Settings& settings, const std::string& text) {
  absl::StatusOr<std::vector<TomlEntry>> entries = ParseToml(text);
  if (!entries.ok()) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: %s", settings.config, std::string(entries.status().message())));
  }
  for (const TomlEntry& entry : *entries) {
    if (!entry.table.empty()) continue;
    const std::string where =
        absl::StrFormat("%s: line %d: %s", settings.config, entry.line, entry.key);
    bool known = false;
    for (const std::string& key : ConfigKeys()) known = known || key == entry.key;
    if (!known) {
      const std::optional<std::string> near = Nearest(entry.key, ConfigKeys());
      return absl::InvalidArgumentError(where + ": unknown setting" +
                                        (near ? "; did you mean " + *near + "?" : std::string()));
    }
    if (entry.kind == TomlEntry::Kind::kArray) return Malformed(where, "[…]", "one value");
    RETURN_IF_ERROR(Set(settings, entry.key, entry.values[0], where));
  }
  return absl::OkStatus();
}

// strata.toml stands beside the folder (or in it, where the folder is all there is).
absl::Status FindConfig(Settings& settings, const Arguments& arguments) {
  if (std::optional<std::string> given = arguments.Value("--config")) {
    settings.config = *given;
    absl::StatusOr<std::string> text = ReadFile(*given);
    if (!text.ok()) {
      return absl::InvalidArgumentError("--config: " + std::string(text.status().message()));
    }
    return ReadConfig(settings, *text);
  }
  std::string folder = settings.dir;
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  const std::size_t slash = folder.find_last_of('/');
  const std::string beside =
      slash == std::string::npos ? "strata.toml" : folder.substr(0, slash + 1) + "strata.toml";
  absl::StatusOr<std::string> text = ReadFile(beside);
  if (absl::IsNotFound(text.status())) return absl::OkStatus();
  settings.config = beside;
  if (!text.ok()) return absl::InvalidArgumentError(std::string(text.status().message()));
  return ReadConfig(settings, *text);
}

}  // namespace

absl::StatusOr<Settings> ResolveSettings(const Arguments& arguments) {
  Settings settings;
  if (std::optional<std::string> dir = arguments.Value("--dir")) {
    settings.dir = *dir;
    settings.dir_given = true;
  }
  RETURN_IF_ERROR(FindConfig(settings, arguments));
  for (const std::string& key : ConfigKeys()) {
    if (std::optional<std::string> value = arguments.Value("--" + key)) {
      RETURN_IF_ERROR(Set(settings, key, *value, "--" + key));
    }
  }
  settings.urls = arguments.Values("--url");
  if (settings.urls.empty()) {
    // The second is what a build's db_* target falls back on.
    for (const char* variable : {"DATABASE_URL", "STRATA_DEFAULT_URL"}) {
      const char* url = std::getenv(variable);
      if (url == nullptr || *url == '\0') continue;
      settings.urls.emplace_back(url);
      break;
    }
  }
  settings.format = arguments.Value("--format").value_or("text");
  settings.color = arguments.Value("--color").value_or("auto");
  settings.quiet = arguments.Has("--quiet");
  settings.verbose = arguments.Has("--verbose");
  return settings;
}

}  // namespace strata
