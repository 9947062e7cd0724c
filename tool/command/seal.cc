#include "migration/seal.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/files.h"
#include "command/context.h"
#include "command/line/open.h"
#include "command/line/words.h"
#include "sql/load_set.h"

namespace strata {
namespace {

std::string SealPath(const Context& context) {
  return JoinPath(context.settings.dir, "strata.lock");
}

// Returns the seal's text, or "" where there is none.
absl::StatusOr<std::string> ReadSeal(const Context& context) {
  absl::StatusOr<std::string> text = ReadFile(SealPath(context));
  if (absl::IsNotFound(text.status())) return std::string();
  return text;
}

absl::Status WriteSeal(Context& context, const MigrationSet& set) {
  ASSIGN_OR_RETURN(const std::string before, ReadSeal(context));
  const std::vector<SealedMigration> sealed = SealOf(set);
  const std::string after = PrintSeal(sealed);
  Diagnostics unused;
  const std::size_t known = ParseSeal(before, &unused).size();
  if (before != after) RETURN_IF_ERROR(WriteFile(SealPath(context), after));
  if (context.settings.quiet) return absl::OkStatus();
  const std::size_t fresh = sealed.size() - std::min(known, sealed.size());
  context.terminal.Out(before == after
                           ? absl::StrFormat("%s is up to date: %s\n", SealPath(context),
                                             Count(sealed.size(), "sealed migration"))
                           : absl::StrFormat("%s written: %s, %d of them new\n", SealPath(context),
                                             Count(sealed.size(), "sealed migration"), fresh));
  return absl::OkStatus();
}

absl::Status RenameAll(Context& context, const std::vector<Rename>& renames) {
  for (const Rename& change : renames) {
    const std::string from = JoinPath(context.settings.dir, change.from);
    const std::string to = JoinPath(context.settings.dir, change.to);
    struct stat info {};
    if (stat(to.c_str(), &info) == 0) {
      return absl::AlreadyExistsError(to + " is already there; " + from + " was not renamed");
    }
    if (std::rename(from.c_str(), to.c_str()) != 0) {
      return absl::UnavailableError("cannot rename " + from + " to " + to);
    }
    if (!context.settings.quiet) {
      context.terminal.Out(absl::StrFormat("renamed %s to %s\n", change.from, change.to));
    }
  }
  return absl::OkStatus();
}

absl::Status Rebase(Context& context) {
  ASSIGN_OR_RETURN(const std::string text, ReadSeal(context));
  Diagnostics faults;
  const std::vector<SealedMigration> sealed = ParseSeal(text, &faults);
  if (HasErrors(faults)) {
    return absl::FailedPreconditionError(SealPath(context) + " is damaged: " + faults[0].message);
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> files, ListFiles(context.settings.dir));
  return RenameAll(context, PlanRebase(sealed, files, std::time(nullptr)));
}

Exit Run(Context& context) {
  if (context.baked != nullptr) {
    return Fail(context, Exit::kUsage, "a set that is baked in has no folder to seal");
  }
  if (context.arguments.Has("--rebase")) {
    if (absl::Status status = Rebase(context); !status.ok()) {
      return Fail(context, Exit::kRefused, std::string(status.message()));
    }
  }
  if (std::optional<Exit> refused = ReopenSound(context)) return *refused;
  if (absl::Status status = WriteSeal(context, *context.set); !status.ok()) {
    return Fail(context, Exit::kUsage, std::string(status.message()));
  }
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_seal;
const Command kCommand_seal = {
    .name = "seal",
    .group = Group::kWrite,
    .summary = "write or check strata.lock, which holds what was merged",
    .options = {{"--rebase", nullptr, "renumber unsealed files on top of the sealed ones first"}},
    .notes =
        "From then on an edited, deleted or inserted migration below the newest sealed one is\n"
        "an error, and two branches that both seal one conflict in version control.",
    .example =
        "strata seal\n"
        "strata seal --rebase",
    .needs = Needs::kFiles,
    .run = Run,
};

}  // namespace strata
