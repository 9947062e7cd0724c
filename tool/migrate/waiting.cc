// What a run waits for: a journal or a lock that another runner has, and the next try.
#include <algorithm>
#include <random>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "migrate/engine.h"
#include "migrate/failure.h"
#include "migrate/hint.h"

namespace strata {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTellEvery{5000};
// A journal that nobody is seen working on may be between two statements for so long.
constexpr milliseconds kJournalGrace{2000};

milliseconds RunnerWait(const MigrateOptions& options) {
  return options.runner_wait.value_or(options.lock_timeout * 60);
}

// Whether anything moved between two looks at the history.
bool Same(const History& a, const History& b) {
  return a.rows.size() == b.rows.size() && std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(),
                                                      [](const HistoryRow& x, const HistoryRow& y) {
                                                        return x.version == y.version &&
                                                               x.state == y.state &&
                                                               x.statement == y.statement;
                                                      });
}

const HistoryRow* RunningRow(const History& history) {
  for (const HistoryRow& row : history.rows) {
    if (row.state == RowState::kRunning) return &row;
  }
  return nullptr;
}

}  // namespace

absl::Status Engine::WaitForJournal(Detail detail) {
  const Clock::time_point start = Clock::now();
  Clock::time_point seen = start;
  while (RunningRow(history_) != nullptr) {
    ASSIGN_OR_RETURN(std::string other, database_.OtherRunner());
    if (!other.empty()) {
      seen = Clock::now();
      if (seen - start > RunnerWait(options_)) {
        return absl::DeadlineExceededError(absl::StrCat(
            "another runner is at work, and was not done within ", Seconds(RunnerWait(options_)),
            ": ", other, "; ", DoneBefore(result_.changes, set_), "; ", WayPastHolders(other)));
      }
      if (seen - told_ > kTellEvery) {
        told_ = seen;
        Event event;
        event.kind = Event::Kind::kWaiting;
        event.message = absl::StrCat("another runner is at work: ", other);
        Emit(event);
      }
    } else if (database_.dialect() == Dialect::kSqlite || Clock::now() - seen > kJournalGrace) {
      return absl::OkStatus();
    }
    if (!Pause(milliseconds{200})) return Cancelled();
    ASSIGN_OR_RETURN(History now, database_.ReadHistory(detail));
    if (!Same(now, history_)) seen = Clock::now();
    history_ = std::move(now);
  }
  return absl::OkStatus();
}

absl::Status Engine::AfterBusy() {
  const milliseconds wait = RunnerWait(options_);
  const auto now = Clock::now();
  const auto waited = std::chrono::duration_cast<milliseconds>(now - quiet_since_);
  const bool late = waited >= wait;
  if (late || (waited > milliseconds{500} && now - told_ > kTellEvery)) {
    ASSIGN_OR_RETURN(std::string other, database_.OtherRunner());
    const std::string who = other.empty() ? "" : absl::StrCat(": ", other);
    if (late) {
      return absl::DeadlineExceededError(
          absl::StrCat("another runner holds the history, and was not done within ", Seconds(wait),
                       who, "; ", DoneBefore(result_.changes, set_), "; ", WayPastHolders(other)));
    }
    told_ = now;
    Event event;
    event.kind = Event::Kind::kWaiting;
    event.message = absl::StrCat("another runner holds the history", who);
    Emit(event);
  }
  const milliseconds backoff = std::clamp(waited / 4, milliseconds{20}, milliseconds{500});
  return Pause(backoff) ? absl::OkStatus() : Cancelled();
}

absl::Status Engine::Cancelled() const {
  if (result_.changes.empty()) return absl::CancelledError("cancelled; nothing was changed");
  return absl::CancelledError(absl::StrCat("cancelled; ", result_.changes.size(), " of ", total_,
                                           " migrations were done before and stay so"));
}

bool Engine::Pause(milliseconds most) {
  static thread_local std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<long> jitter(most.count() / 2, most.count());
  const Clock::time_point end = Clock::now() + milliseconds{jitter(random)};
  while (Clock::now() < end) {
    if (options_.cancelled && options_.cancelled()) return false;
    const auto left = std::chrono::duration_cast<milliseconds>(end - Clock::now());
    std::this_thread::sleep_for(std::min(std::max(left, milliseconds{1}), milliseconds{50}));
  }
  return true;
}

}  // namespace strata
