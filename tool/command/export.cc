#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/files.h"
#include "command/context.h"
#include "command/line/words.h"

namespace strata {
namespace {

void Add(const OptionalScript& script, std::vector<const Script*>& files) {
  if (script) files.push_back(&*script);
}

// A translation made by the tool carries the checksum of its original and is no file.
void AddVariant(const OptionalScript& variant, std::string_view checksum_of_original,
                std::vector<const Script*>& files) {
  if (variant && variant->checksum != checksum_of_original) files.push_back(&*variant);
}

std::vector<const Script*> FilesOf(const MigrationSet& set) {
  std::vector<const Script*> files;
  for (const Migration& migration : set.migrations) {
    files.push_back(&migration.up);
    Add(migration.down, files);
    Add(migration.verify, files);
    AddVariant(migration.sqlite_up, migration.up.checksum, files);
    AddVariant(migration.sqlite_down, migration.down ? migration.down->checksum : "", files);
    AddVariant(migration.sqlite_verify, migration.verify ? migration.verify->checksum : "", files);
  }
  return files;
}

absl::Status WriteFiles(const std::vector<const Script*>& files, const std::string& folder) {
  if (mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) {
    return absl::InvalidArgumentError("cannot make the folder " + folder + ": " +
                                      std::strerror(errno));
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> present, ListFiles(folder));
  for (const std::string& name : present) {
    if (name.size() > 4 && name.compare(name.size() - 4, 4, ".sql") == 0) {
      return absl::FailedPreconditionError(
          absl::StrFormat("%s already holds %s; nothing was written", folder, name));
    }
  }
  for (const Script* script : files) {
    std::string bytes = script->byte_order_mark ? "\xEF\xBB\xBF" : "";
    bytes.append(script->text);
    RETURN_IF_ERROR(WriteFile(JoinPath(folder, std::string(script->file)), bytes));
  }
  return absl::OkStatus();
}

Exit Run(Context& context) {
  const std::string& folder = context.arguments.positional[0];
  const std::vector<const Script*> files = FilesOf(*context.set);
  const absl::Status status = WriteFiles(files, folder);
  if (!status.ok()) {
    return Fail(context, absl::IsFailedPrecondition(status) ? Exit::kRefused : Exit::kUsage,
                std::string(status.message()));
  }
  if (!context.settings.quiet) {
    context.terminal.Out(
        absl::StrFormat("%s written to %s\n", Count(files.size(), "file"), folder));
  }
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_export;
const Command kCommand_export = {
    .name = "export",
    .group = Group::kWrite,
    .summary = "write the set's files out, byte for byte",
    .arguments = "DIR",
    .notes =
        "Meant for a program with its migrations baked in. DIR is made where it is missing;\n"
        "one that holds .sql files already is refused.",
    .example = "strata export migrations-of-the-binary",
    .needs = Needs::kSet,
    .run = Run,
};

}  // namespace strata
