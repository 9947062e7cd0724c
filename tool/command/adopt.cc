#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "command/context.h"
#include "command/foreign/foreign.h"
#include "command/line/running.h"
#include "migrate/open.h"

namespace strata {
namespace {

// Names as they can be compared: letters and digits, lower case ("Create Users", "create_users").
std::string Bare(std::string_view name) {
  std::string bare;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') bare += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) bare += c;
  }
  return bare;
}

// The migration of the set that the other tool recorded as `version` and `name`.
const Migration* Find(const MigrationSet& set, const std::string& version, const std::string& name,
                      std::size_t parts) {
  const std::string digits = VersionDigits(version, parts);
  for (const Migration& migration : set.migrations) {
    if (!digits.empty() && digits.size() < 20 && migration.version == std::stoull(digits)) {
      return &migration;
    }
  }
  for (const Migration& migration : set.migrations) {
    if (!name.empty() && Bare(name) == Bare(migration.name)) return &migration;
  }
  return nullptr;
}

absl::StatusOr<Rows> ReadForeign(Database& database, const ForeignTool& tool, const char* query) {
  absl::StatusOr<Rows> rows = database.Query(query);
  if (rows.ok()) return rows;
  return absl::FailedPreconditionError(absl::StrFormat("%s's history cannot be read: %s", tool.name,
                                                       std::string(rows.status().message())));
}

// What the other tool began and did not finish is no state to take over.
absl::Status RefuseUnfinished(Database& database, const ForeignTool& tool) {
  if (tool.unfinished == nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Rows rows, ReadForeign(database, tool, tool.unfinished));
  if (rows.rows.empty()) return absl::OkStatus();
  std::string versions;
  for (const Row& row : rows.rows) {
    absl::StrAppendFormat(&versions, "%s%s", versions.empty() ? "" : ", ", row[0].value_or(""));
  }
  return absl::FailedPreconditionError(absl::StrFormat(
      "%s's history says that %s failed half way (dirty): finish or undo it and have %s say so "
      "first, or say which version the database has with strata stamp",
      tool.name, versions, tool.name));
}

absl::StatusOr<std::vector<std::uint64_t>> AppliedVersions(Context& context,
                                                           const ForeignTool& tool) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(context.url, RunOptions(context)));
  RETURN_IF_ERROR(RefuseUnfinished(*database, tool));
  ASSIGN_OR_RETURN(const Rows rows, ReadForeign(*database, tool, tool.history));
  if (rows.rows.empty()) {
    return absl::FailedPreconditionError(
        absl::StrFormat("%s's history is empty: there is nothing to take over", tool.name));
  }
  std::size_t parts = 1;
  for (const Row& row : rows.rows) parts = std::max(parts, VersionParts(row[0].value_or("")));
  std::set<std::uint64_t> versions;
  std::string unknown;
  for (const Row& row : rows.rows) {
    const std::string version = row[0].value_or("");
    const std::string name = row[1].value_or("");
    const Migration* migration = Find(*context.set, version, name, parts);
    if (migration == nullptr) {
      absl::StrAppendFormat(&unknown, "%s%s", unknown.empty() ? "" : ", ",
                            version.empty() ? name : version);
      continue;
    }
    versions.insert(migration->version);
  }
  if (!unknown.empty()) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "%s applied what this set does not have: %s; import its files first, or say which version "
        "the database has with strata stamp",
        tool.name, unknown));
  }
  if (tool.newest_only) {
    for (const Migration& migration : context.set->migrations) {
      if (migration.version < *versions.rbegin()) versions.insert(migration.version);
    }
  }
  return std::vector<std::uint64_t>(versions.begin(), versions.end());
}

Exit Run(Context& context) {
  const std::optional<std::string> from = context.arguments.Value("--from");
  if (!from) return Fail(context, Exit::kUsage, "needs --from TOOL", "strata adopt --help");
  const ForeignTool& tool = *FindForeignTool(*from);
  absl::StatusOr<std::vector<std::uint64_t>> versions = AppliedVersions(context, tool);
  if (!versions.ok()) return ReportFailure(context, versions.status());
  absl::StatusOr<MigrateResult> result =
      Adopt(*context.set, context.url, *versions, RunOptions(context));
  if (!result.ok()) return ReportFailure(context, result.status());
  if (context.settings.format == "json") {
    ReportResult(context, *result, false);
  } else if (!context.settings.quiet) {
    context.terminal.Out(absl::StrFormat(
        "%s taken over from %s, up to %s; no migration was run, and its own table stays\n",
        Count(result->changes.size(), "migration"), tool.name,
        result->current ? VersionText(context.set, *result->current) : "base"));
  }
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_adopt;
const Command kCommand_adopt = {
    .name = "adopt",
    .group = Group::kRun,
    .summary = "take over another tool's history table",
    .options = {{"--from", "alembic|dbmate|diesel|flyway|golang-migrate|goose|refinery|sqitch|sqlx",
                 "the tool that kept the history so far"}},
    .notes =
        "Reads which migrations that tool has applied, and records the same ones, matched by\n"
        "version or by name, as applied. Runs nothing, and leaves the other table alone. The\n"
        "history of Strata must still be empty.",
    .example = "strata adopt --from goose --url postgresql://localhost/shop",
    .needs = Needs::kDatabase,
    .run = Run,
};

}  // namespace strata
