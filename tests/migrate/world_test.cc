// What the world does to a run: standby, restart, full disk, no connection left, a wrong password,
// a pooler that takes no settings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include "strata/strata.h"
#include "support/own_server.h"
#include "support/pgbouncer.h"
#include "support/postgres.h"
#include "support/set.h"

namespace strata {
namespace {

using std::chrono::milliseconds;
using testing::Ask;
using testing::Execute;
using testing::FreshDatabase;
using ::testing::HasSubstr;
using testing::MakeSet;
using ::testing::Not;
using testing::OwnServer;

MigrationSet Two(const std::string& second) {
  return MakeSet({{1, "a", "CREATE TABLE a (id int)", "DROP TABLE a"}, {2, "b", second}});
}

std::string Words(const absl::Status& status) { return std::string(status.message()); }

TEST(World, AStandbyIsRefused) {
  const OwnServer server("", /*standby=*/true);
  SKIP_WITHOUT_SERVER(server);
  const absl::Status status = Migrate(Two("SELECT 1"), server.Url()).status();
  EXPECT_EQ(Words(status),
            "the server is a read-only standby: connect to the primary; nothing was changed");
  EXPECT_EQ(ExitCode(status), 3);
  EXPECT_EQ(Status(Two("SELECT 1"), server.Url())->pending.size(), 2u);  // asking is allowed
}

TEST(World, NoConnectionIsLeft) {
  const OwnServer server("max_connections = 1\nmax_wal_senders = 0\n");
  SKIP_WITHOUT_SERVER(server);
  absl::Status status;
  {
    pqxx::connection only(server.Url());
    status = Migrate(Two("SELECT 1"), server.Url()).status();
  }
  EXPECT_THAT(Words(status), HasSubstr("cannot connect to " + server.Url() + ": "));
  EXPECT_THAT(
      Words(status),
      ::testing::EndsWith("FATAL:  sorry, too many clients already: end some connections, or "
                          "wait for that with --wait SECONDS"));
  EXPECT_EQ(ExitCode(status), 5);
  MigrateOptions patient;
  patient.connect_wait = milliseconds{20000};
  EXPECT_EQ(Migrate(Two("SELECT 1"), server.Url(), patient)->changes.size(), 2u);
}

TEST(World, ADatabaseThatIsNotThereIsSaidWithTheWayOut) {
  SKIP_WITHOUT_POSTGRES();
  const absl::Status status = Migrate(MakeSet({{1, "a", "SELECT 1"}}),
                                      testing::WithDatabase(*testing::ServerUrl(), "nowhere"))
                                  .status();
  EXPECT_EQ(ExitCode(status), 5);
  EXPECT_THAT(
      std::string(status.message()),
      ::testing::EndsWith("FATAL:  database \"nowhere\" does not exist: create it first, or "
                          "correct the name"));
}

TEST(World, AWrongPasswordIsSaidAtOnceAndNeverShown) {
  const OwnServer server("");
  SKIP_WITHOUT_SERVER(server);
  Execute(server.Url(), "CREATE ROLE app LOGIN PASSWORD 'right'");
  std::ofstream(server.data() + "/pg_hba.conf") << "local all app scram-sha-256\n"
                                                   "local all all trust\n";
  ASSERT_TRUE(server.Control("reload"));
  MigrateOptions patient;
  patient.connect_wait = milliseconds{600000};
  const absl::Status status = Migrate(Two("SELECT 1"), server.Url("app:wr0ng"), patient).status();
  EXPECT_EQ(ExitCode(status), 5);
  EXPECT_THAT(Words(status), ::testing::EndsWith(
                                 "FATAL:  password authentication failed for user \"app\": correct "
                                 "the user or the password (in the URL, PGPASSWORD or ~/.pgpass)"));
  EXPECT_THAT(Words(status), Not(HasSubstr("wr0ng")));
}

TEST(World, ARestartInMidRunIsFoundOut) {
  const OwnServer server("");
  SKIP_WITHOUT_SERVER(server);
  std::thread restarter([&server] {
    const char* sleeping = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
    while (Ask(server.Url(), sleeping) != "1") {
    }
    EXPECT_TRUE(server.Control("restart -m immediate"));
  });
  const absl::Status status = Migrate(Two("SELECT pg_sleep(600)"), server.Url()).status();
  restarter.join();
  EXPECT_EQ(ExitCode(status), 5);
  EXPECT_THAT(Words(status), HasSubstr("the connection was lost ("));
  EXPECT_THAT(Words(status),
              HasSubstr("after connecting again the history shows that 0002_b was not done; done "
                        "before it, and kept: 0001_a; run again"));
  EXPECT_EQ(Status(Two("SELECT 1"), server.Url())->current, 1u);
}

TEST(World, AFullDiskRollsBack) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can make a small disk";
  const OwnServer server("");
  SKIP_WITHOUT_SERVER(server);
  const std::string disk = server.folder() + "/disk";
  mkdir(disk.c_str(), 0755);
  if (std::system(("mount -t tmpfs -o size=1m tmpfs " + disk + " 2>/dev/null").c_str()) != 0) {
    GTEST_SKIP() << "no small disk can be made here";
  }
  const passwd* user = getpwnam("postgres");
  ASSERT_EQ(chown(disk.c_str(), user->pw_uid, user->pw_gid), 0);
  Execute(server.Url(), "CREATE TABLESPACE small LOCATION '" + disk + "'");
  const MigrationSet set =
      Two("CREATE TABLE b (t text) TABLESPACE small;\n"
          "INSERT INTO b SELECT repeat('x', 1000) FROM generate_series(1, 5000)");
  const absl::Status status = Migrate(set, server.Url()).status();
  EXPECT_EQ(ExitCode(status), 4);
  EXPECT_THAT(Words(status), HasSubstr("0002_b.up.sql:2:1: could not extend file"));
  EXPECT_THAT(Words(status), HasSubstr("No space left on device [53100]"));
  EXPECT_THAT(Words(status), HasSubstr("0002_b was rolled back; done before it, and kept: 0001_a"));
  EXPECT_EQ(Ask(server.Url(), "SELECT to_regclass('b') IS NULL"), "t");
  // Nothing more is written to a disk that is full.
  EXPECT_EQ(Ask(server.Url(), "SELECT count(*) FROM strata_history_log WHERE outcome <> 'ok'"),
            "0");
  EXPECT_TRUE(server.Control("stop -m immediate"));
  EXPECT_EQ(std::system(("umount " + disk).c_str()), 0);
}

// Behind a transaction pooler a session setting would miss the statement: the limits are kept all
// the same.
class Pooled : public ::testing::Test {
 protected:
  void SetUp() override {
    SKIP_WITHOUT_POSTGRES();
    bouncer_ = std::make_unique<testing::PgBouncer>("transaction");
    if (!bouncer_->error().empty()) GTEST_SKIP() << bouncer_->error();
    direct_ = FreshDatabase();
    url_ = bouncer_->Url(direct_.substr(direct_.rfind('=') + 1));
  }
  std::unique_ptr<testing::PgBouncer> bouncer_;
  std::string direct_;
  std::string url_;
};

TEST_F(Pooled, AStatementOutsideATransactionHasItsTimeLimit) {
  const MigrationSet set = Two("-- CONCURRENTLY\nSELECT pg_sleep(600)");
  MigrateOptions options;
  options.statement_timeout = milliseconds{200};
  const absl::Status status = Migrate(set, url_, options).status();
  EXPECT_EQ(ExitCode(status), 4);
  EXPECT_THAT(Words(status), HasSubstr("canceling statement due to statement timeout"));
}

TEST_F(Pooled, AStatementOutsideATransactionHasItsLockLimit) {
  ASSERT_TRUE(Migrate(Two("SELECT 1"), direct_).ok());
  pqxx::connection holder(direct_);
  pqxx::work holding(holder);
  holding.exec("LOCK TABLE a IN ACCESS EXCLUSIVE MODE");
  const MigrationSet set =
      MakeSet({{1, "a", "CREATE TABLE a (id int)", "DROP TABLE a"},
               {2, "b", "SELECT 1"},
               {3, "c", "CREATE INDEX CONCURRENTLY c ON a (id)", "DROP INDEX CONCURRENTLY c"}});
  MigrateOptions options;
  options.lock_timeout = milliseconds{5};  // times 60 outside a transaction
  const absl::Status status = Migrate(set, url_, options).status();
  EXPECT_THAT(Words(status), HasSubstr("canceling statement due to lock timeout"));
  EXPECT_THAT(Words(status), HasSubstr("lock held by pid "));
}

}  // namespace
}  // namespace strata
