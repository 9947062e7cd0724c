// What follows when a run does not come to its end: what is tried again, and what is said.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/span.h"
#include "migrate/engine.h"
#include "migrate/failure.h"
#include "migrate/hint.h"
#include "migration/plan.h"

namespace strata {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstBackoff{250};
constexpr milliseconds kLongestBackoff{5000};
constexpr milliseconds kReconnectWait{10000};

// What is left of a migration whose transaction did not come to its end.
std::string Undone(const Work& work) {
  return absl::StrCat(work.label, work.down ? " stays applied" : " was rolled back");
}

}  // namespace

absl::Status Engine::After(const RunReport& report, const std::vector<Work>& works) {
  switch (report.outcome) {
    case Outcome::kDone:
      return absl::OkStatus();
    case Outcome::kFailed:
      return AfterFailed(report, works);
    case Outcome::kLockMissed:
      return AfterLockMissed(report, works[std::min(report.done, works.size() - 1)]);
    case Outcome::kBusy:
      return AfterBusy();
    case Outcome::kOvertaken:
      return AfterOvertaken(report, works[std::min(report.done, works.size() - 1)]);
    case Outcome::kLost:
      return AfterLost(report, works);
    case Outcome::kCancelled:
      return Cancelled();
  }
  return absl::InternalError("unknown outcome");
}

absl::Status Engine::Failed(const RunReport& report, const Work& work, bool dirty) {
  Failure failure;
  failure.version = work.version;
  failure.name = work.name;
  failure.down = work.down;
  failure.dirty = dirty;
  failure.message = report.message;
  failure.detail = report.detail;
  failure.hint = report.hint.empty() ? HintFor(report, options_) : report.hint;
  failure.sqlstate = report.sqlstate;
  for (const Change& change : result_.changes) failure.done.push_back(change.version);
  failure.file = std::string(work.script->file);
  if (report.script != nullptr) {
    failure.file = std::string(report.script->file);
    failure.begin = report.begin;
    failure.end = report.end;
    failure.statement = report.statement + 1;
    const LineColumn place = PlaceOf(report.script->text, report.begin);
    failure.line = place.line;
    failure.column = place.column;
  }
  if (!report.holders.empty()) absl::StrAppend(&failure.detail, "lock held by ", report.holders);
  const absl::Status status = FailureStatus(failure);
  // A server without room for its write-ahead log goes down at the next write.
  constexpr char kDiskFull[] = "53100";
  if (report.sqlstate != kDiskFull) {
    database_.LogFailure(work, std::string(status.message()));
  }
  absl::Status told(
      status.code(),
      absl::StrCat(std::string(status.message()), "; ",
                   dirty ? absl::StrCat(work.label,
                                        " ran outside a transaction and stopped half way: see "
                                        "`strata repair`")
                         : Undone(work),
                   "; ", DoneBefore(result_.changes, set_)));
  status.ForEachPayload([&](const auto& url, const auto& bytes) { told.SetPayload(url, bytes); });
  return told;
}

// A script also fails because of what another runner has applied or rolled back meanwhile; then it
// is that runner's.
absl::Status Engine::AfterFailed(const RunReport& report, const std::vector<Work>& works) {
  ASSIGN_OR_RETURN(const History now, database_.ReadHistory(Detail::kPlan));
  std::vector<std::uint64_t> versions;
  versions.reserve(now.rows.size());
  for (const HistoryRow& row : now.rows) versions.push_back(row.version);
  const std::size_t failed = std::min(report.done, works.size() - 1);
  if (versions != VersionsAfter(works, failed)) return AfterBusy();
  return Failed(report, works[failed], false);
}

absl::Status Engine::AfterLockMissed(const RunReport& report, const Work& work) {
  ++misses_;
  const milliseconds budget = options_.lock_budget.value_or(options_.lock_timeout * 6);
  const auto waited = Clock::now() - quiet_since_;
  const std::string by = report.holders.empty() ? "" : absl::StrCat("; held by ", report.holders);
  if (waited >= budget) {
    return absl::DeadlineExceededError(absl::StrCat(
        work.label, ": ", report.message, ", ", misses_, misses_ == 1 ? " time" : " times",
        " within ", Seconds(std::chrono::duration_cast<milliseconds>(waited)), by, "; ",
        Undone(work), "; ", DoneBefore(result_.changes, set_), "; ",
        WayPastHolders(report.holders, work.script->lock_timeout_ms
                                           ? "the file a longer `-- strata: lock-timeout`"
                                           : "a longer --lock-timeout")));
  }
  Event event;
  event.kind = Event::Kind::kRetry;
  event.down = work.down;
  event.version = work.version;
  event.name = work.name;
  event.position = static_cast<std::size_t>(misses_);
  event.message = absl::StrCat(report.message, by, "; rolled back, trying again");
  Emit(event);
  const milliseconds backoff = kFirstBackoff * (1 << std::min(misses_ - 1, 5));
  return Pause(std::min(backoff, kLongestBackoff)) ? absl::OkStatus() : Cancelled();
}

// Whoever overtakes a run has moved something. Where again and again nothing has moved, it is the
// script, or what else stands in the history's way.
absl::Status Engine::AfterOvertaken(RunReport report, const Work& work) {
  constexpr int kMost = 10;
  if (++overtaken_ < kMost || report.message.empty()) return AfterBusy();
  ASSIGN_OR_RETURN(const std::string other, database_.OtherRunner());
  if (!other.empty()) return AfterBusy();
  if (report.hint.empty()) {
    report.hint = "no other runner is at work: let the script leave the history alone";
  }
  return Failed(report, work, false);
}

absl::Status Engine::AfterLost(const RunReport& report, const std::vector<Work>& works) {
  if (database_.dialect() == Dialect::kSqlite) return absl::UnavailableError(report.message);
  const std::string lost = absl::StrCat("the connection was lost (", report.message, ")");
  absl::Status again = database_.Reconnect(std::max(kReconnectWait, options_.connect_wait));
  if (!again.ok()) {
    return absl::UnavailableError(absl::StrCat(
        lost, ", and could not be made again: ", std::string(again.message()), "; ",
        DoneBefore(result_.changes, set_), "; `strata status` shows what became of the rest"));
  }
  ASSIGN_OR_RETURN(history_, database_.ReadHistory(Detail::kPlan));
  std::size_t left = 0;
  const Work* next = nullptr;
  for (std::size_t i = report.done; i < works.size(); ++i) {
    const HistoryRow* row = FindRow(history_, works[i].version);
    const bool done =
        works[i].down ? row == nullptr : row != nullptr && row->state == RowState::kApplied;
    if (done) {
      Done(works[i], 0);
    } else {
      ++left;
      if (next == nullptr) next = &works[i];
    }
  }
  if (left == 0) {
    result_.notes.push_back(absl::StrCat(lost, "; the history shows that all of it was done"));
    return absl::OkStatus();
  }
  const absl::Status dirty = CheckDirty(set_, history_);
  return absl::UnavailableError(absl::StrCat(
      lost, "; after connecting again the history shows that ",
      dirty.ok() ? absl::StrCat(next->label, " was not done") : std::string(dirty.message()), "; ",
      DoneBefore(result_.changes, set_), dirty.ok() ? "; run again" : ""));
}

}  // namespace strata
