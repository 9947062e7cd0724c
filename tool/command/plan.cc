#include "absl/strings/str_format.h"
#include "base/json.h"
#include "command/context.h"
#include "command/line/running.h"
#include "migrate/script.h"

namespace strata {
namespace {

// What up or down would refuse cannot be planned either.
absl::Status Refuses(Context& context, const ScriptOptions& options) {
  MigrateOptions run = RunOptions(context);
  run.dry_run = true;
  run.target = options.to;
  run.all = options.down && !options.to;
  return options.down ? Rollback(*context.set, context.url, run).status()
                      : Migrate(*context.set, context.url, run).status();
}

absl::StatusOr<ScriptOptions> ReadOptions(Context& context) {
  const Arguments& arguments = context.arguments;
  const Settings& settings = context.settings;
  ScriptOptions options;
  options.down = arguments.Has("--down");
  options.history_table = settings.history_table;
  options.lock_timeout_ms = settings.lock_timeout_ms.value_or(options.lock_timeout_ms);
  options.statement_timeout_ms = settings.statement_timeout_ms.value_or(0);
  const bool sqlite =
      context.set->dialect == Dialect::kSqlite || context.url.rfind("sqlite:", 0) == 0;
  options.target = sqlite ? Dialect::kSqlite : Dialect::kPostgres;
  if (const auto to = arguments.Value("--to")) {
    ASSIGN_OR_RETURN(options.to, ParseVersion(*to));
  }
  const bool asked = !arguments.Has("--from") && !context.url.empty();
  if (const auto from = arguments.Value("--from")) {
    ASSIGN_OR_RETURN(options.from, ParseVersion(*from));
  } else if (asked) {
    ASSIGN_OR_RETURN(const StatusReport report,
                     Status(*context.set, context.url, RunOptions(context)));
    options.from = report.current.value_or(0);
  }
  if (!options.down && options.from && options.to && *options.to < *options.from) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%d lies below %d, where the database stands: say --down", *options.to, *options.from));
  }
  if (asked) RETURN_IF_ERROR(Refuses(context, options));
  return options;
}

Exit Run(Context& context) {
  absl::StatusOr<ScriptOptions> options = ReadOptions(context);
  if (!options.ok()) return ReportFailure(context, options.status());
  absl::StatusOr<std::string> script = PlanScript(*context.set, *options);
  if (!script.ok()) return ReportFailure(context, script.status());
  if (context.settings.format == "json") {
    JsonWriter json;
    json.BeginObject().Key("sql").String(*script).EndObject();
    *script = json.text() + "\n";
  }
  context.terminal.Out(*script);
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_plan;
const Command kCommand_plan = {
    .name = "plan",
    .group = Group::kAsk,
    .summary = "print the SQL that would run, history rows included",
    .options = {{"--from", "VERSION", "where the database stands (default: asked, or empty)"},
                {"--to", "VERSION", "where it shall stand (default: the newest; down: nothing)"},
                {"--down", nullptr, "the way down"}},
    .notes =
        "One script for psql, for those who run it themselves: it leads to the same end as up\n"
        "and down would. Needs no database where --from says where it stands.",
    .example = "strata plan --from 3 --to 5 | psql -v ON_ERROR_STOP=1 shop",
    .needs = Needs::kSet,
    .run = Run,
};

}  // namespace strata
