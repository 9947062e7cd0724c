#include <chrono>

#include "command/context.h"
#include "command/line/running.h"

namespace strata {
namespace {

Exit Run(Context& context) {
  const MigrateOptions options = RunOptions(context);
  const bool given = context.settings.wait_seconds > 0;
  const std::chrono::seconds limit(given ? context.settings.wait_seconds : 60);
  const absl::Status status = WaitUntilReachable(context.url, limit, options.cancelled);
  if (!status.ok()) return ReportFailure(context, status);
  if (!context.settings.quiet) context.terminal.Out(RedactUrl(context.url) + " answers\n");
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_wait;
const Command kCommand_wait = {
    .name = "wait",
    .group = Group::kAsk,
    .summary = "wait until the server answers",
    .notes = "Gives up after --wait SECONDS (default: 60) and exits 5.",
    .example = "strata wait --wait 30 --url postgresql://db/shop",
    .needs = Needs::kUrl,
    .run = Run,
};

}  // namespace strata
