#include <algorithm>

#include "absl/strings/str_format.h"
#include "base/json.h"
#include "command/context.h"
#include "command/line/running.h"

namespace strata {
namespace {

std::string Json(const std::vector<LogEntry>& log) {
  JsonWriter json;
  json.BeginObject().Key("log").BeginArray();
  for (const LogEntry& entry : log) {
    json.BeginObject().Key("at").String(entry.at).Key("action").String(entry.action);
    json.Key("version").Unsigned(entry.version).Key("name").String(entry.name);
    json.Key("by").String(entry.by).Key("duration_ms").Double(entry.duration_ms);
    json.Key("outcome").String(entry.outcome).Key("message").String(entry.message).EndObject();
  }
  return json.EndArray().EndObject().text() + "\n";
}

std::string Text(const std::vector<LogEntry>& log) {
  if (log.empty()) return "nothing was ever applied here\n";
  std::size_t width = 4;
  for (const LogEntry& entry : log) width = std::max(width, entry.name.size());
  std::string text;
  for (const LogEntry& entry : log) {
    absl::StrAppendFormat(&text, "%s  %-6s  %6d  %-*s  %-6s  %10s  %s\n", entry.at, entry.action,
                          entry.version, static_cast<int>(width), entry.name, entry.outcome,
                          DurationText(entry.duration_ms), entry.by);
    if (!entry.message.empty()) absl::StrAppendFormat(&text, "    %s\n", entry.message);
  }
  return text;
}

Exit Run(Context& context) {
  absl::StatusOr<std::vector<LogEntry>> log = ReadLog(context.url, RunOptions(context));
  if (!log.ok()) return ReportFailure(context, log.status());
  context.terminal.Out(context.settings.format == "json" ? Json(*log) : Text(*log));
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_history;
const Command kCommand_history = {
    .name = "history",
    .group = Group::kAsk,
    .summary = "print the audit log, oldest first",
    .notes =
        "Every up, down, stamp, repair and adopt is kept, failed ones too: when, by whom, how\n"
        "long, and the error.",
    .example = "strata history --url sqlite:shop.db",
    .needs = Needs::kUrl,
    .run = Run,
};

}  // namespace strata
