// The engine behind a proxy that counts round trips and cuts connections.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "driver/early.h"
#include "strata/strata.h"
#include "support/postgres.h"
#include "support/proxy.h"
#include "support/set.h"

namespace strata {
namespace {

using testing::Ask;
using testing::FreshDatabase;
using testing::MakeSet;
using testing::Proxy;
using testing::Source;

std::string SocketPath() {
  return absl::StrCat(Ask(*testing::ServerUrl(), "SHOW unix_socket_directories"), "/.s.PGSQL.",
                      Ask(*testing::ServerUrl(), "SHOW port"));
}

std::string Through(const Proxy& proxy, const std::string& url) {
  return absl::StrCat(url, "&host=127.0.0.1&port=", proxy.port());
}

MigrationSet Tables(int count) {
  std::vector<Source> sources;
  for (int i = 1; i <= count; ++i) {
    sources.push_back(
        {static_cast<std::uint64_t>(i), "t",
         absl::StrCat("CREATE TABLE t", i, " (id int);\nINSERT INTO t", i, " VALUES (1)"),
         absl::StrCat("DROP TABLE t", i)});
  }
  return MakeSet(sources);
}

// The round trips of one call, without those that connecting takes.
template <typename Call>
int RoundTrips(Proxy& proxy, const std::string& url, const Call& call) {
  proxy.ResetFlights();
  { pqxx::connection connection(url); }
  proxy.Settle();
  const int connecting = proxy.flights();  // with the good-bye
  proxy.ResetFlights();
  call();
  proxy.Settle();
  return proxy.flights() - connecting;
}

TEST(Network, ARunOfAnyLengthTakesThreeRoundTrips) {
  SKIP_WITHOUT_POSTGRES();
  Proxy proxy(SocketPath());
  const std::string url = Through(proxy, FreshDatabase());
  const MigrationSet set = Tables(200);
  EXPECT_EQ(RoundTrips(proxy, url, [&] { EXPECT_TRUE(Migrate(set, url).ok()); }), 3);
  EXPECT_EQ(RoundTrips(proxy, url, [&] { EXPECT_TRUE(Migrate(set, url).ok()); }), 1);
  EXPECT_EQ(RoundTrips(proxy, url, [&] { EXPECT_TRUE(Status(set, url).ok()); }), 1);
  MigrateOptions all;
  all.all = true;
  EXPECT_EQ(RoundTrips(proxy, url, [&] { EXPECT_TRUE(Rollback(set, url, all).ok()); }), 2);
}

// A statement of 600 kB.
std::string Large(const std::string& letter) {
  return absl::StrCat("SELECT length(repeat('", letter, "', 1)) AS ", "a /* ",
                      std::string(600 * 1024, 'x'), " */");
}

// The proxy holds back all answers until everything was sent: whoever waited for one would wait for
// the proxy's patience to end.
TEST(Network, AVeryLargeRunDoesNotWaitForResults) {
  SKIP_WITHOUT_POSTGRES();
  Proxy proxy(SocketPath());
  const std::string direct = FreshDatabase();
  std::vector<Source> sources;
  for (std::uint64_t i = 1; i <= 3; ++i) sources.push_back({i, "m", Large("é"), ""});
  const MigrationSet set = MakeSet(sources);
  proxy.HoldAnswers(64 * 1024, 3 * 600 * 1024);
  EXPECT_TRUE(Migrate(set, Through(proxy, direct)).ok());
  EXPECT_FALSE(proxy.lost_patience());
  EXPECT_EQ(Status(set, direct)->current, 3u);
}

TEST(Network, AConnectionBegunEarlyIsTheOneThatIsUsed) {
  SKIP_WITHOUT_POSTGRES();
  Proxy proxy(SocketPath());
  const std::string url = Through(proxy, FreshDatabase());
  {
    const EarlyConnection early(url);
    EXPECT_TRUE(Migrate(Tables(2), url).ok());
    EXPECT_EQ(proxy.connections(), 1);
    EXPECT_TRUE(Migrate(Tables(2), url).ok());
    EXPECT_EQ(proxy.connections(), 2);
  }
  {
    const EarlyConnection early(url + "&application_name=another");
    EXPECT_TRUE(Migrate(Tables(2), url).ok());
    EXPECT_EQ(proxy.connections(), 4);
  }
  proxy.Settle();  // what was not used is closed
}

TEST(Network, AConnectionBegunEarlyFailsInTheSameWords) {
  SKIP_WITHOUT_POSTGRES();
  const std::string server = *testing::ServerUrl();
  for (const std::string& url :
       {testing::WithDatabase(server, "nowhere"), std::string("postgresql://127.0.0.1:1/x"),
        std::string("postgresql://127.0.0.1:port/x"), server + "&sslmode=maybe"}) {
    const absl::Status late = Migrate(Tables(1), url).status();
    const EarlyConnection early(url);
    EXPECT_EQ(Migrate(Tables(1), url).status(), late);
    EXPECT_FALSE(late.ok());
  }
}

// Messages of connecting (SSLRequest, startup, authentication, parameters): a cut there is no more
// than a server that cannot be reached.
constexpr int kConnecting = 16;

// One of the places where runs are cut at the same time: what they wait for, they wait for
// together.
class CutPlace {
 public:
  // Cuts a run of `set` behind so many messages; after it, a second run must end right.
  void Cut(const MigrationSet& set, const std::string& count, bool repair, int messages) {
    pqxx::connection asking(direct_);
    pqxx::nontransaction ask(asking);
    ask.exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    proxy_.CutAfter(messages);
    const absl::Status first = Migrate(set, url_).status();
    was_cut = proxy_.was_cut();
    proxy_.CutAfter(0);
    done_all_the_same = first.ok() && was_cut;
    absl::Status second = Migrate(set, url_).status();
    if (repair && second.code() == absl::StatusCode::kFailedPrecondition) {
      EXPECT_TRUE(Repair(set, url_, RepairChoice::kResume).ok());
      second = Migrate(set, url_).status();
    }
    ASSERT_TRUE(second.ok()) << messages << ": " << second << " after " << first;
    EXPECT_TRUE(ask.exec(count)[0][0].as<bool>()) << messages << ": " << first;
    const pqxx::row log = ask.exec1(
        "SELECT count(*), count(DISTINCT version) FROM strata_history_log WHERE outcome = "
        "'ok' AND action = 'up'");
    EXPECT_EQ(log[0].as<std::size_t>(), set.migrations.size()) << messages << ": " << first;
    EXPECT_EQ(log[1].as<std::size_t>(), set.migrations.size()) << messages << ": " << first;
    EXPECT_TRUE(was_cut || first.ok()) << first;
  }

  bool was_cut = false;
  bool done_all_the_same = false;

 private:
  Proxy proxy_{SocketPath()};
  const std::string direct_ = FreshDatabase();
  const std::string url_ = Through(proxy_, direct_);
};

// Cuts a run of `set` behind each message.
void CutEverywhere(const MigrationSet& set, const std::string& count, bool repair) {
  CutPlace places[8];
  bool found_out = false;
  bool cut = true;
  for (int messages = kConnecting; cut && !::testing::Test::HasFailure();) {
    std::vector<std::thread> threads;
    for (CutPlace& place : places) {
      threads.emplace_back(
          [&, messages] { EXPECT_NO_THROW(place.Cut(set, count, repair, messages)); });
      ++messages;
    }
    for (std::thread& thread : threads) thread.join();
    for (const CutPlace& place : places) {
      found_out = found_out || place.done_all_the_same;
      cut = cut && place.was_cut;
    }
  }
  EXPECT_TRUE(found_out);  // cut after the last COMMIT: found out, not guessed
}

TEST(Network, ACutAnywhereIsFoundOut) {
  SKIP_WITHOUT_POSTGRES();
  CutEverywhere(Tables(2), "SELECT (SELECT count(*) FROM t1) = 1 AND (SELECT count(*) FROM t2) = 1",
                false);
}

TEST(Network, ACutAnywhereInAStreamIsFoundOut) {
  SKIP_WITHOUT_POSTGRES();
  const std::string padding = absl::StrCat("/* ", std::string(600 * 1024, 'x'), " */");
  const MigrationSet set =
      MakeSet({{1, "a", absl::StrCat("CREATE TABLE t1 AS SELECT 1 ", padding, " AS id"), ""},
               {2, "b", absl::StrCat("CREATE TABLE t2 AS SELECT 1 ", padding, " AS id"), ""}});
  CutEverywhere(set, "SELECT (SELECT count(*) FROM t1) = 1 AND (SELECT count(*) FROM t2) = 1",
                false);
}

TEST(Network, ACutAnywhereOutsideATransactionCanBeRepaired) {
  SKIP_WITHOUT_POSTGRES();
  const MigrationSet set = MakeSet(
      {{1, "a", "CREATE TABLE a (id int)", "DROP TABLE a"},
       {2, "b",
        "CREATE INDEX CONCURRENTLY a_one ON a (id);\nCREATE INDEX CONCURRENTLY a_two ON a (id)",
        "DROP INDEX CONCURRENTLY a_one"}});
  CutEverywhere(
      set, "SELECT count(*) = 2 FROM pg_index WHERE indrelid = 'a'::regclass AND indisvalid", true);
}

// As CockroachDB's parser and YugabyteDB do it.
TEST(Network, AServerThatRefusesLocksNeedsNone) {
  SKIP_WITHOUT_POSTGRES();
  Proxy proxy(SocketPath());
  proxy.Replace("LOCK TABLE \"", "LOCK TABEL \"");
  const std::string direct = FreshDatabase();
  const std::string url = Through(proxy, direct);
  const MigrationSet set = Tables(20);
  std::vector<std::thread> runners;
  std::vector<absl::Status> ends(6);
  for (absl::Status& end : ends) {
    runners.emplace_back([&] { end = Migrate(set, url).status(); });
  }
  for (std::thread& runner : runners) runner.join();
  for (const absl::Status& end : ends) EXPECT_TRUE(end.ok()) << end;
  EXPECT_EQ(Ask(direct,
                "SELECT count(*) || ' ' || count(DISTINCT version) FROM strata_history_log "
                "WHERE outcome = 'ok'"),
            "20 20");
  MigrateOptions all;
  all.all = true;
  EXPECT_TRUE(Rollback(set, url, all).ok());
  EXPECT_TRUE(Stamp(set, url, 3).ok());
  EXPECT_EQ(Status(set, direct)->current, 3u);
}

// As a server on a system without POLLRDHUP refuses the setting.
TEST(Network, AServerThatCannotWatchItsClientNeedNot) {
  SKIP_WITHOUT_POSTGRES();
  Proxy proxy(SocketPath());
  proxy.Replace("client_connection_check_interval", "client_connection_check_whatever");
  const absl::StatusOr<MigrateResult> result = Migrate(Tables(20), Through(proxy, FreshDatabase()));
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->changes.size(), 20u);
}

TEST(Network, ATerminatedBackendIsFoundOut) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set =
      MakeSet({{1, "a", "CREATE TABLE a (id int)", "DROP TABLE a"},
               {2, "b", "SELECT pg_terminate_backend(pg_backend_pid())", "SELECT 1"}});
  const absl::Status status = Migrate(set, url).status();
  EXPECT_EQ(ExitCode(status), 5);
  EXPECT_EQ(
      status.message(),
      "the connection was lost (terminating connection due to administrator command); after "
      "connecting again the history shows that 0002_b was not done; done before it, and kept: "
      "0001_a; run again");
}

// A row in the history is not enough: its statements were cut off.
TEST(Network, ATerminatedBackendOutsideATransactionIsFoundOut) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const std::string index = "CREATE INDEX CONCURRENTLY a_id ON a (id);\n";
  const std::string ends = "SELECT pg_terminate_backend(pg_backend_pid())";
  const MigrationSet up =
      MakeSet({{1, "a", "CREATE TABLE a (id int)", "DROP TABLE a"}, {2, "b", index + ends, ends}});
  const absl::Status status = Migrate(up, url).status();
  EXPECT_EQ(ExitCode(status), 5);
  EXPECT_EQ(
      status.message(),
      "the connection was lost (terminating connection due to administrator command); after "
      "connecting again the history shows that 0002_b is dirty: it ran outside a transaction and "
      "was cut off after 1 of 2 statements; `strata repair` shows what is there and finishes or "
      "undoes it; done before it, and kept: 0001_a");

  ASSERT_TRUE(Repair(up, url, RepairChoice::kMarkApplied).ok());
  const MigrationSet down =
      MakeSet({{1, "a", "CREATE TABLE a (id int)", "DROP TABLE a"},
               {2, "b", index + ends, "DROP INDEX CONCURRENTLY a_id;\n" + ends}});
  MigrateOptions edited;
  edited.use = DownSource::kFile;
  EXPECT_THAT(std::string(Rollback(down, url, edited).status().message()),
              ::testing::HasSubstr("the history shows that 0002_b is dirty: "));
}

}  // namespace
}  // namespace strata
