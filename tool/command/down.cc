#include "command/context.h"
#include "command/line/running.h"

namespace strata {
namespace {

// "base", "4" and "-2", as other tools' `downgrade` takes them.
absl::Status TakeTarget(const std::string& target, MigrateOptions& options) {
  if (target == "base") {
    options.all = true;
  } else if (target[0] == '-') {
    ASSIGN_OR_RETURN(options.steps, ParseSteps(target.substr(1)));
  } else {
    ASSIGN_OR_RETURN(options.target, ParseVersion(target));
  }
  return absl::OkStatus();
}

absl::Status ReadOptions(const Arguments& arguments, MigrateOptions& options) {
  if (!arguments.positional.empty()) {
    RETURN_IF_ERROR(TakeTarget(arguments.positional[0], options));
  }
  if (const auto to = arguments.Value("--to")) RETURN_IF_ERROR(TakeTarget(*to, options));
  if (const auto steps = arguments.Value("--steps")) {
    ASSIGN_OR_RETURN(options.steps, ParseSteps(*steps));
  }
  if (arguments.Has("--all")) options.all = true;
  if (options.all && (options.target || options.steps)) {
    return absl::InvalidArgumentError("--all goes alone: not with --to, --steps or a version");
  }
  options.dry_run = arguments.Has("--dry-run");
  if (const auto use = arguments.Value("--use")) {
    options.use = *use == "file" ? DownSource::kFile : DownSource::kRecorded;
  }
  return absl::OkStatus();
}

Exit Run(Context& context) {
  MigrateOptions options = RunOptions(context);
  if (absl::Status status = ReadOptions(context.arguments, options); !status.ok()) {
    return Fail(context, Exit::kUsage, std::string(status.message()));
  }
  absl::StatusOr<MigrateResult> result = Rollback(*context.set, context.url, options);
  if (!result.ok()) return ReportFailure(context, result.status());
  ReportResult(context, *result, options.dry_run);
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_down;
const Command kCommand_down = {
    .name = "down",
    .aliases = "downgrade rollback",
    .group = Group::kRun,
    .summary = "roll back the newest migration, or several",
    .arguments = "[VERSION]",
    .options = {{"--to", "VERSION", "roll back what is newer; VERSION stays applied"},
                {"--steps", "N", "roll back so many (default: 1)"},
                {"--all", nullptr, "roll back everything"},
                {"--dry-run", nullptr, "say what would be rolled back; change nothing"},
                {"--use", "file|recorded",
                 "where the down file was edited since: run the file, or what was recorded"}},
    .notes =
        "The down script runs from its file, or from the history where the file is gone.\n"
        "VERSION may be written base or -N.",
    .example =
        "strata down --url sqlite:shop.db\n"
        "strata down --to 4\n"
        "strata downgrade -1",
    .needs = Needs::kRun,
    .run = Run,
};

}  // namespace strata
