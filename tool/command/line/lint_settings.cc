#include "command/line/lint_settings.h"

#include <algorithm>
#include <ctime>
#include <set>

#include "base/files.h"
#include "base/toml.h"
#include "command/line/git.h"
#include "command/line/words.h"
#include "sql/load_set.h"

namespace strata {
namespace {

std::uint64_t Now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::uint64_t version = utc.tm_year + 1900;
  for (int part : {utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec}) {
    version = version * 100 + part;
  }
  return version;
}

// Judges the migrations that `files` does not have.
void CutOffAtFiles(const MigrationSet& set, const std::set<std::string>& files,
                   lint::Settings* settings) {
  std::uint64_t first = set.migrations.empty() ? 0 : set.migrations.back().version + 1;
  for (const Migration& migration : set.migrations) {
    if (files.count(std::string(migration.up.file)) == 0)
      first = std::min(first, migration.version);
  }
  settings->since = first;
  settings->since_is_deployed = true;
}

absl::Status CutOff(const Context& context, const std::optional<std::string>& since,
                    lint::Settings* settings) {
  if (since) {
    const bool digits = since->find_first_not_of("0123456789") == std::string::npos;
    if (digits && !since->empty()) {
      ASSIGN_OR_RETURN(const std::uint64_t version, ParseVersion(*since));
      const auto& migrations = context.set->migrations;
      const bool known = std::any_of(migrations.begin(), migrations.end(),
                                     [&](const Migration& m) { return m.version == version; });
      if (known || !FilesAtRevision(context.settings.dir, *since).ok()) {
        settings->since = version + 1;
        settings->since_is_deployed = true;
        return absl::OkStatus();
      }
    }
    ASSIGN_OR_RETURN(const std::set<std::string> files,
                     FilesAtRevision(context.settings.dir, *since));
    CutOffAtFiles(*context.set, files, settings);
    return absl::OkStatus();
  }
  lint::CutOffAtSeal(*context.loaded, settings);
  if (settings->since) return absl::OkStatus();
  if (const std::optional<std::string> base = BranchPoint(context.settings.dir)) {
    ASSIGN_OR_RETURN(const std::set<std::string> files,
                     FilesAtRevision(context.settings.dir, *base));
    CutOffAtFiles(*context.set, files, settings);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<lint::Settings> LintSettings(const Context& context,
                                            const std::optional<std::string>& since) {
  lint::Settings settings;
  settings.environment.now = Now();
  settings.environment.lock_timeout_off = context.settings.lock_timeout_ms.value_or(1) == 0;
  if (!context.settings.config.empty()) {
    ASSIGN_OR_RETURN(const std::string text, ReadFile(context.settings.config));
    ASSIGN_OR_RETURN(const std::vector<TomlEntry> entries, ParseToml(text));
    if (absl::Status status = lint::ReadSettings(entries, &settings); !status.ok()) {
      return absl::InvalidArgumentError(context.settings.config + ": " +
                                        std::string(status.message()));
    }
  }
  RETURN_IF_ERROR(CutOff(context, since, &settings));
  return settings;
}

}  // namespace strata
