// Runs that are larger than one message: they travel as a stream of statements.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "strata/strata.h"
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

std::string Padding() { return absl::StrCat("/* ", std::string(600 * 1024, 'x'), " */"); }

TEST(Large, ARunPlacesItsFailure) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = MakeSet(
      {{1, "a", absl::StrCat("CREATE TABLE a (id int); SELECT 1 ", Padding()), "SELECT 1"},
       {2, "b", "CREATE TABLE b (\n id int);\nINSERT INTO b\n SELECT 'é' || wrong", "SELECT 1"},
       {3, "c", absl::StrCat("CREATE TABLE c (id int); SELECT 1 ", Padding()), "SELECT 1"},
       {4, "d", absl::StrCat("CREATE TABLE d (id int); SELECT 1 ", Padding()), "SELECT 1"}});
  const absl::Status status = Migrate(set, url).status();
  EXPECT_EQ(ExitCode(status), 4);
  const std::optional<Failure> failure = FailureOf(status);
  ASSERT_TRUE(failure.has_value()) << status;
  EXPECT_EQ(failure->version, 2u);
  EXPECT_EQ(failure->statement, 2u);
  EXPECT_EQ(failure->line, 4);
  EXPECT_EQ(failure->column, 16);
  EXPECT_EQ(failure->message, "column \"wrong\" does not exist");
  EXPECT_EQ(Ask(url,
                "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relname "
                "IN ('a', 'b', 'c', 'd')"),
            "a");
  EXPECT_EQ(Ask(url,
                "SELECT string_agg(version || outcome, ' ' ORDER BY at) FROM "
                "strata_history_log"),
            "1ok 2failed");
}

TEST(Large, ARunStopsAtASyntaxError) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = MakeSet(
      {{1, "a", absl::StrCat("CREATE TABLE a (id int); SELECT 1 ", Padding()), "SELECT 1"},
       {2, "b", "CREATE TABEL b (id int)", "SELECT 1"},
       {3, "c", absl::StrCat("CREATE TABLE c (id int); SELECT 1 ", Padding()), "SELECT 1"}});
  const std::optional<Failure> failure = FailureOf(Migrate(set, url).status());
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->version, 2u);
  EXPECT_EQ(failure->column, 8);
  EXPECT_EQ(failure->done, std::vector<std::uint64_t>{1});
}

TEST(Large, ARunVerifiesCopiesAndMeasures) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const auto one = [](int i) {
    return absl::StrCat("CREATE TABLE t", i, " (id int); SELECT pg_sleep(0.02) ", Padding());
  };
  const MigrationSet set =
      MakeSet({{1, "a", one(1), "DROP TABLE t1", "SELECT count(*) = 0 FROM t1"},
               {2, "b", one(2), "DROP TABLE t2"},
               {3, "c", "COPY t1 FROM stdin;\n1\n2\n\\.\n", "TRUNCATE t1"},
               {4, "d", one(4), "DROP TABLE t4"},
               {5, "e", one(5), "DROP TABLE t5", "SELECT count(*) = 1 FROM t1"},
               {6, "f", one(6), "DROP TABLE t6"}});
  const absl::Status status = Migrate(set, url).status();
  EXPECT_EQ(FailureOf(status)->version, 5u);
  EXPECT_EQ(FailureOf(status)->message, "the verify query returned false");
  EXPECT_EQ(Status(set, url)->current, 4u);
  EXPECT_EQ(Ask(url, "SELECT count(*) FROM t1"), "2");
  EXPECT_EQ(Ask(url,
                "SELECT bool_and(duration_ms BETWEEN 20 AND 2000) FROM strata_history WHERE "
                "version <> 3"),
            "t");
}

TEST(Large, ARunTakesAScriptThatIsNotCutRightly) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  MigrationSet set = MakeSet(
      {{1, "a", absl::StrCat("CREATE TABLE a (id int); SELECT 1 ", Padding()), "SELECT 1"},
       {2, "b", absl::StrCat("CREATE TABLE b (id int); SELECT 1 ", Padding()), "SELECT 1"}});
  Script& script = set.migrations[1].up;
  script.statements = {{0, static_cast<std::uint32_t>(script.text.size()), 0, 0, 0}};
  const absl::Status status = Migrate(set, url).status();
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(Ask(url, "SELECT count(*) FROM b"), "0");
}

TEST(Large, ARunRetriesAMissedTableLock) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  Execute(url, "CREATE TABLE users (id int)");
  auto holder = std::make_unique<pqxx::connection>(url);
  auto transaction = std::make_unique<pqxx::work>(*holder);
  transaction->exec("LOCK TABLE users IN ACCESS SHARE MODE");
  const MigrationSet set =
      MakeSet({{1, "a", absl::StrCat("CREATE TABLE a (id int); SELECT 1 ", Padding()), "SELECT 1"},
               {2, "b", absl::StrCat("ALTER TABLE users ADD COLUMN a text; SELECT 1 ", Padding()),
                "SELECT 1"}});
  MigrateOptions options;
  options.lock_timeout = milliseconds{600};
  std::string missed;
  options.progress = [&](const Event& event) {
    if (event.kind != Event::Kind::kRetry) return;
    missed = event.message;
    transaction.reset();
  };
  const absl::StatusOr<MigrateResult> result = Migrate(set, url, options);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->changes.size(), 2u);
  EXPECT_THAT(missed, HasSubstr("held by pid "));
}

}  // namespace
}  // namespace strata
