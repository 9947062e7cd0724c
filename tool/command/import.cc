#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/files.h"
#include "command/context.h"
#include "command/foreign/foreign.h"
#include "command/line/words.h"
#include "migration/file_name.h"

namespace strata {
namespace {

struct File {
  std::string name;
  std::string text;
};

std::string FileSlug(const std::string& name) {
  std::string slug;
  for (const char c : name) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || c == '.';
    slug += kept ? c : '_';
  }
  return slug.empty() ? "migration" : slug;
}

// Sequences get the width of the longest, at least four digits.
std::size_t Width(const std::vector<ForeignMigration>& migrations, std::size_t parts) {
  std::size_t width = 4;
  for (const ForeignMigration& migration : migrations) {
    width = std::max(width, VersionDigits(migration.version, parts).size());
  }
  return width;
}

absl::StatusOr<std::vector<File>> Convert(const ForeignTool& tool, const ForeignSet& set) {
  std::size_t parts = 1;
  for (const ForeignMigration& migration : set.migrations) {
    parts = std::max(parts, VersionParts(migration.version));
  }
  const std::size_t width = Width(set.migrations, parts);
  std::vector<File> files;
  std::set<std::string> versions;
  for (const ForeignMigration& migration : set.migrations) {
    std::string digits = VersionDigits(migration.version, parts);
    if (digits.empty()) {
      return absl::InvalidArgumentError(
          absl::StrFormat("\"%s\" (%s) is no version", migration.version, migration.name));
    }
    digits.insert(0, width - digits.size(), '0');
    if (!versions.insert(digits).second) {
      return absl::InvalidArgumentError(
          absl::StrFormat("two migrations have the version %s", migration.version));
    }
    const std::string name = FileSlug(migration.name);
    const char* mode = migration.no_transaction ? "-- strata: no-transaction\n" : "";
    std::string up = mode;
    if (!migration.down) {
      absl::StrAppendFormat(&up, "-- strata: irreversible \"%s had no way back for it\"\n",
                            tool.name);
    }
    files.push_back({FormatFileName(digits, name, false, FilePart::kUp), up + migration.up});
    if (!migration.down) continue;
    files.push_back({FormatFileName(digits, name, false, FilePart::kDown), mode + *migration.down});
  }
  return files;
}

absl::Status WriteAll(const std::vector<File>& files, const std::string& folder) {
  if (mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) {
    return absl::InvalidArgumentError("cannot make the folder " + folder + ": " +
                                      std::strerror(errno));
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> present, ListFiles(folder));
  for (const std::string& name : present) {
    if (IsSqlFile(name)) {
      return absl::FailedPreconditionError(
          absl::StrFormat("%s already holds %s; nothing was written", folder, name));
    }
  }
  for (const File& file : files) RETURN_IF_ERROR(WriteFile(JoinPath(folder, file.name), file.text));
  return absl::OkStatus();
}

absl::StatusOr<std::size_t> Import(Context& context, const ForeignTool& tool) {
  if (tool.read == nullptr) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s's migrations are programs: have it print them as SQL, and write pairs", tool.name));
  }
  ASSIGN_OR_RETURN(const ForeignSet set, tool.read(context.arguments.positional[0]));
  for (const std::string& note : set.notes) context.terminal.Err("note: " + note + "\n");
  if (set.migrations.empty()) {
    return absl::InvalidArgumentError(absl::StrFormat("%s holds no migration of %s (%s)",
                                                      context.arguments.positional[0], tool.name,
                                                      tool.layout));
  }
  ASSIGN_OR_RETURN(const std::vector<File> files, Convert(tool, set));
  RETURN_IF_ERROR(WriteAll(files, context.settings.dir));
  return set.migrations.size();
}

Exit Run(Context& context) {
  const std::optional<std::string> from = context.arguments.Value("--from");
  if (!from) return Fail(context, Exit::kUsage, "needs --from TOOL", "strata import --help");
  absl::StatusOr<std::size_t> count = Import(context, *FindForeignTool(*from));
  if (!count.ok()) {
    return Fail(context, absl::IsFailedPrecondition(count.status()) ? Exit::kRefused : Exit::kUsage,
                std::string(count.status().message()));
  }
  if (!context.settings.quiet) {
    context.terminal.Out(absl::StrFormat("%s written to %s; strata check proves them\n",
                                         Count(*count, "migration"), context.settings.dir));
  }
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_import;
const Command kCommand_import = {
    .name = "import",
    .group = Group::kWrite,
    .summary = "convert another tool's migration files",
    .arguments = "DIR",
    .options = {{"--from", "alembic|dbmate|diesel|flyway|golang-migrate|goose|refinery|sqitch|sqlx",
                 "the tool that DIR belongs to"}},
    .notes =
        "Reads DIR and writes pairs into --dir, which must not hold any yet. Versions keep their\n"
        "order; a migration without a way back is marked irreversible. What cannot be\n"
        "converted is named. Afterwards strata adopt takes over the history table.",
    .example = "strata import --from goose db/goose --dir migrations",
    .needs = Needs::kNothing,
    .run = Run,
};

}  // namespace strata
