// The loop that takes a database from its history to the wish: read, plan, run, and look again
// whenever another runner, a lock or the network came in between. Policy stands here, mechanism in
// the drivers.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "driver/driver.h"
#include "migration/plan.h"
#include "strata/strata.h"

namespace strata {

class Engine {
 public:
  // REQUIRES: all three outlive the engine.
  Engine(const MigrationSet& set, Database& database, const MigrateOptions& options);

  absl::StatusOr<MigrateResult> Up();
  absl::StatusOr<MigrateResult> Down();
  absl::StatusOr<MigrateResult> To(std::uint64_t version);
  absl::StatusOr<MigrateResult> Redo();

  // Runs one non-transactional migration; `resume` as Database::RunAlone has it. A failure says in
  // words what it means.
  absl::Status RunAlone(const Work& work, std::optional<std::size_t> resume);

 private:
  using Clock = std::chrono::steady_clock;

  // `left_out` are versions that the run does not touch.
  absl::StatusOr<MigrateResult> Run(PlanRequest request, std::set<std::uint64_t> left_out = {});
  // The next plan of a run; the first one pins in `request` what the run is about.
  absl::StatusOr<Plan> NextPlan(PlanRequest& request, bool first,
                                const std::set<std::uint64_t>& left_out);
  absl::StatusOr<MigrateResult> DryRedo(const PlanRequest& down);
  // The history's versions when the first `count` of the works are done.
  std::vector<std::uint64_t> VersionsAfter(const std::vector<Work>& works, std::size_t count) const;
  PlanRequest Request(bool down) const;
  // Has the scripts of these steps read, where the set was loaded without.
  absl::Status Prepare(const std::vector<Step>& steps) const;
  // Reads, waits while another runner journals, plans. Sets history_.
  absl::StatusOr<Plan> ReadAndPlan(const PlanRequest& request);
  absl::Status WaitForJournal(Detail detail);
  std::vector<Work> MakeWorks(const std::vector<Step>& steps);
  // The down script that the history keeps; lives as long as the engine.
  const Script* Recorded(std::uint64_t version);
  // Runs the first steps that go together; OK also where nothing was done but trying again helps.
  absl::Status RunSome(const std::vector<Work>& works);
  absl::Status After(const RunReport& report, const std::vector<Work>& works);
  absl::Status AfterFailed(const RunReport& report, const std::vector<Work>& works);
  absl::Status AfterLockMissed(const RunReport& report, const Work& work);
  absl::Status AfterBusy();
  absl::Status AfterOvertaken(RunReport report, const Work& work);
  absl::Status AfterLost(const RunReport& report, const std::vector<Work>& works);
  absl::Status Failed(const RunReport& report, const Work& work, bool dirty);
  absl::Status Cancelled() const;
  bool Pause(std::chrono::milliseconds most);  // with jitter; false: cancelled
  void Emit(Event event) const;
  void Done(const Work& work, double ms);
  void Finish(MigrateResult& result) const;

  const MigrationSet& set_;
  Database& database_;
  const MigrateOptions& options_;
  History history_;
  // Versions, ascending, where the run knows them better than history_.
  std::optional<std::vector<std::uint64_t>> applied_;
  bool fresh_ = false;  // history_ was read just now, for the first plan
  MigrateResult result_;
  std::size_t total_ = 0;
  std::set<std::uint64_t> wanted_;  // down: what the run is to roll back
  bool redoing_ = false;            // what was wanted is rolled back and goes up again
  std::vector<std::unique_ptr<std::string>>
      recorded_;                                  // texts of recorded down scripts, kept for works
  std::vector<std::unique_ptr<Script>> scripts_;  // of `recorded_`
  Clock::time_point quiet_since_;                 // since then nothing has moved
  Clock::time_point told_;                        // last kWaiting event
  int misses_ = 0;
  int overtaken_ = 0;  // in a row, while nothing has moved
};

// One migration of the set as a work that goes up, with what its history row records.
Work WorkUp(const MigrationSet& set, const Migration& migration, Dialect database);

// Asks options.prepare for `versions`, where there is something to ask.
absl::Status Prepare(const MigrateOptions& options, const std::vector<std::uint64_t>& versions);
// The versions whose rows are not in the state applied.
std::vector<std::uint64_t> DirtyVersions(const History& history);

// What connects: the options as a driver wants them.
absl::StatusOr<ConnectOptions> ConnectOptionsOf(const MigrateOptions& options);

}  // namespace strata
