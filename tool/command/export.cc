#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/files.h"
#include "command/context.h"
#include "command/line/words.h"

namespace strata {
namespace {

// The scripts that are files: a translation made by the tool has the file name of its original.
std::vector<const Script*> FilesOf(const MigrationSet& set) {
  std::vector<const Script*> files;
  for (const Migration& migration : set.migrations) {
    files.push_back(&migration.up);
    for (const auto* script : {&migration.down, &migration.verify}) {
      if (script->has_value()) files.push_back(&**script);
    }
    for (const auto* script :
         {&migration.sqlite_up, &migration.sqlite_down, &migration.sqlite_verify}) {
      if (script->has_value() && (*script)->file.find(".sqlite.") != std::string_view::npos) {
        files.push_back(&**script);
      }
    }
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
