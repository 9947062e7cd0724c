#include <algorithm>

#include "absl/strings/str_format.h"
#include "base/json.h"
#include "command/context.h"
#include "command/line/running.h"
#include "command/line/words.h"

namespace strata {
namespace {

const char* StateName(AppliedState state) {
  switch (state) {
    case AppliedState::kApplied:
      return "applied";
    case AppliedState::kModified:
      return "modified";
    case AppliedState::kMissing:
      return "missing";
    case AppliedState::kDirty:
      return "dirty";
  }
  return "";
}

std::string Json(const StatusReport& report) {
  JsonWriter json;
  json.BeginObject().Key("url").String(report.url).Key("current");
  report.current ? json.Unsigned(*report.current) : json.Null();
  json.Key("applied").BeginArray();
  for (const AppliedMigration& applied : report.applied) {
    json.BeginObject().Key("version").Unsigned(applied.version).Key("name").String(applied.name);
    json.Key("checksum").String(applied.checksum).Key("applied_at").String(applied.applied_at);
    json.Key("applied_by").String(applied.applied_by);
    json.Key("duration_ms").Double(applied.duration_ms);
    json.Key("state").String(StateName(applied.state));
    if (applied.down_modified) json.Key("down_modified").Bool(true);
    if (applied.state == AppliedState::kDirty) {
      json.Key("statement").Unsigned(applied.statement);
      json.Key("statements").Unsigned(applied.statements);
    }
    json.EndObject();
  }
  json.EndArray().Key("pending").BeginArray();
  for (const PendingMigration& pending : report.pending) {
    json.BeginObject().Key("version").Unsigned(pending.version).Key("name").String(pending.name);
    if (pending.out_of_order) json.Key("out_of_order").Bool(true);
    json.EndObject();
  }
  return json.EndArray().EndObject().text() + "\n";
}

struct Row {
  std::uint64_t version;
  std::string name;
  std::string state;
  Style style;
  std::string rest;
};

Row AppliedRow(const AppliedMigration& applied) {
  Row row{applied.version, applied.name, StateName(applied.state), Style::kGreen,
          applied.applied_at.substr(0, 19) + "Z  " + DurationText(applied.duration_ms)};
  if (applied.state != AppliedState::kApplied) row.style = Style::kRed;
  if (applied.state == AppliedState::kDirty) {
    row.rest =
        absl::StrFormat("%d of %d statements done, %s", applied.statement, applied.statements,
                        applied.running ? "running or killed" : "failed");
  }
  if (applied.down_modified) row.rest += "  (its down file was edited since)";
  return row;
}

std::vector<Row> Rows(const StatusReport& report) {
  std::vector<Row> rows;
  for (const AppliedMigration& applied : report.applied) rows.push_back(AppliedRow(applied));
  for (const PendingMigration& pending : report.pending) {
    rows.push_back({pending.version, pending.name, "pending", Style::kYellow,
                    pending.out_of_order ? "older than the newest applied" : ""});
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.version < b.version; });
  return rows;
}

// The way out of each state that a run would refuse.
std::string Advice(const StatusReport& report) {
  bool modified = false;
  bool missing = false;
  bool dirty = false;
  bool out_of_order = false;
  for (const AppliedMigration& applied : report.applied) {
    modified = modified || applied.state == AppliedState::kModified;
    missing = missing || applied.state == AppliedState::kMissing;
    dirty = dirty || applied.state == AppliedState::kDirty;
  }
  for (const PendingMigration& pending : report.pending) {
    out_of_order = out_of_order || pending.out_of_order;
  }
  std::string text;
  if (dirty) text += "help: dirty: strata repair says what ran and offers the ways out\n";
  if (modified) {
    text +=
        "help: modified: restore the file as it was applied, and put the change into a new "
        "migration\n";
  }
  if (!report.baseline_conflict.empty()) {
    text += "help: " + report.baseline_conflict + "\n";
  } else if (missing && !report.older_set) {
    text += "help: missing: bring the file back; strata down can still roll it back without it\n";
  }
  if (report.older_set) {
    text += "help: the database is newer than these files: update them before you run up\n";
  }
  if (out_of_order) {
    text += "help: out of order: renumber the new file on top, or strata up --allow-out-of-order\n";
  }
  return text;
}

void PrintText(Context& context, const StatusReport& report) {
  Terminal& terminal = context.terminal;
  const auto dirty = static_cast<std::size_t>(
      std::count_if(report.applied.begin(), report.applied.end(),
                    [](const auto& a) { return a.state == AppliedState::kDirty; }));
  std::string at = report.current ? absl::StrFormat("at %s, %d applied",
                                                    VersionText(context.set, *report.current),
                                                    report.applied.size() - dirty)
                                  : "nothing applied";
  if (dirty > 0) absl::StrAppendFormat(&at, ", %d dirty", dirty);
  const std::vector<Row> rows = Rows(report);
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.name.size());
  if (!context.settings.quiet) {
    for (const Row& row : rows) {
      std::string line =
          absl::StrFormat("%s  %-*s  %s%s", VersionText(context.set, row.version),
                          static_cast<int>(width), row.name, terminal.Paint(row.style, row.state),
                          std::string(10 - row.state.size(), ' ') + row.rest);
      line.erase(line.find_last_not_of(' ') + 1);
      terminal.Out(line + "\n");
    }
  }
  terminal.Out(absl::StrFormat("%s: %s, %d pending\n", report.url, at, report.pending.size()));
  if (report.replaced > 0 && !context.settings.quiet) {
    terminal.Err(absl::StrFormat("note: %s_%s stands for %s of the history\n",
                                 VersionText(context.set, report.applied.front().version),
                                 report.applied.front().name, Count(report.replaced, "migration")));
  }
  terminal.Err(Advice(report));
}

Exit Run(Context& context) {
  absl::StatusOr<StatusReport> report = Status(*context.set, context.url, RunOptions(context));
  if (!report.ok()) return ReportFailure(context, report.status());
  if (context.settings.format == "json") {
    context.terminal.Out(Json(*report));
  } else {
    PrintText(context, *report);
  }
  bool agrees = report->pending.empty();
  for (const AppliedMigration& applied : report->applied) {
    agrees = agrees && applied.state == AppliedState::kApplied;
  }
  return context.arguments.Has("--exit-code") && !agrees ? Exit::kFindings : Exit::kDone;
}

}  // namespace

extern const Command kCommand_status;
const Command kCommand_status = {
    .name = "status",
    .group = Group::kAsk,
    .summary = "list what is applied, pending, modified, missing or dirty",
    .options = {{"--exit-code", nullptr, "exit 1 where anything is pending or does not agree"}},
    .notes = "Writes nothing: on a fresh database no table is made.",
    .example =
        "strata status --url sqlite:shop.db\n"
        "strata status --format json --exit-code",
    .needs = Needs::kRun,
    .run = Run,
};

}  // namespace strata
