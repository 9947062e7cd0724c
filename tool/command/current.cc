#include "base/json.h"
#include "command/context.h"
#include "command/line/running.h"

namespace strata {
namespace {

Exit Run(Context& context) {
  absl::StatusOr<StatusReport> status = Status(MigrationSet(), context.url, RunOptions(context));
  if (!status.ok()) return ReportFailure(context, status.status());
  if (context.settings.format == "json") {
    JsonWriter json;
    json.BeginObject().Key("current");
    status->current ? json.Unsigned(*status->current) : json.Null();
    context.terminal.Out(json.EndObject().text() + "\n");
    return Exit::kDone;
  }
  context.terminal.Out(status->current ? std::to_string(*status->current) + "\n" : "none\n");
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_current;
const Command kCommand_current = {
    .name = "current",
    .group = Group::kAsk,
    .summary = "print the newest applied version, or none",
    .example = "strata current --url sqlite:shop.db",
    .needs = Needs::kUrl,
    .run = Run,
};

}  // namespace strata
