#include "command/context.h"
#include "command/line/running.h"

namespace strata {
namespace {

absl::StatusOr<MigrateResult> Go(Context& context, MigrateOptions options) {
  const std::string& target = context.arguments.positional[0];
  if (target == "head") return Migrate(*context.set, context.url, options);
  if (target == "base") {
    options.all = true;
    return Rollback(*context.set, context.url, options);
  }
  ASSIGN_OR_RETURN(const std::uint64_t version, ParseVersion(target));
  return MigrateTo(*context.set, context.url, version, options);
}

Exit Run(Context& context) {
  MigrateOptions options = RunOptions(context);
  options.dry_run = context.arguments.Has("--dry-run");
  absl::StatusOr<MigrateResult> result = Go(context, options);
  if (!result.ok()) return ReportFailure(context, result.status());
  ReportResult(context, *result, options.dry_run);
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_to;
const Command kCommand_to = {
    .name = "to",
    .group = Group::kRun,
    .summary = "go up or down, whichever reaches a version",
    .arguments = "VERSION",
    .options = {{"--dry-run", nullptr, "say what would be done; change nothing"}},
    .notes = "VERSION may be written head (the newest) or base (nothing applied).",
    .example = "strata to 4 --url sqlite:shop.db",
    .needs = Needs::kRun,
    .run = Run,
};

}  // namespace strata
