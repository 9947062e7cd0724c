#include "command/context.h"
#include "command/line/running.h"

namespace strata {
namespace {

// "head", "4" and "+2", as other tools' `upgrade` takes them.
absl::Status TakeTarget(const std::string& target, MigrateOptions& options) {
  if (target == "head") return absl::OkStatus();
  if (target[0] == '+') {
    ASSIGN_OR_RETURN(options.steps, ParseSteps(target.substr(1)));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(options.target, ParseVersion(target));
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
  options.allow_out_of_order = arguments.Has("--allow-out-of-order");
  options.dry_run = arguments.Has("--dry-run");
  return absl::OkStatus();
}

Exit Run(Context& context) {
  MigrateOptions options = RunOptions(context);
  if (absl::Status status = ReadOptions(context.arguments, options); !status.ok()) {
    return Fail(context, Exit::kUsage, std::string(status.message()));
  }
  absl::StatusOr<MigrateResult> result = Migrate(*context.set, context.url, options);
  if (!result.ok()) return ReportFailure(context, result.status());
  ReportResult(context, *result, options.dry_run);
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_up;
const Command kCommand_up = {
    .name = "up",
    .aliases = "upgrade migrate",
    .group = Group::kRun,
    .summary = "apply pending migrations",
    .arguments = "[VERSION]",
    .options = {{"--to", "VERSION", "stop when this one is applied (default: the newest)"},
                {"--steps", "N", "apply at most so many"},
                {"--dry-run", nullptr, "say what would be applied; change nothing"},
                {"--allow-out-of-order", nullptr,
                 "also apply pending ones that are older than the newest applied"}},
    .notes =
        "Each migration and its history row are one transaction, so that a failed one leaves\n"
        "nothing behind; the ones before it stay applied. VERSION may be written head or +N.",
    .example =
        "strata up --url sqlite:shop.db\n"
        "strata up --to 4 --dry-run",
    .needs = Needs::kRun,
    .run = Run,
};

}  // namespace strata
