// kill -9 at random moments of a run, each time followed by another run that must end right.
// STRATA_KILLS sets how often (default 25); 200 is what is asked before a release.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

#include "strata/strata.h"
#include "support/postgres.h"
#include "support/set.h"

namespace strata {
namespace {

using testing::MakeSet;
using testing::Source;

constexpr int kTables = 30;

MigrationSet Tables(Dialect dialect) {
  std::vector<Source> sources;
  for (int i = 1; i <= kTables; ++i) {
    sources.push_back(
        {static_cast<std::uint64_t>(i), "t",
         absl::StrCat("CREATE TABLE t", i, " (id integer);\nINSERT INTO t", i, " VALUES (1)"),
         absl::StrCat("DROP TABLE t", i)});
  }
  if (dialect == Dialect::kPostgres) {
    sources.push_back({kTables + 1, "index",
                       "CREATE INDEX CONCURRENTLY t1_one ON t1 (id);\nCREATE INDEX CONCURRENTLY "
                       "t1_two ON t1 (id)",
                       "DROP INDEX CONCURRENTLY t1_two;\nDROP INDEX CONCURRENTLY t1_one"});
  }
  return MakeSet(sources, dialect);
}

int Kills() {
  const char* given = std::getenv("STRATA_KILLS");
  return given == nullptr ? 25 : std::atoi(given);
}

// Runs up and down in a process of its own, and kills it after `after`.
void RunAndKill(const MigrationSet& set, const std::string& url, std::chrono::microseconds after) {
  const pid_t child = fork();
  if (child == 0) {
    MigrateOptions all;
    all.all = true;
    for (;;) {
      if (!Migrate(set, url).ok() || !Rollback(set, url, all).ok()) _exit(0);
    }
  }
  std::this_thread::sleep_for(after);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
}

void KillAgainAndAgain(const MigrationSet& set, const std::string& url) {
  std::minstd_rand random(7);
  std::uniform_int_distribution<int> moment(0, 120000);
  for (int i = 0; i < Kills(); ++i) {
    const std::chrono::microseconds after{moment(random)};
    RunAndKill(set, url, after);
    absl::StatusOr<MigrateResult> up = Migrate(set, url);
    if (up.status().code() == absl::StatusCode::kFailedPrecondition) {
      const absl::Status repaired = Repair(set, url, RepairChoice::kResume).status();
      ASSERT_TRUE(repaired.ok()) << i << ": " << repaired << " after " << up.status();
      up = Migrate(set, url);
    }
    ASSERT_TRUE(up.ok()) << i << ": " << up.status();
    ASSERT_EQ(up->current, set.migrations.back().version) << i;
    MigrateOptions all;
    all.all = true;
    const absl::StatusOr<MigrateResult> down = Rollback(set, url, all);
    ASSERT_TRUE(down.ok()) << i << ": " << down.status();  // each table was there exactly once
    ASSERT_EQ(down->changes.size(), set.migrations.size()) << i;
  }
}

TEST(Kill, ASqliteFileIsRightAfterEachKill) {
  const std::string file = absl::StrCat(::testing::TempDir(), "/strata-kill-", getpid(), ".db");
  KillAgainAndAgain(Tables(Dialect::kSqlite), "sqlite:" + file);
  std::remove(file.c_str());
}

TEST(Kill, APostgresDatabaseIsRightAfterEachKill) {
  SKIP_WITHOUT_POSTGRES();
  KillAgainAndAgain(Tables(Dialect::kPostgres), testing::FreshDatabase());
}

// Its statement would run on, and hold the history and all that it touched.
TEST(Kill, AKilledRunnerBlocksNobody) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = testing::FreshDatabase();
  const auto set = [](const std::string& slow) {
    return MakeSet({{1, "a", "CREATE TABLE a (id int)", "DROP TABLE a"},
                    {2, "b", "LOCK TABLE a; SELECT pg_sleep(" + slow + ")", "SELECT 1"}});
  };
  const pid_t child = fork();
  if (child == 0) {
    static_cast<void>(Migrate(set("600"), url));
    _exit(0);
  }
  const char* sleeping =
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = "
      "'PgSleep'";
  while (testing::Ask(url, sleeping) != "1") {
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  MigrateOptions options;
  options.runner_wait = std::chrono::seconds{60};
  const absl::StatusOr<MigrateResult> result = Migrate(set("0"), url, options);
  EXPECT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(testing::Ask(url, "SELECT count(*) FROM strata_history"), "2");
}

}  // namespace
}  // namespace strata
