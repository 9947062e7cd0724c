// sqitch.plan, a line a change in order, with deploy/, revert/ and verify/ scripts of that name.
#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "base/files.h"
#include "command/foreign/foreign.h"

namespace strata {
namespace {

std::optional<std::string> Optional(absl::StatusOr<std::string> text) {
  if (!text.ok()) return std::nullopt;
  return *std::move(text);
}

}  // namespace

absl::StatusOr<ForeignSet> ReadSqitch(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::string plan, ReadFile(JoinPath(folder, "sqitch.plan")));
  ForeignSet set;
  const std::vector<std::string> lines = absl::StrSplit(plan, '\n');
  for (const std::string& raw : lines) {
    const std::string line(absl::StripAsciiWhitespace(raw));
    if (line.empty() || line[0] == '%' || line[0] == '#' || line[0] == '@') continue;
    const std::string change = line.substr(0, line.find_first_of(" \t"));
    ForeignMigration migration;
    migration.version = absl::StrFormat("%04d", set.migrations.size() + 1);
    migration.name = change;
    if (change.find('@') != std::string::npos) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "sqitch.plan: %s is a reworked change, which cannot be converted", change));
    }
    const std::string file = change + ".sql";
    ASSIGN_OR_RETURN(migration.up, ReadFile(JoinPath(folder, "deploy/" + file)));
    migration.down = Optional(ReadFile(JoinPath(folder, "revert/" + file)));
    if (ReadFile(JoinPath(folder, "verify/" + file)).ok()) {
      set.notes.push_back("verify/" + file + ": left out, Strata runs verify scripts as queries " +
                          "whose rows must be true; rewrite it as " + migration.version +
                          "_….verify.sql");
    }
    set.migrations.push_back(std::move(migration));
  }
  return set;
}

}  // namespace strata
