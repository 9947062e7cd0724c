#include "migration/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/set.h"

namespace strata {
namespace {

using testing::MakeSet;
using testing::Source;

MigrationSet ThreeTables() {
  return MakeSet({{1, "a", "CREATE TABLE a (id int)", "DROP TABLE a"},
                  {2, "b", "CREATE TABLE b (id int)", "DROP TABLE b"},
                  {10, "c", "CREATE TABLE c (id int)", "DROP TABLE c"}});
}

// The history as it is after `versions` of `set` were applied.
History After(const MigrationSet& set, const std::vector<std::uint64_t>& versions) {
  History history;
  history.exists = true;
  for (std::uint64_t version : versions) {
    const Migration* migration = FindMigration(set, version);
    HistoryRow row;
    row.version = version;
    row.name = migration != nullptr ? std::string(migration->name) : "gone";
    row.checksum = migration != nullptr ? std::string(migration->up.checksum) : "1234";
    row.down_checksum = migration != nullptr && migration->down
                            ? std::string(migration->down->checksum)
                        : migration == nullptr ? "5678"
                                               : "";
    history.rows.push_back(std::move(row));
  }
  return history;
}

std::string Steps(const absl::StatusOr<Plan>& plan) {
  if (!plan.ok()) return std::string(plan.status().message());
  std::string out;
  for (const Step& step : plan->steps) {
    out += (step.down ? "-" : "+") + step.label + (step.script == nullptr ? "(recorded) " : " ");
  }
  return out;
}

PlanRequest Up() { return {}; }
PlanRequest Down() {
  PlanRequest request;
  request.down = true;
  return request;
}

TEST(Plan, GoesUpInNumericOrder) {
  const MigrationSet set = ThreeTables();
  struct Row {
    std::vector<std::uint64_t> applied;
    std::optional<std::uint64_t> target;
    std::optional<std::size_t> steps;
    std::string expected;
  };
  const Row rows[] = {
      {{}, {}, {}, "+0001_a +0002_b +0010_c "},
      {{1}, {}, {}, "+0002_b +0010_c "},
      {{1, 2, 10}, {}, {}, ""},
      {{}, 2, {}, "+0001_a +0002_b "},
      {{}, {}, 1, "+0001_a "},
      {{1, 2}, 1, {}, ""},
      {{1}, 10, 1, "+0002_b "},
      {{}, 7, {}, "version 7 is not in the set, which ends at 0010_c"},
  };
  for (const Row& row : rows) {
    PlanRequest request = Up();
    request.target = row.target;
    request.steps = row.steps;
    EXPECT_EQ(Steps(MakePlan(set, After(set, row.applied), request)), row.expected);
  }
}

TEST(Plan, GoesDownFromTheNewest) {
  const MigrationSet set = ThreeTables();
  struct Row {
    std::vector<std::uint64_t> applied;
    std::optional<std::uint64_t> target;
    std::optional<std::size_t> steps;
    bool all;
    std::string expected;
  };
  const Row rows[] = {
      {{1, 2, 10}, {}, {}, false, "-0010_c "},
      {{1, 2, 10}, {}, 2, false, "-0010_c -0002_b "},
      {{1, 2, 10}, 1, {}, false, "-0010_c -0002_b "},
      {{1, 2, 10}, 0, {}, false, "-0010_c -0002_b -0001_a "},
      {{1, 2, 10}, {}, {}, true, "-0010_c -0002_b -0001_a "},
      {{}, {}, {}, false, ""},
      {{1, 10}, 2, {}, false, "version 2 is not applied, so it cannot be left applied"},
      {{1, 10}, 3, {}, false, "version 3 is not in the set, which ends at 0010_c"},
  };
  for (const Row& row : rows) {
    PlanRequest request = Down();
    request.target = row.target;
    request.steps = row.steps;
    request.all = row.all;
    EXPECT_EQ(Steps(MakePlan(set, After(set, row.applied), request)), row.expected);
  }
}

TEST(Plan, RefusesWhatWasModified) {
  const MigrationSet set = ThreeTables();
  History history = After(set, {1, 2});
  history.rows[0].checksum = "other";
  const absl::StatusOr<Plan> plan = MakePlan(set, history, Up());
  EXPECT_EQ(plan.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Steps(plan),
            "0001_a.up.sql was modified after it was applied: restore the applied text and put the "
            "change into a new migration (or, where the change is harmless, accept it with `strata "
            "stamp`)");
  EXPECT_EQ(Steps(MakePlan(set, history, Down())), "-0002_b ");
}

TEST(Plan, RefusesWhatIsMissing) {
  const MigrationSet set = ThreeTables();
  EXPECT_EQ(Steps(MakePlan(set, After(set, {1, 5}), Up())),
            "5_gone is applied but its file is missing: restore it, or roll it back with `strata "
            "down`, which runs the recorded down script");
  EXPECT_EQ(Steps(MakePlan(set, After(set, {1, 5}), Down())), "-5_gone(recorded) ");
}

TEST(Plan, KnowsADatabaseThatIsNewer) {
  const MigrationSet set = ThreeTables();
  const absl::StatusOr<Plan> plan = MakePlan(set, After(set, {1, 2, 10, 11}), Up());
  EXPECT_EQ(plan.status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Steps(plan),
            "the database is newer than this set: it has 11_gone, the set ends at 0010_c; use the "
            "newer set, or roll back first (the history keeps the down scripts)");
}

TEST(Plan, RefusesOutOfOrderUntilTold) {
  const MigrationSet set = ThreeTables();
  PlanRequest request = Up();
  EXPECT_EQ(Steps(MakePlan(set, After(set, {1, 10}), request)),
            "0002_b is out of order: 0010_c is already applied; renumber it (`strata seal "
            "--rebase`), or apply it all the same with --allow-out-of-order");
  request.allow_out_of_order = true;
  const absl::StatusOr<Plan> plan = MakePlan(set, After(set, {1, 10}), request);
  EXPECT_EQ(Steps(plan), "+0002_b ");
  ASSERT_EQ(plan->notes.size(), 1u);
  EXPECT_EQ(plan->notes[0], "0002_b is applied out of order");
}

TEST(Plan, RefusesDirty) {
  const MigrationSet set = ThreeTables();
  History history = After(set, {1, 2});
  history.rows[1].state = RowState::kFailed;
  for (const PlanRequest& request : {Up(), Down()}) {
    EXPECT_EQ(Steps(MakePlan(set, history, request)),
              "0002_b is dirty: it ran outside a transaction and failed after 0 of 1 statements; "
              "`strata repair` shows what is there and finishes or undoes it");
  }
}

TEST(Plan, RefusesTheIrreversible) {
  MigrationSet set = MakeSet({{1, "a", "CREATE TABLE a (id int)"}});
  set.migrations[0].irreversible = "the data is gone";
  EXPECT_EQ(Steps(MakePlan(set, After(set, {1}), Down())),
            "0001_a is irreversible: the data is gone");
}

TEST(Plan, AsksWhichDownScriptWhereItWasEdited) {
  const MigrationSet set = ThreeTables();
  History history = After(set, {1});
  history.rows[0].down_checksum = "other";
  PlanRequest request = Down();
  EXPECT_EQ(Steps(MakePlan(set, history, request)),
            "0001_a.down.sql was edited after the migration was applied: run the edited file with "
            "--use file, or the script recorded in the history with --use recorded");
  request.use_file = true;
  EXPECT_EQ(Steps(MakePlan(set, history, request)), "-0001_a ");
  request.use_file = false;
  request.use_recorded = true;
  EXPECT_EQ(Steps(MakePlan(set, history, request)), "-0001_a(recorded) ");
  EXPECT_EQ(Steps(MakePlan(set, history, Up())), "+0002_b +0010_c ");
}

TEST(Plan, NeedsAFormForSqlite) {
  const MigrationSet set = ThreeTables();
  PlanRequest request = Up();
  request.database = Dialect::kSqlite;
  EXPECT_EQ(Steps(MakePlan(set, {}, request)),
            "0001_a is written for PostgreSQL and has no form for SQLite: write "
            "0001_a.sqlite.up.sql beside it");
}

TEST(Plan, DoesNotRunASqliteSetOnPostgres) {
  const MigrationSet set = MakeSet({{1, "a", "SELECT 1"}}, Dialect::kSqlite);
  EXPECT_EQ(Steps(MakePlan(set, {}, Up())),
            "the set is written for SQLite (dialect sqlite) and cannot run on PostgreSQL");
}

// A set whose first migration replaces 1, 2 and 10 of ThreeTables(), and one more.
MigrationSet Squashed() {
  std::string up;
  for (const Migration& migration : ThreeTables().migrations) {
    up +=
        "-- strata: replaces " + Label(migration) + " " + std::string(migration.up.checksum) + "\n";
  }
  return MakeSet({{10, "baseline", up + "CREATE TABLE a (id int)", "DROP TABLE a"},
                  {11, "d", "CREATE TABLE d (id int)", "DROP TABLE d"}});
}

TEST(Baseline, StandsForWhatItReplaces) {
  const MigrationSet old = ThreeTables();
  const MigrationSet set = Squashed();
  EXPECT_EQ(Steps(MakePlan(set, History(), Up())), "+0010_baseline +0011_d ");
  EXPECT_EQ(Steps(MakePlan(set, After(old, {1, 2, 10}), Up())), "+0011_d ");
  EXPECT_EQ(Steps(MakePlan(set, After(set, {10}), Up())), "+0011_d ");
  PlanRequest all = Down();
  all.all = true;
  EXPECT_EQ(Steps(MakePlan(set, After(old, {1, 2, 10}), all)),
            "-0010_c(recorded) -0002_b(recorded) -0001_a(recorded) ");
}

TEST(Baseline, RefusesADatabaseInTheMiddle) {
  const MigrationSet old = ThreeTables();
  const MigrationSet set = Squashed();
  EXPECT_EQ(Steps(MakePlan(set, After(old, {1, 2}), Up())),
            "the database stands at version 2, in the middle of what 0010_baseline replaces "
            "(0001_a to 0010_c), and 0010_c is not in this set any more: bring it to version 10 "
            "with the files from before the squash (`strata up --to 10` on an older checkout or "
            "program), then come back");
  EXPECT_THAT(Steps(MakePlan(set, After(old, {1, 10}), Up())),
              ::testing::HasSubstr("at version 10, in the middle of what 0010_baseline replaces "
                                   "(0001_a to 0010_c), and 0002_b is not"));
  EXPECT_EQ(Steps(MakePlan(set, After(old, {1, 2, 10}), Down())),
            "this would leave the database at version 2, in the middle of what 0010_baseline "
            "replaces: roll back to version 10 (`strata down --to 10`), or everything (`strata "
            "down --all`)");
  EXPECT_EQ(Steps(MakePlan(set, After(old, {1, 2}), Down())), "-0002_b(recorded) ");
}

TEST(Baseline, RefusesWhatWasAppliedInAnotherForm) {
  const MigrationSet set = Squashed();
  History history = After(ThreeTables(), {1, 2, 10});
  history.rows[1].checksum = "1234";
  EXPECT_EQ(Steps(MakePlan(set, history, Up())),
            "version 2 (b) was applied in another form than the one that 0010_baseline replaces: "
            "compare the schemas with `strata verify`, and where they are the same accept it with "
            "`strata stamp 10`");
}

TEST(TableName, IsNameOrSchemaAndName) {
  EXPECT_EQ(ParseTableName("strata_history")->name, "strata_history");
  EXPECT_EQ(ParseTableName("ops.history")->schema, "ops");
  EXPECT_EQ(ParseTableName("a.b.c").status().message(),
            "history table \"a.b.c\": write it as name or schema.name");
  EXPECT_EQ(ParseTableName("").status().message(),
            "history table \"\": write it as name or schema.name");
  EXPECT_FALSE(ParseTableName(std::string(59, 'x')).ok());
}

TEST(History, RefusesARowOfANewerTool) {
  History history;
  history.rows.resize(1);
  history.rows[0].tool_version = "7.0.1";
  EXPECT_EQ(CheckToolVersions(history, "0.1.0").message(),
            "the history was written by Strata 7.0.1, which is newer than this 0.1.0: use that "
            "version or a newer one");
  history.rows[0].tool_version = "0.9.0";
  EXPECT_TRUE(CheckToolVersions(history, "0.1.0").ok());
}

}  // namespace
}  // namespace strata
