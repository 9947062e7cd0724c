// Repair: what a non-transactional migration left behind, and what to do about it.
#include "absl/strings/str_cat.h"
#include "base/span.h"
#include "migrate/failure.h"
#include "migrate/open.h"
#include "migrate/rows.h"
#include "migration/plan.h"
#include "migration/recorded.h"

namespace strata {
namespace {

using Found = RepairReport::Found;

// The dirty migration: its row, and the script that was under way (null: the set has it no more).
struct Dirty {
  const HistoryRow* row = nullptr;
  const Migration* migration = nullptr;
  const Script* script = nullptr;
  bool down = false;
  std::string label;
};

Dirty FindDirty(const MigrationSet& set, const History& history, Dialect dialect) {
  Dirty dirty;
  for (const HistoryRow& row : history.rows) {
    if (row.state == RowState::kApplied) continue;
    dirty.row = &row;
    dirty.down = row.duration_ms < 0;  // as JournalDown marks it
    dirty.migration = FindMigration(set, row.version);
    dirty.label = Label(set, row.version, row.name);
    if (dirty.migration != nullptr) {
      dirty.script = dirty.down ? DownScript(set, *dirty.migration, dialect)
                                : UpScript(set, *dirty.migration, dialect);
    }
    break;
  }
  return dirty;
}

std::vector<std::string_view> SentStatements(const Script& script) {
  std::vector<std::string_view> sent;
  for (const Statement& statement : script.statements) {
    if ((statement.flags & Statement::kWrapper) != 0) continue;
    sent.push_back(script.text.substr(statement.begin, statement.end - statement.begin));
  }
  return sent;
}

std::string FirstLine(std::string_view sql) {
  constexpr std::size_t kMost = 80;
  std::string line(sql.substr(0, std::min(sql.find('\n'), sql.size())));
  if (line.size() > kMost) line.resize(kMost);
  return line;
}

Found Describe(const Trace& trace, std::size_t number, std::string_view sql) {
  Found found;
  found.statement = number;
  found.sql = FirstLine(sql);
  found.object = trace.object;
  switch (trace.kind) {
    case Trace::Kind::kNotRun:
      found.kind = Found::Kind::kNotRun;
      found.message = absl::StrCat("statement ", number, " has left no trace: it can run");
      break;
    case Trace::Kind::kDone:
      found.kind = Found::Kind::kDone;
      found.message = absl::StrCat("statement ", number, " is done: its effect is there");
      break;
    case Trace::Kind::kInvalidIndex:
      found.kind = Found::Kind::kInvalidIndex;
      found.message = absl::StrCat("statement ", number,
                                   " left an INVALID index: it has to be dropped and built again");
      break;
    case Trace::Kind::kUnknown:
      found.kind = Found::Kind::kUnknown;
      found.message = absl::StrCat("whether statement ", number,
                                   " ran cannot be told from the database: look, then choose");
      break;
  }
  if (!trace.object.empty()) absl::StrAppend(&found.message, " (", trace.object, ")");
  return found;
}

std::string Summary(const RepairReport& report, const Dirty& dirty) {
  std::string text = absl::StrCat(
      dirty.label, dirty.down ? " (its roll-back)" : "", report.failed ? " failed" : " was cut off",
      " outside a transaction, after ", report.statement, " of ",
      report.statements > 0 ? absl::StrCat(report.statements) : std::string("an unknown number of"),
      " statements. ");
  if (report.running) {
    return text + "A runner is still at work on it: wait for it to end.";
  }
  if (dirty.script == nullptr) {
    return text +
           "The set has no such script, so it cannot be resumed: restore the file, or choose "
           "--mark-applied or --mark-rolled-back.";
  }
  return text +
         "Choose --resume (finish it), --undo (run its down script), --mark-applied or "
         "--mark-rolled-back (only the history).";
}

absl::StatusOr<RepairReport> Look(Database& database, const Dirty& dirty) {
  RepairReport report;
  if (dirty.row == nullptr) return report;
  report.dirty = true;
  report.version = dirty.row->version;
  report.name = dirty.row->name;
  report.failed = dirty.row->state == RowState::kFailed;
  report.statement = dirty.row->statement;
  ASSIGN_OR_RETURN(std::string other, database.OtherRunner());
  report.running = !report.failed && !other.empty();
  if (dirty.script != nullptr) {
    const std::vector<std::string_view> sent = SentStatements(*dirty.script);
    report.statements = sent.size();
    for (std::size_t i = report.statement; i < sent.size(); ++i) {
      ASSIGN_OR_RETURN(Trace trace, database.Inspect(sent[i]));
      report.found.push_back(Describe(trace, i + 1, sent[i]));
    }
  }
  report.message = Summary(report, dirty);
  return report;
}

RowChange Change(ChangeKind kind, const Dirty& dirty, std::string message) {
  RowChange change;
  change.kind = kind;
  change.work.version = dirty.row->version;
  change.work.name = dirty.row->name;
  change.message = std::move(message);
  return change;
}

// Leaves what is done, drops what is invalid, runs the rest.
absl::Status Resume(const MigrationSet& set, Database& database, const History& history,
                    const Dirty& dirty, const MigrateOptions& options) {
  const std::vector<std::string_view> sent = SentStatements(*dirty.script);
  std::size_t done = dirty.row->statement;
  for (; done < sent.size(); ++done) {
    ASSIGN_OR_RETURN(Trace trace, database.Inspect(sent[done]));
    if (trace.kind == Trace::Kind::kInvalidIndex) {
      RETURN_IF_ERROR(database.Query(trace.drop).status());
    }
    if (trace.kind != Trace::Kind::kDone) break;
  }
  Work work;
  if (!dirty.down) work = WorkUp(set, *dirty.migration, database.dialect());
  work.version = dirty.row->version;
  work.name = dirty.row->name;
  work.label = dirty.label;
  work.down = dirty.down;
  work.script = dirty.script;
  work.newest = history.rows.back().version;
  const std::size_t from = done;
  RETURN_IF_ERROR(WriteChanges(
      database, history,
      {Change(ChangeKind::kLogOnly, dirty, absl::StrCat("resumed after statement ", from))},
      "repair", options));
  return Engine(set, database, options).RunAlone(work, from);
}

// Runs the down script statement by statement, without what is already undone.
absl::Status Undo(const MigrationSet& set, Database& database, const History& history,
                  const Dirty& dirty, const MigrateOptions& options) {
  const Script* down =
      dirty.migration != nullptr ? DownScript(set, *dirty.migration, database.dialect()) : nullptr;
  Script recorded;
  if (down == nullptr && dirty.row->down_script) {
    recorded = RecordedScript(*dirty.row->down_script, database.dialect());
    down = &recorded;
  }
  if (down == nullptr) {
    return absl::FailedPreconditionError(
        absl::StrCat(dirty.label, " has no down script, so it cannot be undone"));
  }
  for (const Statement& statement : down->statements) {
    if ((statement.flags & Statement::kWrapper) != 0) continue;
    const std::string_view sql =
        down->text.substr(statement.begin, statement.end - statement.begin);
    ASSIGN_OR_RETURN(Trace trace, database.Inspect(sql));
    if (trace.kind == Trace::Kind::kDone) continue;
    const absl::Status ran = database.Query(std::string(sql)).status();
    if (ran.ok()) continue;
    Failure failure;
    failure.version = dirty.row->version;
    failure.name = dirty.row->name;
    failure.down = true;
    failure.dirty = true;
    failure.file = std::string(down->file);
    failure.begin = statement.begin;
    failure.end = statement.end;
    const LineColumn place = PlaceOf(down->text, statement.begin);
    failure.line = place.line;
    failure.column = place.column;
    failure.message = std::string(ran.message());
    return FailureStatus(failure);
  }
  return WriteChanges(database, history, {Change(ChangeKind::kRemove, dirty, "undone")}, "repair",
                      options);
}

absl::Status Act(const MigrationSet& set, Database& database, const History& history,
                 const Dirty& dirty, RepairChoice choice, const MigrateOptions& options) {
  switch (choice) {
    case RepairChoice::kInspect:
      return absl::OkStatus();
    case RepairChoice::kResume:
      return Resume(set, database, history, dirty, options);
    case RepairChoice::kUndo:
      return Undo(set, database, history, dirty, options);
    case RepairChoice::kMarkApplied:
      return WriteChanges(database, history,
                          {Change(ChangeKind::kSetApplied, dirty, "marked as applied")}, "repair",
                          options);
    case RepairChoice::kMarkRolledBack:
      return WriteChanges(database, history,
                          {Change(ChangeKind::kRemove, dirty, "marked as rolled back")}, "repair",
                          options);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<RepairReport> Repair(const MigrationSet& set, const std::string& url,
                                    RepairChoice choice, const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(url, options));
  ASSIGN_OR_RETURN(History history, database->ReadHistory(Detail::kScripts));
  RETURN_IF_ERROR(CheckToolVersions(history, Version()));
  const Dirty dirty = FindDirty(set, history, database->dialect());
  ASSIGN_OR_RETURN(RepairReport report, Look(*database, dirty));
  if (!report.dirty || choice == RepairChoice::kInspect) return report;
  if (report.running) return absl::FailedPreconditionError(report.message);
  if (dirty.script == nullptr && choice == RepairChoice::kResume) {
    return absl::FailedPreconditionError(report.message);
  }
  RETURN_IF_ERROR(database->MayWrite());
  RETURN_IF_ERROR(Act(set, *database, history, dirty, choice, options));
  return report;
}

}  // namespace strata
