#include "command/context.h"
#include "command/line/running.h"

namespace strata {
namespace {

absl::StatusOr<std::optional<std::uint64_t>> Target(const Context& context) {
  const std::string& word = context.arguments.positional[0];
  if (word == "base") return std::optional<std::uint64_t>();
  if (word == "head") return std::optional<std::uint64_t>(context.set->migrations.back().version);
  ASSIGN_OR_RETURN(const std::uint64_t version, ParseVersion(word));
  return std::optional<std::uint64_t>(version);
}

Exit Run(Context& context) {
  absl::StatusOr<std::optional<std::uint64_t>> target = Target(context);
  if (!target.ok()) return Fail(context, Exit::kUsage, std::string(target.status().message()));
  absl::StatusOr<MigrateResult> result =
      Stamp(*context.set, context.url, *target, RunOptions(context));
  if (!result.ok()) return ReportFailure(context, result.status());
  if (context.settings.format == "json" || context.settings.quiet) {
    ReportResult(context, *result, false);
    return Exit::kDone;
  }
  for (const Change& change : result->changes) {
    context.terminal.Out(std::string(change.down ? "forgotten" : "recorded ") + " " +
                         VersionText(context.set, change.version) + " " + change.name + "\n");
  }
  context.terminal.Out(*target ? "stamped " + VersionText(context.set, **target) : "stamped base");
  context.terminal.Out("; no migration was run\n");
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_stamp;
const Command kCommand_stamp = {
    .name = "stamp",
    .group = Group::kRun,
    .summary = "set the history without running anything",
    .arguments = "VERSION",
    .notes =
        "For a database whose schema got there in another way. Afterwards exactly the\n"
        "migrations up to VERSION count as applied. VERSION may be written head or base.",
    .example = "strata stamp 12 --url postgresql://localhost/shop",
    .needs = Needs::kDatabase,
    .run = Run,
};

}  // namespace strata
