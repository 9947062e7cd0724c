#include "command/context.h"
#include "command/line/running.h"

namespace strata {
namespace {

Exit Run(Context& context) {
  MigrateOptions options = RunOptions(context);
  if (const auto steps = context.arguments.Value("--steps")) {
    absl::StatusOr<std::size_t> number = ParseSteps(*steps);
    if (!number.ok()) return Fail(context, Exit::kUsage, std::string(number.status().message()));
    options.steps = *number;
  }
  options.dry_run = context.arguments.Has("--dry-run");
  absl::StatusOr<MigrateResult> result = Redo(*context.set, context.url, options);
  if (!result.ok()) return ReportFailure(context, result.status());
  ReportResult(context, *result, options.dry_run);
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_redo;
const Command kCommand_redo = {
    .name = "redo",
    .group = Group::kRun,
    .summary = "roll back the newest migration and apply it again",
    .options = {{"--steps", "N", "so many, down then up (default: 1)"},
                {"--dry-run", nullptr, "say what would be done; change nothing"}},
    .example = "strata redo --url sqlite:shop.db",
    .needs = Needs::kRun,
    .run = Run,
};

}  // namespace strata
