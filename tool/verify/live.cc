#include "verify/live.h"

#include "driver/driver.h"
#include "migrate/engine.h"
#include "verify/snapshot.h"

namespace strata::verify {
namespace {

constexpr char kHistory[] = "strata_history";

class Runner {
 public:
  Runner(const MigrationSet& set, const std::string& url) : set_(set), url_(url) {}

  absl::StatusOr<std::vector<LiveRoundtrip>> Run(
      std::optional<std::uint64_t> only,
      const std::function<void(const LiveRoundtrip&)>& progress) {
    ASSIGN_OR_RETURN(database_, OpenDatabase(url_, Connection(), std::chrono::milliseconds(0)));
    ASSIGN_OR_RETURN(const ConnectOptions options, ConnectOptionsOf(MigrateOptions()));
    ASSIGN_OR_RETURN(worker_, OpenDatabase(url_, options, std::chrono::milliseconds(0)));
    std::vector<LiveRoundtrip> results;
    for (const Migration& migration : set_.migrations) {
      if (only && migration.version > *only) break;
      const bool whole = !only || migration.version == *only;
      if (whole && !present_) {
        ASSIGN_OR_RETURN(present_, TakeSnapshot(*database_, kHistory));
      }
      ASSIGN_OR_RETURN(LiveRoundtrip result, whole ? Try(migration) : Apply(migration));
      if (!whole && !result.last) continue;
      if (progress) progress(result);
      results.push_back(std::move(result));
      if (results.back().last) break;
    }
    return results;
  }

 private:
  static ConnectOptions Connection() {
    ConnectOptions options;
    options.table.name = kHistory;
    return options;
  }

  absl::Status Up(std::uint64_t version) {
    MigrateOptions options;
    options.target = version;
    return Engine(set_, *worker_, options).Up().status();
  }

  static void Fail(LiveResult result, const absl::Status& status, LiveRoundtrip* roundtrip) {
    roundtrip->last = true;
    // A down that undid nothing is why the second up failed.
    if (roundtrip->result == LiveResult::kDiffers) return;
    roundtrip->result = result;
    roundtrip->failure = FailureOf(status);
    roundtrip->message = std::string(status.message());
  }

  // Errors of the world end the run; what is wrong with the migration is a result.
  static bool IsOfTheWorld(const absl::Status& status) { return absl::IsUnavailable(status); }

  absl::StatusOr<LiveRoundtrip> Apply(const Migration& migration) {
    LiveRoundtrip roundtrip;
    roundtrip.migration = migration.version;
    const absl::Status up = Up(migration.version);
    if (IsOfTheWorld(up)) return up;
    if (!up.ok()) Fail(LiveResult::kUpFailed, up, &roundtrip);
    return roundtrip;
  }

  absl::StatusOr<LiveRoundtrip> Try(const Migration& migration) {
    ASSIGN_OR_RETURN(LiveRoundtrip roundtrip, Apply(migration));
    if (roundtrip.last) return roundtrip;
    const Snapshot before = *std::move(present_);
    ASSIGN_OR_RETURN(present_, TakeSnapshot(*database_, kHistory));
    if (!migration.down) {
      roundtrip.result = LiveResult::kIrreversible;
      return roundtrip;
    }
    const MigrateOptions one_step;
    const absl::Status down = Engine(set_, *worker_, one_step).Down().status();
    if (IsOfTheWorld(down)) return down;
    if (!down.ok()) {
      Fail(LiveResult::kDownFailed, down, &roundtrip);
      roundtrip.last = roundtrip.failure && roundtrip.failure->dirty;  // else rolled back, still up
      return roundtrip;
    }
    ASSIGN_OR_RETURN(const Snapshot after_down, TakeSnapshot(*database_, kHistory));
    Compare(before, after_down, true, &roundtrip);
    const absl::Status again = Up(migration.version);
    if (IsOfTheWorld(again)) return again;
    if (!again.ok()) {
      Fail(LiveResult::kUpAgainFailed, again, &roundtrip);
      return roundtrip;
    }
    ASSIGN_OR_RETURN(const Snapshot after_up, TakeSnapshot(*database_, kHistory));
    Compare(*present_, after_up, false, &roundtrip);
    return roundtrip;
  }

  static void Compare(const Snapshot& wanted, const Snapshot& found, bool after_down,
                      LiveRoundtrip* roundtrip) {
    if (roundtrip->result != LiveResult::kOk) return;  // the first difference tells
    roundtrip->differences = Differences(wanted, found);
    if (roundtrip->differences.empty()) return;
    roundtrip->result = LiveResult::kDiffers;
    roundtrip->after_down = after_down;
  }

  const MigrationSet& set_;
  const std::string& url_;
  std::unique_ptr<Database> database_;  // only asks
  std::unique_ptr<Database> worker_;    // runs the migrations, as one run of many would
  std::optional<Snapshot> present_;     // the schema with everything applied so far
};

}  // namespace

absl::StatusOr<std::vector<LiveRoundtrip>> RunLive(
    const MigrationSet& set, const std::string& url, std::optional<std::uint64_t> only,
    const std::function<void(const LiveRoundtrip&)>& progress) {
  return Runner(set, url).Run(only, progress);
}

}  // namespace strata::verify
