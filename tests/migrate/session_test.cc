// What a script leaves in its session: neither the next script nor, behind a pooler, the next
// client may find it, whether the script succeeds or fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pqxx/pqxx>

#include "strata/strata.h"
#include "support/postgres.h"
#include "support/set.h"

namespace strata {
namespace {

using testing::Ask;
using testing::Execute;
using testing::FreshDatabase;
using ::testing::HasSubstr;
using testing::MakeSet;

class Session : public ::testing::Test {
 protected:
  void SetUp() override {
    SKIP_WITHOUT_POSTGRES();
    url_ = FreshDatabase();
    Execute(url_, "CREATE SCHEMA other");
  }

  // What is left in the caller's session when the set has run.
  static std::string Left(pqxx::connection& connection) {
    pqxx::nontransaction work(connection);
    return work
        .exec(
            "SELECT concat_ws(' ', current_setting('search_path'), "
            "current_setting('default_transaction_read_only'), current_user, "
            "(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'), "
            "(SELECT count(*) FROM pg_prepared_statements), "
            "(SELECT count(*) FROM pg_listening_channels()))")[0][0]
        .as<std::string>();
  }

  std::string url_;
};

constexpr char kFails[] =
    "SELECT pg_advisory_lock(7); PREPARE mine AS SELECT 1; SET search_path = pg_catalog; SELECT "
    "1/0";

TEST_F(Session, AReadOnlyDefaultDoesNotReachTheNextScript) {
  const absl::StatusOr<MigrateResult> result =
      Migrate(MakeSet({{1, "a", "SET default_transaction_read_only = on"},
                       {2, "b", "CREATE TABLE b (id int)"}}),
              url_);
  EXPECT_TRUE(result.ok()) << result.status();
}

TEST_F(Session, AFailureTakesBackWhatItsScriptAndTheOnesBeforeItSet) {
  pqxx::connection connection(url_);
  const std::string before = Left(connection);
  const absl::Status status =
      Migrate(MakeSet({{1, "a", "SET search_path = other; SET default_transaction_read_only = on"},
                       {2, "b", kFails}}),
              connection)
          .status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("division by zero"));
  EXPECT_EQ(Left(connection), before);
  EXPECT_EQ(Ask(url_, "SELECT count(*) FROM strata_history"), "1");
}

TEST_F(Session, AFailureInAStreamDoesToo) {
  pqxx::connection connection(url_);
  const std::string before = Left(connection);
  const std::string padding = "/*" + std::string(std::size_t{1} << 20, 'x') + "*/";
  const absl::Status status =
      Migrate(MakeSet({{1, "a", "SET search_path = other"}, {2, "b", padding + kFails}}),
              connection)
          .status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("division by zero"));
  EXPECT_EQ(Left(connection), before);
  EXPECT_EQ(Ask(url_, "SELECT count(*) FROM strata_history"), "1");
}

TEST_F(Session, AVerifyScriptsSettingsDoNotReachTheNextScript) {
  const absl::StatusOr<MigrateResult> result =
      Migrate(MakeSet({{1, "a", "CREATE TABLE a (id int)", "",
                        "SELECT set_config('search_path', 'other', false) IS NOT NULL"},
                       {2, "b", "CREATE TABLE b (id int)"}}),
              url_);
  EXPECT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(Ask(url_, "SELECT to_regclass('public.b') IS NOT NULL"), "t");
}

// The role is the script's until its end, and the journal is not written by it.
TEST_F(Session, AJournalIsWrittenByTheConnectionsOwnUser) {
  Execute(url_,
          "DROP ROLE IF EXISTS strata_maker; CREATE ROLE strata_maker; "
          "GRANT ALL ON SCHEMA other TO strata_maker");
  for (const std::string become : {"SET ROLE", "SET SESSION AUTHORIZATION"}) {
    const MigrationSet set = MakeSet({{1, "a",
                                       become + " strata_maker; CREATE TABLE other.a (id int); "
                                                "CREATE INDEX CONCURRENTLY a_id ON other.a (id)",
                                       "DROP TABLE other.a"},
                                      {2, "b", "CREATE TABLE b (id int)", "DROP TABLE b"}});
    const absl::StatusOr<MigrateResult> result = Migrate(set, url_);
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(Ask(url_, "SELECT string_agg(tableowner, ' ') FROM pg_tables WHERE tablename = 'a'"),
              "strata_maker");
    EXPECT_EQ(Ask(url_, "SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'b'"),
              "t");
    MigrateOptions all;
    all.all = true;
    ASSERT_TRUE(Rollback(set, url_, all).ok());
  }
  Execute(url_, "DROP OWNED BY strata_maker; DROP ROLE strata_maker");
}

}  // namespace
}  // namespace strata
