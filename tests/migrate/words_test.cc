// The whole of what is said when a run cannot go on: the object, the consequence, the way out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "strata/strata.h"
#include "support/pgbouncer.h"
#include "support/postgres.h"
#include "support/set.h"

namespace strata {
namespace {

using std::chrono::milliseconds;
using testing::Execute;
using testing::FreshDatabase;
using testing::MakeSet;
using ::testing::MatchesRegex;

class Words : public ::testing::Test {
 protected:
  void SetUp() override {
    SKIP_WITHOUT_POSTGRES();
    url_ = FreshDatabase();
  }
  std::string Up(const std::string& script) {
    const MigrationSet set =
        MakeSet({{1, "a", "CREATE TABLE a (id int)", "DROP TABLE a"}, {2, "b", script}});
    return std::string(Migrate(set, url_, options_).status().message());
  }

  std::string url_;
  MigrateOptions options_;
};

TEST_F(Words, OfAStatementsTimeLimit) {
  options_.statement_timeout = milliseconds{50};
  EXPECT_EQ(Up("SELECT pg_sleep(60)"),
            "0002_b.up.sql:1:1: canceling statement due to statement timeout [57014]; hint: the "
            "limit is 50 ms; a line at the top of the file gives it another: -- strata: "
            "statement-timeout 10min; 0002_b was rolled back; done before it, and kept: 0001_a");
}

TEST_F(Words, OfTheServersTimeLimit) {
  url_ += "&options=-cstatement_timeout%3D50";
  EXPECT_EQ(Up("SELECT pg_sleep(60)"),
            "0002_b.up.sql:1:1: canceling statement due to statement timeout [57014]; hint: the "
            "limit is the statement_timeout of the server, the database or the role; a line at the "
            "top of the file gives it another: -- strata: statement-timeout 10min; 0002_b was "
            "rolled back; done before it, and kept: 0001_a");
}

TEST_F(Words, OfAnotherOwnersTable) {
  Execute(url_,
          "DROP ROLE IF EXISTS strata_stranger; CREATE ROLE strata_stranger LOGIN; "
          "CREATE TABLE theirs (); GRANT CREATE ON SCHEMA public TO strata_stranger");
  url_ += "&user=strata_stranger";
  EXPECT_EQ(Up("ALTER TABLE theirs ADD COLUMN x int"),
            "0002_b.up.sql:1:1: must be owner of table theirs [42501]; hint: connect as the owner "
            "of the object or a member of that role, or have the right granted; 0002_b was rolled "
            "back; done before it, and kept: 0001_a");
}

TEST_F(Words, OfALogThatMayNotBeWritten) {
  Up("CREATE TABLE b (id int)");
  Execute(url_,
          "DROP ROLE IF EXISTS strata_clerk; CREATE ROLE strata_clerk LOGIN; "
          "GRANT SELECT, INSERT, UPDATE, DELETE ON strata_history TO strata_clerk; "
          "ALTER TABLE strata_history OWNER TO pg_database_owner; DELETE FROM strata_history "
          "WHERE version = 2");
  url_ += "&user=strata_clerk";
  EXPECT_EQ(Up("CREATE TABLE c (id int)"),
            "the history table \"public\".\"strata_history\" belongs to role "
            "\"pg_database_owner\", and role \"strata_clerk\" may not write its log "
            "\"public\".\"strata_history_log\": connect as its owner, or GRANT SELECT, INSERT "
            "ON \"public\".\"strata_history_log\" TO \"strata_clerk\"; nothing was changed");
}

TEST_F(Words, OfAHistoryInASchemaThatMayNotBeUsed) {
  Execute(url_,
          "DROP ROLE IF EXISTS strata_outsider; CREATE ROLE strata_outsider LOGIN; "
          "CREATE SCHEMA closed");
  url_ += "&user=strata_outsider";
  options_.history_table = "closed.strata_history";
  EXPECT_EQ(Up("CREATE TABLE c (id int)"),
            "reading the history failed: permission denied for schema closed: connect as its "
            "owner, or GRANT USAGE on it; to make the history table there, CREATE too");
}

TEST_F(Words, OfARollBackThatFailed) {
  const MigrationSet set = MakeSet({{1, "a", "CREATE TABLE a (id int)", "DROP TABLE b"}});
  ASSERT_TRUE(Migrate(set, url_).ok());
  EXPECT_EQ(
      Rollback(set, url_).status().message(),
      "0001_a.down.sql:1:1: table \"b\" does not exist [42P01]; 0001_a stays applied; nothing "
      "was changed before it");
}

TEST_F(Words, OfALockThatIsNotGivenUp) {
  Execute(url_, "CREATE TABLE held ()");
  pqxx::connection holder(url_ + "&application_name=billing");
  pqxx::work lock(holder);
  lock.exec("LOCK TABLE held");
  options_.lock_timeout = milliseconds{200};
  options_.lock_budget = milliseconds{100};
  EXPECT_THAT(
      Up("ALTER TABLE held ADD COLUMN x int"),
      MatchesRegex(
          "0002_b: canceling statement due to lock timeout, [0-9]+ times? within [0-9.]+ s; held "
          "by pid [0-9]+ .billing, idle in transaction, in a transaction since "
          "[0-9:]+Z.: \"LOCK TABLE held\"; 0002_b was rolled back; done before it, and "
          "kept: 0001_a; run again when that has ended .SELECT "
          "pg_terminate_backend.[0-9]+. ends it., or give a longer --lock-timeout"));
}

TEST_F(Words, OfALockThatTheFileDoesNotWaitForLong) {
  Execute(url_, "CREATE TABLE held ()");
  pqxx::connection holder(url_ + "&application_name=billing");
  pqxx::work lock(holder);
  lock.exec("LOCK TABLE held");
  MigrationSet set = MakeSet({{1, "a", "ALTER TABLE held ADD COLUMN x int"}});
  set.migrations[0].up.lock_timeout_ms = 250;
  options_.lock_timeout = milliseconds{60000};
  options_.lock_budget = milliseconds{100};
  EXPECT_THAT(
      std::string(Migrate(set, url_, options_).status().message()),
      MatchesRegex("0001_a: canceling statement due to lock timeout, [0-9]+ times? within [0-9.]+ "
                   "s; held by pid [0-9]+ .billing, .*: \"LOCK TABLE held\"; 0001_a was rolled "
                   "back; nothing was changed before it; run again when that has ended .SELECT "
                   "pg_terminate_backend.[0-9]+. ends it., or give the file a longer `-- strata: "
                   "lock-timeout`"));
}

TEST_F(Words, OfAHistoryThatCannotBeWritten) {
  EXPECT_EQ(Up("SET TRANSACTION READ ONLY"),
            "0002_b.up.sql: its row of the history could not be written: cannot execute INSERT in "
            "a read-only transaction [25006]; 0002_b was rolled back; done before it, and kept: "
            "0001_a");
}

TEST_F(Words, OfAScriptThatWritesTheHistoryItself) {
  EXPECT_EQ(Up("DELETE FROM strata_history"),
            "0002_b.up.sql: its row of the history could not be written: null value in column "
            "\"state\" of relation \"strata_history\" violates not-null constraint [23502]; hint: "
            "no other runner is at work: let the script leave the history alone; 0002_b was rolled "
            "back; done before it, and kept: 0001_a");
}

TEST_F(Words, OfATypeThatHasTheHistorysName) {
  Execute(url_, "CREATE TYPE strata_history AS ENUM ()");
  EXPECT_EQ(Up("SELECT 1"),
            "0001_a.up.sql: the history could not be made: type \"strata_history\" already exists "
            "[42710]; hint: A relation has an associated type of the same name, so you must use a "
            "name that doesn't conflict with any existing type.; 0001_a was rolled back; nothing "
            "was changed before it");
}

TEST_F(Words, OfABlockThatEndsTheTransaction) {
  EXPECT_EQ(
      Up("DO $$ BEGIN COMMIT; END $$"),
      "0002_b.up.sql:1:1: invalid transaction termination [2D000]; hint: a block or procedure "
      "that commits cannot run in the tool's transaction: a line at the top of the file has "
      "it run outside one: -- strata: no-transaction; 0002_b was rolled back; done before "
      "it, and kept: 0001_a");
}

TEST_F(Words, OfAnotherRunnerThatIsNotDone) {
  ASSERT_EQ(Up("SELECT 1"), "");
  pqxx::connection holder(url_ + "&application_name=slow-deploy");
  pqxx::work lock(holder);
  lock.exec("LOCK TABLE strata_history IN SHARE ROW EXCLUSIVE MODE");
  options_.lock_timeout = milliseconds{50};
  options_.runner_wait = milliseconds{100};
  const MigrationSet set = MakeSet({{1, "a", "CREATE TABLE a (id int)", "DROP TABLE a"},
                                    {2, "b", "SELECT 1"},
                                    {3, "c", "SELECT 1"}});
  EXPECT_THAT(std::string(Migrate(set, url_, options_).status().message()),
              MatchesRegex("another runner holds the history, and was not done within 0.1 s: pid "
                           "[0-9]+ .slow-deploy., at work since [0-9:]+Z; nothing was changed "
                           "before it; run again when that has ended .SELECT "
                           "pg_terminate_backend.[0-9]+. ends it., or give a longer "
                           "--lock-timeout"));
}

TEST_F(Words, OfBeingStoppedBeforeAnything) {
  options_.cancelled = [] { return true; };
  EXPECT_EQ(Up("SELECT 1"), "cancelled; nothing was changed");
}

TEST_F(Words, OfAPoolerThatRefusesWhatTheUrlAsksFor) {
  const testing::PgBouncer bouncer("transaction");
  if (!bouncer.error().empty()) GTEST_SKIP() << bouncer.error();
  url_ = bouncer.Url(url_.substr(url_.rfind('=') + 1));
  url_ += url_.find('?') == std::string::npos ? "?" : "&";
  url_ += "options=-cwork_mem%3D64MB";
  EXPECT_THAT(Up("SELECT 1"),
              ::testing::EndsWith(
                  "FATAL:  unsupported startup parameter: options: remove it from the URL, or have "
                  "the pooler pass it over (ignore_startup_parameters)"));
}

}  // namespace
}  // namespace strata
