#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "diff/squash/squash.h"
#include "migration/recorded.h"
#include "strata/strata.h"
#include "verify/scratch.h"
#include "verify/snapshot.h"

namespace strata::diff {
namespace {

constexpr char kHistory[] = "strata_history";

absl::StatusOr<std::unique_ptr<Database>> OpenScratch(const std::string& url) {
  ConnectOptions options;
  options.table.name = kHistory;
  return OpenDatabase(url, options, std::chrono::milliseconds(0));
}

struct State {
  verify::Snapshot schema;
  std::string rows;
};

absl::StatusOr<State> Read(Database& database, bool rows) {
  State state;
  ASSIGN_OR_RETURN(state.schema, verify::TakeSnapshot(database, kHistory));
  if (rows) {
    ASSIGN_OR_RETURN(state.rows, RowScript(database));
  }
  return state;
}

absl::Status Compare(const State& wanted, const State& found, const std::string& what) {
  const std::vector<std::string> differences = verify::Differences(wanted.schema, found.schema);
  if (!differences.empty()) {
    return absl::FailedPreconditionError(absl::StrCat(what, ": ", differences[0]));
  }
  if (wanted.rows == found.rows) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(what, ": other rows"));
}

absl::Status In(const char* where, const absl::Status& status) {
  if (status.ok() || absl::IsUnavailable(status)) return status;
  return absl::FailedPreconditionError(absl::StrCat(where, ": ", std::string(status.message())));
}

}  // namespace

MigrationSet BaselineSet(const Squashed& squashed, Dialect dialect) {
  struct Texts {
    std::string up, down, verify, sum, down_sum;
  };
  auto texts = std::make_shared<Texts>();
  *texts = {squashed.up, squashed.down, squashed.verify, Sha256Hex(squashed.up),
            Sha256Hex(squashed.down)};
  const auto script = [&](std::string_view text, const char* file, std::string_view checksum) {
    Script made = RecordedScript(text, dialect);
    made.file = file;
    made.checksum = checksum;
    return made;
  };
  Migration migration;
  migration.version = squashed.replaced.back()->version;
  migration.name = "baseline";
  migration.up = script(texts->up, "the baseline", texts->sum);
  migration.down = script(texts->down, "the baseline's down", texts->down_sum);
  if (!squashed.verify.empty())
    migration.verify = script(texts->verify, "the baseline's verify", texts->sum);
  MigrationSet set;
  set.dialect = dialect;
  set.migrations.push_back(std::move(migration));
  set.storage = texts;
  return set;
}

absl::Status ProveOn(const std::string& server, const MigrationSet& set, std::uint64_t to,
                     bool rows, const std::function<absl::Status(Database&)>& read,
                     Squashed* squashed) {
  using verify::ScratchDatabase;
  ASSIGN_OR_RETURN(const std::unique_ptr<ScratchDatabase> old_one, ScratchDatabase::Make(server));
  MigrateOptions options;
  options.target = to;
  RETURN_IF_ERROR(In("the migrations do not run on the scratch database",
                     Migrate(set, old_one->url(), options).status()));
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> before, OpenScratch(old_one->url()));
  ASSIGN_OR_RETURN(const State wanted, Read(*before, rows));
  RETURN_IF_ERROR(read(*before));

  ASSIGN_OR_RETURN(const std::unique_ptr<ScratchDatabase> new_one, ScratchDatabase::Make(server));
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> after, OpenScratch(new_one->url()));
  ASSIGN_OR_RETURN(const State empty, Read(*after, rows));
  const MigrationSet baseline = BaselineSet(*squashed, set.dialect);
  RETURN_IF_ERROR(In("the baseline does not run", Migrate(baseline, new_one->url(), {}).status()));
  ASSIGN_OR_RETURN(const State made, Read(*after, rows));
  RETURN_IF_ERROR(Compare(wanted, made, "the baseline does not make what the migrations make"));
  RETURN_IF_ERROR(
      In("the baseline's down does not run", Rollback(baseline, new_one->url(), {}).status()));
  ASSIGN_OR_RETURN(const State left, Read(*after, rows));
  return Compare(empty, left, "the baseline's down leaves something behind");
}

}  // namespace strata::diff
