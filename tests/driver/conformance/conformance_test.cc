// One suite for every driver and every way to a server. A new database is a new line in Places().
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <thread>

#include "migrate/open.h"
#include "strata/strata.h"
#include "support/pgbouncer.h"
#include "support/postgres.h"
#include "support/set.h"

namespace strata {
namespace {

using ::testing::HasSubstr;
using testing::MakeSet;
using testing::Source;

// A way to an empty database; `skip` says why there is none.
struct Place {
  std::string url;
  std::string skip;
  Dialect dialect = Dialect::kPostgres;
  std::string file;  // to be removed
  std::unique_ptr<testing::PgBouncer> bouncer;
};

Place SqliteFile() {
  static int count = 0;
  Place place;
  place.dialect = Dialect::kSqlite;
  place.file = absl::StrCat(::testing::TempDir(), "/strata-", getpid(), "-", ++count, ".db");
  place.url = "sqlite:" + place.file;
  return place;
}

Place Postgres() {
  Place place;
  if (!testing::ServerUrl().ok()) {
    place.skip = std::string(testing::ServerUrl().status().message());
    return place;
  }
  place.url = testing::FreshDatabase();
  return place;
}

Place Bouncer(const char* mode) {
  Place place = Postgres();
  if (!place.skip.empty()) return place;
  place.bouncer = std::make_unique<testing::PgBouncer>(mode);
  place.skip = place.bouncer->error();
  if (place.skip.empty()) {
    place.url = place.bouncer->Url(place.url.substr(place.url.rfind('=') + 1));
  }
  return place;
}

Place BouncerBySession() { return Bouncer("session"); }
Place BouncerByTransaction() { return Bouncer("transaction"); }

struct Way {
  const char* name;
  Place (*open)();
};

class Conformance : public ::testing::TestWithParam<Way> {
 protected:
  void SetUp() override {
    place_ = GetParam().open();
    if (place_.skip.empty()) return;
    if (testing::MustHavePostgres()) FAIL() << place_.skip;
    GTEST_SKIP() << place_.skip;
  }
  void TearDown() override {
    if (!place_.file.empty()) std::remove(place_.file.c_str());
  }

  MigrationSet Make(const std::vector<Source>& sources) const {
    return MakeSet(sources, place_.dialect);
  }
  const std::string& url() const { return place_.url; }
  // The first column of the first row.
  std::string Ask(const std::string& sql) const {
    absl::StatusOr<std::unique_ptr<Database>> database = Open(url(), MigrateOptions());
    absl::StatusOr<Rows> rows = (*database)->Query(sql);
    if (!rows.ok()) return std::string(rows.status().message());
    return rows->rows.empty() ? "" : rows->rows[0][0].value_or("NULL");
  }

  Place place_;
};

std::vector<Source> ThreeSteps() {
  return {
      {1, "a", "CREATE TABLE a (id integer PRIMARY KEY);\nINSERT INTO a VALUES (1);\n",
       "DROP TABLE a;\n"},
      {2, "b", "-- two\nCREATE TABLE b (id integer);", "DROP TABLE b"},
      {10, "c", "ALTER TABLE a ADD COLUMN x integer; -- the end", "ALTER TABLE a DROP COLUMN x"}};
}

TEST_P(Conformance, AppliesRecordsAndRollsBack) {
  const MigrationSet set = Make(ThreeSteps());
  const absl::StatusOr<MigrateResult> up = Migrate(set, url());
  ASSERT_TRUE(up.ok()) << up.status();
  EXPECT_EQ(up->changes.size(), 3u);
  EXPECT_EQ(up->current, 10u);
  EXPECT_EQ(up->pending, 0u);
  EXPECT_EQ(Ask("SELECT count(*) FROM a WHERE x IS NULL"), "1");
  EXPECT_TRUE(Migrate(set, url())->changes.empty());
  const StatusReport status = *Status(set, url());
  ASSERT_EQ(status.applied.size(), 3u);
  EXPECT_EQ(status.applied[1].name, "b");
  EXPECT_EQ(status.applied[1].checksum, set.migrations[1].up.checksum);
  EXPECT_EQ(status.applied[1].state, AppliedState::kApplied);
  EXPECT_FALSE(status.applied[1].applied_by.empty());
  EXPECT_THAT(status.applied[1].applied_at, ::testing::MatchesRegex("20..-..-..T.*Z"));
  EXPECT_EQ(Ask("SELECT down_script FROM strata_history WHERE version = 1"), "DROP TABLE a;\n");
  MigrateOptions all;
  all.all = true;
  const absl::StatusOr<MigrateResult> down = Rollback(set, url(), all);
  ASSERT_TRUE(down.ok()) << down.status();
  EXPECT_EQ(down->changes.size(), 3u);
  EXPECT_EQ(down->current, std::nullopt);
  EXPECT_EQ(down->pending, 3u);
  EXPECT_EQ(ReadLog(url())->size(), 6u);
}

TEST_P(Conformance, LeavesNothingOfAFailedMigration) {
  const MigrationSet set =
      Make({{1, "a", "CREATE TABLE a (id integer PRIMARY KEY)", "DROP TABLE a"},
            {2, "b", "INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (1);"},
            {3, "c", "CREATE TABLE c (id integer)"}});
  const absl::Status status = Migrate(set, url()).status();
  EXPECT_EQ(ExitCode(status), 4);
  EXPECT_EQ(FailureOf(status)->statement, 2u);
  EXPECT_EQ(FailureOf(status)->line, 2);
  EXPECT_EQ(FailureOf(status)->done, std::vector<std::uint64_t>{1});
  EXPECT_EQ(Ask("SELECT count(*) FROM a"), "0");
  EXPECT_EQ(Ask("SELECT count(*) FROM strata_history"), "1");
  EXPECT_EQ(ReadLog(url())->back().outcome, "failed");
}

// About 1 MiB is a message on PostgreSQL.
TEST_P(Conformance, RunsWhatIsLargerThanAMessage) {
  const std::string padding = absl::StrCat("/* ", std::string(700 * 1024, 'x'), " */");
  std::vector<testing::Source> sources;
  for (std::uint64_t i = 1; i <= 4; ++i) {
    sources.push_back({i, "t", absl::StrCat("CREATE TABLE t", i, " (id int) ", padding),
                       absl::StrCat("DROP TABLE t", i, " ", padding)});
  }
  sources[2].up += ";\nINSERT INTO nowhere VALUES (1)";
  const absl::Status failed = Migrate(Make(sources), url()).status();
  ASSERT_TRUE(FailureOf(failed).has_value()) << failed;
  EXPECT_EQ(FailureOf(failed)->version, 3u);
  EXPECT_EQ(FailureOf(failed)->statement, 2u);
  EXPECT_EQ(FailureOf(failed)->done, (std::vector<std::uint64_t>{1, 2}));
  sources[2].up = "CREATE TABLE t3 (id int)";
  const MigrationSet set = Make(sources);
  EXPECT_EQ(Migrate(set, url())->changes.size(), 2u);
  MigrateOptions all;
  all.all = true;
  EXPECT_EQ(Rollback(set, url(), all)->changes.size(), 4u);
  EXPECT_EQ(Status(set, url())->applied.size(), 0u);
}

TEST_P(Conformance, VerifyFailsInsideTheTransaction) {
  const char* verify = place_.dialect == Dialect::kPostgres ? "SELECT count(*) = 0 FROM a"
                                                            : "SELECT count(*) = 0 FROM a;";
  const MigrationSet set = Make({{1, "a", "CREATE TABLE a (id integer)", "DROP TABLE a", verify},
                                 {2, "b", "INSERT INTO a VALUES (1)", "DELETE FROM a", verify}});
  const absl::Status status = Migrate(set, url()).status();
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("0002_b.verify.sql:1:1: the verify query returned false; 0002_b was rolled "
                        "back; done before it, and kept: 0001_a"));
  EXPECT_EQ(Ask("SELECT count(*) FROM a"), "0");
}

TEST_P(Conformance, VerifyLooksAtWhatIsApplied) {
  const MigrationSet set =
      Make({{1, "a", "CREATE TABLE a (id integer)", "DROP TABLE a", "SELECT count(*) = 0 FROM a"}});
  ASSERT_TRUE(Migrate(set, url()).ok());
  EXPECT_TRUE(Verify(set, url())->findings.empty());
  Ask("INSERT INTO a VALUES (1)");
  const VerifyReport report = *Verify(set, url());
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].kind, VerifyFinding::Kind::kVerifyFailed);
  EXPECT_EQ(report.findings[0].message, "the verify query returned false");
}

TEST_P(Conformance, RollsBackWithTheRecordedScript) {
  ASSERT_TRUE(Migrate(Make(ThreeSteps()), url()).ok());
  std::vector<Source> older = ThreeSteps();
  older.pop_back();
  const absl::StatusOr<MigrateResult> down = Rollback(Make(older), url());
  ASSERT_TRUE(down.ok()) << down.status();
  ASSERT_EQ(down->notes.size(), 1u);
  EXPECT_EQ(down->notes[0], "10_c: rolled back with the down script that the history keeps");
  EXPECT_EQ(down->current, 2u);
}

TEST_P(Conformance, RedoGoesDownAndUp) {
  const MigrationSet set = Make(ThreeSteps());
  ASSERT_TRUE(Migrate(set, url()).ok());
  MigrateOptions two;
  two.steps = 2;
  const absl::StatusOr<MigrateResult> redo = Redo(set, url(), two);
  ASSERT_TRUE(redo.ok()) << redo.status();
  EXPECT_EQ(redo->changes.size(), 4u);
  EXPECT_EQ(redo->current, 10u);
}

// Another runner changed the history between the plan and the run, and so the script fails: what it
// fails with is not the user's.
TEST_P(Conformance, AScriptThatWasOvertakenDoesNotFail) {
  const MigrationSet set = Make(ThreeSteps());
  ASSERT_TRUE(MigrateTo(set, url(), 1).ok());
  absl::StatusOr<std::unique_ptr<Database>> database = Open(url(), MigrateOptions());
  ASSERT_TRUE((*database)->ReadHistory(Detail::kPlan).ok());
  Work down;
  down.version = 2;
  down.down = true;
  down.newest = 2;
  down.script = &*set.migrations[1].down;
  Observer observer;
  observer.done = [](std::size_t, double) { ADD_FAILURE(); };
  EXPECT_EQ((*database)->Run({down}, observer).outcome, Outcome::kOvertaken);
  Work up = WorkUp(set, set.migrations[0], place_.dialect);
  EXPECT_EQ((*database)->Run({up}, observer).outcome, Outcome::kOvertaken);
}

// The set allows what is older than the newest; so did another runner.
TEST_P(Conformance, RunnersOfWhatIsOutOfOrderApplyItOnce) {
  const MigrationSet set = Make(ThreeSteps());
  MigrationSet without = Make(ThreeSteps());
  without.migrations.erase(without.migrations.begin() + 1);
  ASSERT_TRUE(Migrate(without, url()).ok());
  MigrateOptions options;
  options.allow_out_of_order = true;
  std::vector<std::thread> runners;
  std::vector<absl::Status> ends(6);
  for (absl::Status& end : ends) {
    runners.emplace_back([&] { end = Migrate(set, url(), options).status(); });
  }
  for (std::thread& runner : runners) runner.join();
  for (const absl::Status& end : ends) EXPECT_TRUE(end.ok()) << end;
}

TEST_P(Conformance, GoesToAVersion) {
  const MigrationSet set = Make(ThreeSteps());
  EXPECT_EQ(MigrateTo(set, url(), 2)->current, 2u);
  EXPECT_EQ(MigrateTo(set, url(), 10)->current, 10u);
  EXPECT_EQ(MigrateTo(set, url(), 1)->current, 1u);
  EXPECT_EQ(ExitCode(MigrateTo(set, url(), 7).status()), 2);
}

TEST_P(Conformance, JournalsWhatRunsOutsideATransaction) {
  const char* mark = "-- strata: no-transaction\n";
  const MigrationSet set = Make({{1, "a",
                                  absl::StrCat(mark,
                                               "CREATE TABLE a (id integer);\nINSERT INTO a "
                                               "VALUES (1);\nINSERT INTO nowhere VALUES (1);"),
                                  absl::StrCat(mark, "DROP TABLE a")}});
  const absl::Status status = Migrate(set, url()).status();
  EXPECT_EQ(ExitCode(status), 4);
  EXPECT_TRUE(FailureOf(status)->dirty);
  EXPECT_EQ(Ask("SELECT count(*) FROM a"), "1");
  EXPECT_EQ(Ask("SELECT state || statement FROM strata_history"), "failed2");
  EXPECT_EQ(ExitCode(Migrate(set, url()).status()), 3);
  Ask("CREATE TABLE nowhere (id integer)");
  const absl::StatusOr<RepairReport> repaired = Repair(set, url(), RepairChoice::kResume);
  ASSERT_TRUE(repaired.ok()) << repaired.status();
  EXPECT_EQ(Ask("SELECT count(*) FROM a"), "1");
  EXPECT_EQ(Ask("SELECT count(*) FROM nowhere"), "1");
  EXPECT_EQ(Status(set, url())->current, 1u);
  ASSERT_TRUE(Rollback(set, url()).ok());
  EXPECT_EQ(Status(set, url())->current, std::nullopt);
}

TEST_P(Conformance, TenRunnersApplyEachMigrationOnce) {
  std::vector<Source> sources;
  for (std::uint64_t i = 1; i <= 12; ++i) {
    sources.push_back({i, "m", absl::StrCat("CREATE TABLE t", i, " (id integer)")});
  }
  const MigrationSet set = Make(sources);
  std::vector<absl::StatusOr<MigrateResult>> results(10, absl::UnknownError(""));
  std::vector<std::thread> runners;
  for (std::size_t i = 0; i < results.size(); ++i) {
    runners.emplace_back([&, i] { results[i] = Migrate(set, url()); });
  }
  for (std::thread& runner : runners) runner.join();
  std::size_t applied = 0;
  for (const auto& result : results) {
    ASSERT_TRUE(result.ok()) << result.status();
    applied += result->changes.size();
  }
  EXPECT_EQ(applied, 12u);
  EXPECT_EQ(Ask("SELECT count(*) FROM strata_history_log"), "12");
}

TEST_P(Conformance, RefusesANewerTool) {
  const MigrationSet set = Make(ThreeSteps());
  ASSERT_TRUE(Migrate(set, url()).ok());
  Ask("UPDATE strata_history SET tool_version = '99.0.0' WHERE version = 2");
  EXPECT_EQ(ExitCode(Migrate(set, url()).status()), 3);
  EXPECT_EQ(ExitCode(Status(set, url()).status()), 3);
}

INSTANTIATE_TEST_SUITE_P(Drivers, Conformance,
                         ::testing::Values(Way{"sqlite", SqliteFile}, Way{"postgres", Postgres},
                                           Way{"pgbouncer_session", BouncerBySession},
                                           Way{"pgbouncer_transaction", BouncerByTransaction}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace strata
