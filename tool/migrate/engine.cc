#include "migrate/engine.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "migrate/failure.h"

namespace strata {

absl::Status Prepare(const MigrateOptions& options, const std::vector<std::uint64_t>& versions) {
  return options.prepare && !versions.empty() ? options.prepare(versions) : absl::OkStatus();
}

std::vector<std::uint64_t> DirtyVersions(const History& history) {
  std::vector<std::uint64_t> versions;
  for (const HistoryRow& row : history.rows) {
    if (row.state != RowState::kApplied) versions.push_back(row.version);
  }
  return versions;
}

Engine::Engine(const MigrationSet& set, Database& database, const MigrateOptions& options)
    : set_(set), database_(database), options_(options) {}

PlanRequest Engine::Request(bool down) const {
  PlanRequest request;
  request.down = down;
  request.database = database_.dialect();
  request.target = options_.target;
  request.steps = options_.steps;
  request.all = options_.all;
  request.allow_out_of_order = options_.allow_out_of_order;
  request.use_file = options_.use == DownSource::kFile;
  request.use_recorded = options_.use == DownSource::kRecorded;
  return request;
}

// Most runs of a program find nothing to do: that is seen without reading the history's rows.
absl::StatusOr<MigrateResult> Engine::Up() {
  const bool target_known = !options_.target || FindMigration(set_, *options_.target) != nullptr;
  const bool cancelled = options_.cancelled && options_.cancelled();
  if (target_known && !cancelled && set_.dialect == database_.dialect()) {
    ASSIGN_OR_RETURN(history_, database_.ReadHistoryUnless(set_));
    if (history_.as_expected) {
      result_.current = set_.migrations.back().version;
      return result_;
    }
    fresh_ = true;
  }
  return Run(Request(false));
}

absl::StatusOr<MigrateResult> Engine::Down() { return Run(Request(true)); }

absl::StatusOr<MigrateResult> Engine::To(std::uint64_t version) {
  ASSIGN_OR_RETURN(history_, database_.ReadHistory(Detail::kPlan));
  const bool down = !history_.rows.empty() && history_.rows.back().version > version;
  PlanRequest request = Request(down);
  request.target = version;
  request.steps.reset();
  request.all = false;
  return Run(request);
}

absl::StatusOr<Plan> Engine::ReadAndPlan(const PlanRequest& request) {
  applied_.reset();
  const std::size_t before = history_.rows.size();
  if (!std::exchange(fresh_, false)) {
    ASSIGN_OR_RETURN(history_, database_.ReadHistory(Detail::kPlan));
  }
  if (history_.rows.size() != before) {
    quiet_since_ = Clock::now();
    overtaken_ = 0;
  }
  RETURN_IF_ERROR(CheckToolVersions(history_, Version()));
  RETURN_IF_ERROR(WaitForJournal(Detail::kPlan));
  RETURN_IF_ERROR(strata::Prepare(options_, DirtyVersions(history_)));
  ASSIGN_OR_RETURN(Plan plan, MakePlan(set_, history_, request));
  const bool recorded = std::any_of(plan.steps.begin(), plan.steps.end(),
                                    [](const Step& step) { return step.script == nullptr; });
  if (recorded) {
    ASSIGN_OR_RETURN(history_, database_.ReadHistory(Detail::kScripts));
  }
  return plan;
}

absl::Status Engine::Prepare(const std::vector<Step>& steps) const {
  std::vector<std::uint64_t> versions;
  for (const Step& step : steps) {
    if (step.migration != nullptr) versions.push_back(step.version);
  }
  return strata::Prepare(options_, versions);
}

// What others do meanwhile never makes a run more than it was about when it began: an up ends at
// the same version, a down rolls back the same versions.
absl::StatusOr<Plan> Engine::NextPlan(PlanRequest& request, bool first,
                                      const std::set<std::uint64_t>& left_out) {
  ASSIGN_OR_RETURN(Plan plan, ReadAndPlan(request));
  plan.steps.erase(std::remove_if(plan.steps.begin(), plan.steps.end(),
                                  [&](const Step& s) { return left_out.count(s.version) != 0; }),
                   plan.steps.end());
  if (first && !plan.steps.empty()) {
    request.steps.reset();
    if (request.down) {
      request.all = true;
      request.lowest = plan.steps.back().version;
      for (const Step& step : plan.steps) wanted_.insert(step.version);
    } else {
      request.target = plan.steps.back().version;
    }
  }
  for (const Step& step : plan.steps) {
    if ((!request.down && !redoing_) || wanted_.count(step.version) != 0) continue;
    return absl::FailedPreconditionError(
        absl::StrCat(step.label,
                     request.down ? " was applied by another runner meanwhile, above what was to "
                                    "be rolled back; "
                                  : " was rolled back by another runner meanwhile, below what was "
                                    "to be redone; ",
                     DoneBefore(result_.changes, set_),
                     request.down ? "; run again to roll it back too"
                                  : "; `strata up` applies it and what was rolled back here"));
  }
  return plan;
}

absl::StatusOr<MigrateResult> Engine::Run(PlanRequest request, std::set<std::uint64_t> left_out) {
  quiet_since_ = Clock::now();
  for (bool first = true;; first = false) {
    if (options_.cancelled && options_.cancelled()) return Cancelled();
    ASSIGN_OR_RETURN(Plan plan, NextPlan(request, first, left_out));
    if (plan.steps.empty()) break;
    RETURN_IF_ERROR(Prepare(plan.steps));
    if (first && left_out.empty()) {
      result_.notes.insert(result_.notes.end(), plan.notes.begin(), plan.notes.end());
    }
    RETURN_IF_ERROR(database_.MayWrite());
    const std::size_t before = result_.changes.size();
    total_ = before + plan.steps.size();
    if (options_.dry_run) {
      for (const Step& step : plan.steps) {
        result_.changes.push_back({step.version, step.name, step.down, 0});
      }
      break;
    }
    const std::vector<Work> works = MakeWorks(plan.steps);
    plan = Plan();  // not held while a large set runs
    RETURN_IF_ERROR(RunSome(works));
    if (result_.changes.size() - before == works.size()) {
      applied_ = VersionsAfter(
          works, works.size());  // all of it, as the results said: no need to ask again
      break;
    }
  }
  MigrateResult result = std::move(result_);
  Finish(result);
  result_.changes = result.changes;  // a redo goes on from here
  return result;
}

void Engine::Finish(MigrateResult& result) const {
  std::vector<std::uint64_t> versions;
  if (applied_) {
    versions = *applied_;
    if (!versions.empty()) result.current = versions.back();
  } else {
    for (const HistoryRow& row : history_.rows) versions.push_back(row.version);
    result.current = CurrentVersion(history_);
  }
  for (const Migration& migration : set_.migrations) {
    if (!std::binary_search(versions.begin(), versions.end(), migration.version)) ++result.pending;
  }
}

absl::Status Engine::RunSome(const std::vector<Work>& works) {
  std::size_t count = 0;
  while (count < works.size() && works[count].script->transactional) ++count;
  if (count == 0) return RunAlone(works[0], std::nullopt);
  std::vector<Work> some;
  if (count < works.size()) {
    some.assign(works.begin(), works.begin() + static_cast<std::ptrdiff_t>(count));
  }
  const std::vector<Work>& batch = some.empty() ? works : some;
  Observer observer;
  observer.done = [&](std::size_t index, double ms) { Done(batch[index], ms); };
  RETURN_IF_ERROR(After(database_.Run(batch, observer), batch));
  return absl::OkStatus();
}

absl::Status Engine::RunAlone(const Work& work, std::optional<std::size_t> resume) {
  Observer observer;
  observer.done = [&](std::size_t, double ms) { Done(work, ms); };
  const std::size_t statements = StatementCount(*work.script);
  observer.statement = [&](std::size_t count) {
    Event event;
    event.kind = Event::Kind::kStatement;
    event.down = work.down;
    event.version = work.version;
    event.name = work.name;
    event.position = count;
    event.total = statements;
    Emit(event);
  };
  const RunReport report = database_.RunAlone(work, resume, observer);
  if (report.outcome == Outcome::kLockMissed || report.outcome == Outcome::kFailed) {
    return Failed(report, work, true);
  }
  return After(report, {work});
}

void Engine::Done(const Work& work, double ms) {
  result_.changes.push_back({work.version, work.name, work.down, ms});
  quiet_since_ = Clock::now();
  misses_ = 0;
  overtaken_ = 0;
  Event event;
  event.kind = work.down ? Event::Kind::kRolledBack : Event::Kind::kApplied;
  event.down = work.down;
  event.version = work.version;
  event.name = work.name;
  event.position = result_.changes.size();
  event.total = total_;
  event.duration_ms = ms;
  Emit(event);
}

void Engine::Emit(Event event) const {
  if (options_.progress) options_.progress(event);
}

}  // namespace strata
