// The engine on a PostgreSQL server of its own.
#include "support/postgres.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <thread>

#include "strata/strata.h"
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
using testing::Source;

MigrationSet TwoTables() {
  return MakeSet({{1, "a", "CREATE TABLE a (id int PRIMARY KEY)", "DROP TABLE a"},
                  {2, "b", "CREATE TABLE b (id int)", "DROP TABLE b"}});
}

std::string Words(const absl::Status& status) { return std::string(status.message()); }

TEST(Postgres, PlacesAFailureAtItsStatementLineAndColumn) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set =
      MakeSet({{1, "a", "CREATE TABLE a (id int PRIMARY KEY)", "DROP TABLE a"},
               {2, "b", "INSERT INTO a VALUES (1);\nSELECT 'ä',\n  nope FROM a;\n"}});
  const absl::Status status = Migrate(set, url).status();
  EXPECT_EQ(
      Words(status),
      "0002_b.up.sql:3:3: column \"nope\" does not exist [42703]; 0002_b was rolled back; done "
      "before it, and kept: 0001_a");
  const std::optional<Failure> failure = FailureOf(status);
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->statement, 2u);
  EXPECT_EQ(failure->line, 3);
  EXPECT_EQ(failure->column, 3);
  EXPECT_EQ(failure->done, std::vector<std::uint64_t>{1});
  EXPECT_FALSE(failure->dirty);
  EXPECT_EQ(ExitCode(status), 4);
  EXPECT_EQ(Ask(url, "SELECT count(*) FROM a"), "0");
  EXPECT_EQ(Ask(url, "SELECT string_agg(version::text, ',') FROM strata_history"), "1");
  EXPECT_EQ(Ask(url, "SELECT string_agg(outcome, ',' ORDER BY at) FROM strata_history_log"),
            "ok,failed");
}

TEST(Postgres, AppliesWhatStandsBeforeASyntaxError) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = MakeSet({{1, "a", "CREATE TABLE a (id int)", "DROP TABLE a"},
                                    {2, "b", "CREATE TABEL b (id int)"},
                                    {3, "c", "CREATE TABLE c (id int)"}});
  EXPECT_EQ(Words(Migrate(set, url).status()),
            "0002_b.up.sql:1:8: syntax error at or near \"TABEL\" [42601]; 0002_b was rolled back; "
            "done before it, and kept: 0001_a");
  EXPECT_EQ(Ask(url, "SELECT string_agg(version::text, ',') FROM strata_history"), "1");
}

TEST(Postgres, TellsAFailureAtCommit) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = MakeSet(
      {{1, "a", "CREATE TABLE a (id int PRIMARY KEY)", "DROP TABLE a"},
       {2, "b",
        "CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO b VALUES "
        "(7)"},
       {3, "c", "CREATE TABLE c (id int)"}});
  EXPECT_EQ(Words(Migrate(set, url).status()),
            "0002_b.up.sql: insert or update on table \"b\" violates foreign key constraint "
            "\"b_a_fkey\" [23503]; detail: Key (a)=(7) is not present in table \"a\".; 0002_b was "
            "rolled back; done before it, and kept: 0001_a");
  EXPECT_EQ(Ask(url, "SELECT to_regclass('b') IS NULL AND to_regclass('c') IS NULL"), "t");
}

TEST(Postgres, SendsCopyData) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set =
      MakeSet({{1, "a",
                "CREATE TABLE a (id int, t text);\nCOPY a FROM stdin;\n1\tone\n2\t\\N\n\\.\nINSERT "
                "INTO a VALUES (3, 'three');\n",
                "DROP TABLE a"},
               {2, "b", "CREATE TABLE b (id int)", "DROP TABLE b"}});
  const absl::StatusOr<MigrateResult> result = Migrate(set, url);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(Ask(url, "SELECT count(*) || ',' || count(t) FROM a"), "3,2");
  const MigrationSet bad =
      MakeSet({{1, "a", std::string(set.migrations[0].up.text), "DROP TABLE a"},
               {2, "b", "CREATE TABLE b (id int)", "DROP TABLE b"},
               {3, "c", "COPY b FROM stdin;\nnot a number\n\\.\n"}});
  EXPECT_THAT(Words(Migrate(bad, url).status()),
              HasSubstr("invalid input syntax for type integer: \"not a number\""));
}

TEST(Postgres, AScriptsSettingsDoNotReachTheNext) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  Execute(url, "CREATE SCHEMA other");
  const MigrationSet set = MakeSet(
      {{1, "a",
        "SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.a (id int)",
        "DROP TABLE a"},
       {2, "b",
        "SET search_path = other;\nSET check_function_bodies = off;\nCREATE TABLE b (id int)"},
       {3, "c", "CREATE TEMP TABLE t (id int);\nCREATE TABLE c (id int)"},
       {4, "d", "CREATE TEMP TABLE t (id int);\nCREATE TABLE d (id int)"},
       {5, "e",
        "CREATE ROLE strata_nobody;\nGRANT ALL ON SCHEMA public TO strata_nobody;\nSET ROLE "
        "strata_nobody;\nCREATE TABLE e (id int)"},
       {6, "f", "PREPARE p AS SELECT 1"},
       {7, "g", "PREPARE p AS SELECT 2"}});
  const absl::StatusOr<MigrateResult> result = Migrate(set, url);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(Ask(url,
                "SELECT string_agg(n.nspname || '.' || c.relname, ' ' ORDER BY c.relname) FROM "
                "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE relkind = 'r' "
                "AND nspname IN ('public', 'other')"),
            "public.a other.b public.c public.d public.e public.strata_history "
            "public.strata_history_log");
  Execute(url, "DROP TABLE e; DROP OWNED BY strata_nobody; DROP ROLE strata_nobody");
}

TEST(Postgres, RunsVerifyInsideTheTransaction) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet good = MakeSet(
      {{1, "a", "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1)", "DROP TABLE a",
        "SELECT count(*) = 1 FROM a;\nSELECT * FROM a"},
       {2, "b", "INSERT INTO a VALUES (2)", "DELETE FROM a", "SELECT id < 2 FROM a ORDER BY id"}});
  const absl::Status status = Migrate(good, url).status();
  EXPECT_EQ(Words(status),
            "0002_b.verify.sql:1:1: the verify query returned false; 0002_b was rolled back; done "
            "before it, and kept: 0001_a");
  EXPECT_EQ(Ask(url, "SELECT count(*) FROM a"), "1");
}

TEST(Postgres, RetriesAMissedTableLockAndNamesItsHolder) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  Execute(url, "CREATE TABLE a (id int)");
  const MigrationSet set = MakeSet({{1, "a", "ALTER TABLE a ADD COLUMN x int"}});
  pqxx::connection holder(url);
  auto lock = std::make_unique<pqxx::work>(holder);
  lock->exec("LOCK TABLE a /* the holder */");
  MigrateOptions options;
  options.lock_timeout = milliseconds{800};
  std::vector<std::string> retries;
  options.progress = [&](const Event& event) {
    if (event.kind != Event::Kind::kRetry) return;
    retries.push_back(event.message);
    lock.reset();
  };
  const absl::StatusOr<MigrateResult> result = Migrate(set, url, options);
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(retries.size(), 1u);
  EXPECT_THAT(retries[0], HasSubstr("canceling statement due to lock timeout; held by pid "));
  EXPECT_THAT(retries[0], HasSubstr("LOCK TABLE a /* the holder */"));
}

TEST(Postgres, GivesUpATableLockWhenItsBudgetIsSpent) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  Execute(url, "CREATE TABLE a (id int)");
  pqxx::connection holder(url);
  pqxx::work lock(holder);
  lock.exec("LOCK TABLE a");
  MigrateOptions options;
  options.lock_timeout = milliseconds{50};
  options.lock_budget = milliseconds{100};
  const absl::Status status =
      Migrate(MakeSet({{1, "a", "ALTER TABLE a ADD COLUMN x int"}}), url, options).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(ExitCode(status), 5);
  EXPECT_THAT(Words(status), HasSubstr("0001_a: canceling statement due to lock timeout"));
  EXPECT_THAT(Words(status), HasSubstr("0001_a was rolled back; nothing was changed before it"));
}

TEST(Postgres, WaitsForAnotherRunnerOnlySoLong) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = TwoTables();
  MigrateOptions options;
  options.steps = 1;
  ASSERT_TRUE(Migrate(set, url, options).ok());
  pqxx::connection holder(url + "&application_name=slow-deploy");
  pqxx::work lock(holder);
  lock.exec("LOCK TABLE strata_history IN SHARE ROW EXCLUSIVE MODE");
  options.steps.reset();
  options.runner_wait = milliseconds{100};
  const absl::Status status = Migrate(set, url, options).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_THAT(Words(status), HasSubstr("another runner holds the history, and was not done within "
                                       "0.1 s: pid "));
  EXPECT_THAT(Words(status), HasSubstr("(slow-deploy), at work since "));
}

TEST(Postgres, ThirtyTwoRunnersApplyEachMigrationOnce) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  std::vector<Source> sources;
  for (int i = 1; i <= 20; ++i) {
    sources.push_back(
        {static_cast<std::uint64_t>(i), "m", absl::StrCat("CREATE TABLE t", i, " (id int)")});
  }
  sources.push_back({21, "index", "CREATE INDEX CONCURRENTLY t1_id ON t1 (id)"});
  sources.push_back({22, "last", "CREATE TABLE t22 (id int)"});
  const MigrationSet set = MakeSet(sources);
  std::vector<std::thread> runners;
  std::vector<absl::StatusOr<MigrateResult>> results(32, absl::UnknownError(""));
  for (std::size_t i = 0; i < results.size(); ++i) {
    runners.emplace_back([&, i] { results[i] = Migrate(set, url); });
  }
  for (std::thread& runner : runners) runner.join();
  std::size_t applied = 0;
  for (const auto& result : results) {
    ASSERT_TRUE(result.ok()) << result.status();
    applied += result->changes.size();
    EXPECT_EQ(result->current, 22u);
  }
  EXPECT_EQ(applied, 22u);
  EXPECT_EQ(Ask(url,
                "SELECT count(*) || ',' || count(DISTINCT version) FROM strata_history_log "
                "WHERE outcome = 'ok'"),
            "22,22");
}

TEST(Postgres, RefusesToWriteWhereItMayNot) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = TwoTables();
  absl::Status status =
      Migrate(set, url + "&options=-cdefault_transaction_read_only%3Don").status();
  EXPECT_EQ(ExitCode(status), 3);
  EXPECT_EQ(Words(status),
            "the server or this session is read-only (transaction_read_only is on): connect where "
            "it may write, or take default_transaction_read_only off; nothing was changed");
  Execute(url, "DROP ROLE IF EXISTS strata_poor; CREATE ROLE strata_poor LOGIN");
  const std::string poor = url + "&user=strata_poor";
  status = Migrate(set, poor).status();
  EXPECT_EQ(ExitCode(status), 3);
  EXPECT_EQ(Words(status),
            "role \"strata_poor\" may not create the history table in schema \"public\": GRANT "
            "CREATE ON SCHEMA \"public\" TO \"strata_poor\"; nothing was changed");
  ASSERT_TRUE(Migrate(set, url).ok());
  status = Migrate(set, poor).status();
  EXPECT_EQ(ExitCode(status), 3);
  EXPECT_EQ(
      Words(status),
      "reading the history failed: permission denied for table strata_history: connect as its "
      "owner, or GRANT SELECT on it and on its log; to migrate, INSERT, UPDATE and DELETE too");
  Execute(url, "GRANT SELECT ON strata_history TO strata_poor");
  MigrateOptions all;
  all.all = true;
  status = Rollback(set, poor, all).status();
  EXPECT_EQ(ExitCode(status), 3);
  EXPECT_THAT(Words(status), HasSubstr("and role \"strata_poor\" may not write it: connect as its "
                                       "owner, or GRANT SELECT, INSERT, UPDATE, DELETE"));
  Execute(url, "DROP OWNED BY strata_poor; DROP ROLE strata_poor");
}

// As docs/servers.md has it.
TEST(Postgres, WorksWithTheLeastPrivileges) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  Execute(url,
          "DROP ROLE IF EXISTS strata_least; CREATE ROLE strata_least LOGIN; "
          "GRANT CREATE ON SCHEMA public TO strata_least");
  const std::string least = url + "&user=strata_least";
  MigrateOptions all;
  all.all = true;
  EXPECT_TRUE(Migrate(TwoTables(), least).ok());
  EXPECT_TRUE(Redo(TwoTables(), least).ok());
  EXPECT_TRUE(Rollback(TwoTables(), least, all).ok());
  Execute(url,
          "ALTER TABLE strata_history OWNER TO CURRENT_USER; "
          "ALTER TABLE strata_history_log OWNER TO CURRENT_USER; "
          "GRANT SELECT, INSERT, UPDATE, DELETE ON strata_history TO strata_least; "
          "GRANT SELECT, INSERT ON strata_history_log TO strata_least");
  EXPECT_TRUE(Migrate(TwoTables(), least).ok());
  EXPECT_TRUE(Redo(TwoTables(), least).ok());
  EXPECT_TRUE(Rollback(TwoTables(), least, all).ok());
  Execute(url, "DROP OWNED BY strata_least; DROP ROLE strata_least");
}

TEST(Postgres, RefusesAHistoryThatIsNotItsOwn) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  Execute(url, "CREATE TABLE strata_history (id int)");
  absl::Status status = Migrate(TwoTables(), url).status();
  EXPECT_EQ(ExitCode(status), 3);
  EXPECT_THAT(Words(status), HasSubstr("is there but is not Strata's history"));
  Execute(url, "DROP TABLE strata_history; CREATE VIEW strata_history AS SELECT 1");
  status = Migrate(TwoTables(), url).status();
  EXPECT_THAT(Words(status),
              HasSubstr("\"public\".\"strata_history\" is there but is not a table"));
  Execute(url, "DROP VIEW strata_history");
  ASSERT_TRUE(Migrate(TwoTables(), url).ok());
  Execute(url, "COMMENT ON TABLE strata_history IS 'Strata history, format 2'");
  status = Status(TwoTables(), url).status();
  EXPECT_EQ(Words(status),
            "the history table \"public\".\"strata_history\" has format 2 and was made by a newer "
            "Strata: this one knows format 1");
}

TEST(Postgres, NeverShowsAPassword) {
  SKIP_WITHOUT_POSTGRES();
  for (const char* url :
       {"postgresql://u:hunter2secret/db", "postgresql://u:hunter2secret@127.0.0.1:1/db",
        "postgresql://u:hunter2secret@no.such.host.invalid/db",
        "host=127.0.0.1 port=1 password=hunter2secret",
        "postgresql://u:hunter2secret@127.0.0.1:1/db?nonsense=1"}) {
    const absl::Status status = Migrate(TwoTables(), url).status();
    EXPECT_FALSE(status.ok());
    EXPECT_THAT(Words(status), Not(HasSubstr("hunter2secret"))) << url;
  }
}

TEST(Postgres, KeepsAHistoryOfAnyName) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  MigrateOptions options;
  options.history_table = "ops.Shop \"History\"";
  ASSERT_TRUE(Migrate(TwoTables(), url, options).ok());
  EXPECT_EQ(Ask(url, "SELECT count(*) FROM ops.\"Shop \"\"History\"\"\""), "2");
  EXPECT_EQ(Status(TwoTables(), url, options)->applied.size(), 2u);
  EXPECT_EQ(ReadLog(url, options)->size(), 2u);
}

TEST(Postgres, AQuestionWritesNothing) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = TwoTables();
  EXPECT_EQ(Status(set, url)->pending.size(), 2u);
  EXPECT_EQ(Pending(set, url)->size(), 2u);
  EXPECT_TRUE(Verify(set, url).ok());
  EXPECT_TRUE(ReadLog(url)->empty());
  MigrateOptions dry;
  dry.dry_run = true;
  EXPECT_EQ(Migrate(set, url, dry)->changes.size(), 2u);
  EXPECT_EQ(Ask(url, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"),
            "0");
}

TEST(Postgres, WorksOnAConnectionOfTheCaller) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  pqxx::connection connection(url);
  const MigrationSet set = TwoTables();
  ASSERT_TRUE(Migrate(set, connection).ok());
  EXPECT_EQ(Status(set, connection)->current, 2u);
  EXPECT_TRUE(Verify(set, connection)->findings.empty());
  EXPECT_EQ(Rollback(set, connection)->changes.size(), 1u);
  pqxx::work work(connection);
  EXPECT_EQ(work.exec("SELECT count(*) FROM a")[0][0].as<int>(), 0);
}

// Enough migrations for their record statement to be prepared.
std::vector<Source> Many(std::uint64_t count) {
  std::vector<Source> sources;
  for (std::uint64_t i = 1; i <= count; ++i) {
    const std::string table = "m" + std::to_string(i);
    sources.push_back({i, "it's m\\" + std::to_string(i), "CREATE TABLE " + table + " (id int)",
                       "DROP TABLE " + table});
  }
  return sources;
}

TEST(Postgres, AManyMigrationsRunLeavesNothingPrepared) {
  SKIP_WITHOUT_POSTGRES();
  pqxx::connection connection(FreshDatabase());
  const auto ask = [&connection](const std::string& sql) {
    pqxx::work work(connection);
    return work.exec(sql)[0][0].as<std::string>();
  };
  std::vector<Source> sources = Many(12);
  const MigrationSet whole = MakeSet(sources);
  sources[9].up = "CREATE TABLE m1 (id int)";
  const absl::Status failed = Migrate(MakeSet(sources), connection).status();
  EXPECT_THAT(Words(failed), HasSubstr("relation \"m1\" already exists"));
  EXPECT_EQ(ask("SELECT count(*) FROM pg_prepared_statements"), "0");
  EXPECT_EQ(ask("SELECT count(*) FROM strata_history"), "9");

  EXPECT_EQ(Migrate(whole, connection)->changes.size(), 3u);
  EXPECT_EQ(ask("SELECT name FROM strata_history WHERE version = 12"), "it's m\\12");
  EXPECT_EQ(ask("SELECT down_script FROM strata_history WHERE version = 9"), "DROP TABLE m9");
  MigrateOptions all;
  all.all = true;
  EXPECT_EQ(Rollback(whole, connection, all)->changes.size(), 12u);
  EXPECT_EQ(Migrate(whole, connection)->changes.size(), 12u);
  EXPECT_EQ(ask("SELECT count(*) FROM pg_prepared_statements"), "0");
  EXPECT_EQ(ask("SELECT count(*) FROM strata_history_log WHERE outcome = 'ok'"), "36");
  EXPECT_EQ(ask("SELECT count(*) FROM strata_history WHERE duration_ms >= 0 AND applied_by = "
                "session_user AND tool_version = '" +
                std::string(Version()) + "'"),
            "12");
}

TEST(Postgres, AScriptMayRemoveWhatTheRunPrepared) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  std::vector<Source> sources = Many(12);
  sources[4].up = "DO $$ BEGIN EXECUTE 'DEALLO' || 'CATE ALL'; END $$";
  EXPECT_EQ(Migrate(MakeSet(sources), url)->changes.size(), 12u);
  EXPECT_EQ(Ask(url, "SELECT count(*) FROM strata_history"), "12");
}

// So many that the record statement is prepared by a block of PL/pgSQL.
TEST(Postgres, AVeryLongRunNeedsNoProceduralLanguage) {
  SKIP_WITHOUT_POSTGRES();
  pqxx::connection connection(FreshDatabase());
  const auto ask = [&connection](const std::string& sql) {
    pqxx::work work(connection);
    const std::string answer = work.exec(sql)[0][0].as<std::string>();
    work.commit();
    return answer;
  };
  const MigrationSet set = MakeSet(Many(200));
  MigrateOptions all;
  all.all = true;
  EXPECT_EQ(Migrate(set, connection)->changes.size(), 200u);
  EXPECT_EQ(Rollback(set, connection, all)->changes.size(), 200u);
  EXPECT_EQ(ask("SELECT count(*) FROM strata_history_log WHERE duration_ms >= 0"), "400");
  {
    pqxx::work work(connection);
    work.exec0("DROP EXTENSION plpgsql");
    work.commit();
  }
  EXPECT_EQ(Migrate(set, connection)->changes.size(), 200u);
  EXPECT_EQ(Rollback(set, connection, all)->changes.size(), 200u);
  EXPECT_EQ(ask("SELECT count(*) FROM pg_prepared_statements"), "0");
}

TEST(Postgres, AScriptChoosesItsIsolationAmongMany) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  std::vector<Source> sources = Many(12);
  sources[0].up = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; CREATE TABLE m1 (id int)";
  EXPECT_EQ(Migrate(MakeSet(sources), url)->changes.size(), 12u);
}

// A set loaded without statements is asked to fill in those of what runs, and of nothing else.
TEST(Postgres, PreparesOnlyTheScriptsThatRun) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = MakeSet(Many(3));
  std::vector<std::uint64_t> asked;
  MigrateOptions options;
  options.prepare = [&asked](const std::vector<std::uint64_t>& versions) {
    asked.insert(asked.end(), versions.begin(), versions.end());
    return absl::OkStatus();
  };
  options.target = 2;
  ASSERT_TRUE(Migrate(set, url, options).ok());
  EXPECT_EQ(asked, (std::vector<std::uint64_t>{1, 2}));
  asked.clear();
  EXPECT_EQ(Status(set, url, options)->pending.size(), 1u);
  EXPECT_EQ(asked, std::vector<std::uint64_t>{3});
  options.target.reset();
  options.prepare = [](const std::vector<std::uint64_t>&) {
    return absl::FailedPreconditionError("faulty");
  };
  EXPECT_EQ(Words(Migrate(set, url, options).status()), "faulty");
  EXPECT_EQ(Words(Rollback(set, url, options).status()), "faulty");
  EXPECT_EQ(Ask(url, "SELECT count(*) FROM strata_history"), "2");
}

TEST(Postgres, AnOlderBinaryCanStillRollBack) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  ASSERT_TRUE(Migrate(TwoTables(), url).ok());
  const MigrationSet older =
      MakeSet({{1, "a", "CREATE TABLE a (id int PRIMARY KEY)", "DROP TABLE a"}});
  const absl::Status status = Migrate(older, url).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ExitCode(status), 3);
  EXPECT_TRUE(Status(older, url)->older_set);
  const absl::StatusOr<MigrateResult> down = Rollback(older, url);
  ASSERT_TRUE(down.ok()) << down.status();
  EXPECT_EQ(Ask(url, "SELECT to_regclass('b') IS NULL"), "t");
  EXPECT_TRUE(Migrate(older, url).ok());
}

TEST(Postgres, RepairsAFailedConcurrentIndex) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set =
      MakeSet({{1, "a", "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1), (1)", "DROP TABLE a"},
               {2, "b",
                "CREATE INDEX CONCURRENTLY a_plain ON a (id);\nCREATE UNIQUE INDEX CONCURRENTLY "
                "a_unique ON "
                "a (id)",
                "DROP INDEX CONCURRENTLY a_unique;\nDROP INDEX CONCURRENTLY a_plain"}});
  const absl::Status failed = Migrate(set, url).status();
  EXPECT_EQ(ExitCode(failed), 4);
  EXPECT_TRUE(FailureOf(failed)->dirty);
  EXPECT_EQ(ExitCode(Migrate(set, url).status()), 3);
  const StatusReport status = *Status(set, url);
  EXPECT_EQ(status.applied[1].state, AppliedState::kDirty);
  EXPECT_EQ(status.applied[1].statement, 1u);
  EXPECT_EQ(status.applied[1].statements, 2u);
  const RepairReport found = *Repair(set, url, RepairChoice::kInspect);
  ASSERT_EQ(found.found.size(), 1u);
  EXPECT_EQ(found.found[0].kind, RepairReport::Found::Kind::kInvalidIndex);
  EXPECT_EQ(found.found[0].message,
            "statement 2 left an INVALID index: it has to be dropped and built again (index "
            "\"a_unique\")");
  Execute(url, "DELETE FROM a");
  const absl::StatusOr<RepairReport> resumed = Repair(set, url, RepairChoice::kResume);
  ASSERT_TRUE(resumed.ok()) << resumed.status();
  EXPECT_EQ(Ask(url, "SELECT count(*) FROM pg_index WHERE indrelid = 'a'::regclass AND indisvalid"),
            "2");
  EXPECT_EQ(Status(set, url)->current, 2u);
  EXPECT_FALSE(Repair(set, url, RepairChoice::kInspect)->dirty);
}

TEST(Postgres, UndoesAHalfDoneMigration) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set =
      MakeSet({{1, "a", "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1), (1)", "DROP TABLE a"},
               {2, "b",
                "CREATE INDEX CONCURRENTLY a_plain ON a (id);\nCREATE UNIQUE INDEX CONCURRENTLY "
                "a_unique ON "
                "a (id);\nCREATE INDEX CONCURRENTLY a_third ON a (id)",
                "DROP INDEX CONCURRENTLY a_third;\nDROP INDEX CONCURRENTLY a_unique;\nDROP INDEX "
                "CONCURRENTLY a_plain"}});
  EXPECT_EQ(ExitCode(Migrate(set, url).status()), 4);
  const absl::StatusOr<RepairReport> undone = Repair(set, url, RepairChoice::kUndo);
  ASSERT_TRUE(undone.ok()) << undone.status();
  EXPECT_EQ(Ask(url, "SELECT count(*) FROM pg_index WHERE indrelid = 'a'::regclass"), "0");
  EXPECT_EQ(Status(set, url)->current, 1u);
}

TEST(Postgres, StampsWithoutRunning) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = TwoTables();
  EXPECT_EQ(Stamp(set, url, 2)->changes.size(), 2u);
  EXPECT_EQ(Ask(url, "SELECT to_regclass('a') IS NULL"), "t");
  EXPECT_EQ(Stamp(set, url, 1)->changes.size(), 1u);
  EXPECT_EQ(Status(set, url)->current, 1u);
  EXPECT_EQ(Stamp(set, url, std::nullopt)->current, std::nullopt);
  EXPECT_EQ(Words(Stamp(set, url, 7).status()), "version 7 is not in the set");
  EXPECT_EQ(ReadLog(url)->back().action, "stamp");
}

TEST(Postgres, CancelsARunningStatement) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set =
      MakeSet({{1, "a", "CREATE TABLE a (id int)"}, {2, "b", "SELECT pg_sleep(60)"}});
  MigrateOptions options;
  const auto start = std::chrono::steady_clock::now();
  options.cancelled = [&] { return std::chrono::steady_clock::now() - start > milliseconds{300}; };
  const absl::Status status = Migrate(set, url, options).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(Words(status), "cancelled; 1 of 2 migrations were done before and stay so");
}

// Options with which `what` happens between the plan and the first message: the engine asks whether
// it is cancelled once before it plans and once before it sends.
// `question`: another of its questions.
MigrateOptions Meanwhile(std::function<void()> what, int question = 2) {
  MigrateOptions options;
  auto asked = std::make_shared<int>(0);
  options.cancelled = [asked, what = std::move(what), question] {
    if (++*asked == question) what();
    return false;
  };
  return options;
}

MigrationSet FourTables() {
  std::vector<Source> sources;
  for (int i = 1; i <= 4; ++i) {
    sources.push_back({static_cast<std::uint64_t>(i), "t",
                       absl::StrCat("CREATE TABLE t", i, " (id int)"),
                       absl::StrCat("DROP TABLE t", i)});
  }
  return MakeSet(sources);
}

TEST(Postgres, AppliesAgainWhatAnotherRunnerRolledBackMeanwhile) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = FourTables();
  MigrateOptions two;
  two.steps = 2;
  ASSERT_TRUE(Migrate(set, url, two).ok());
  MigrateOptions all;
  all.all = true;
  const auto up = Migrate(set, url, Meanwhile([&] { ASSERT_TRUE(Rollback(set, url, all).ok()); }));
  ASSERT_TRUE(up.ok()) << up.status();
  EXPECT_EQ(up->changes.size(), 4u);
  EXPECT_EQ(Ask(url, "SELECT string_agg(version::text, ',' ORDER BY version) FROM strata_history"),
            "1,2,3,4");
}

TEST(Postgres, RefusesToRollBackBelowWhatAnotherRunnerAppliedMeanwhile) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = FourTables();
  MigrateOptions three;
  three.steps = 3;
  ASSERT_TRUE(Migrate(set, url, three).ok());
  MigrateOptions options = Meanwhile([&] { ASSERT_TRUE(Migrate(set, url).ok()); });
  options.steps = 2;
  EXPECT_EQ(Words(Rollback(set, url, options).status()),
            "0004_t was applied by another runner meanwhile, above what was to be rolled back; "
            "nothing was changed before it; run again to roll it back too");
  EXPECT_EQ(Ask(url, "SELECT count(*) FROM strata_history"), "4");
}

TEST(Postgres, ADownRollsBackNoMoreThanItSetOutTo) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = FourTables();
  ASSERT_TRUE(Migrate(set, url).ok());
  MigrateOptions options = Meanwhile([&] { ASSERT_TRUE(Rollback(set, url).ok()); });
  options.steps = 2;
  const auto down = Rollback(set, url, options);
  ASSERT_TRUE(down.ok()) << down.status();
  EXPECT_EQ(down->changes.size(), 1u);
  EXPECT_EQ(Ask(url, "SELECT count(*) FROM strata_history"), "2");
}

TEST(Postgres, ARedoLeavesOutWhatWasPendingBefore) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = FourTables();
  ASSERT_TRUE(Migrate(set, url).ok());
  Execute(url, "DELETE FROM strata_history WHERE version = 2; DROP TABLE t2");
  const auto redone = Redo(set, url);
  ASSERT_TRUE(redone.ok()) << redone.status();
  EXPECT_EQ(redone->changes.size(), 2u);
  EXPECT_EQ(Ask(url, "SELECT string_agg(version::text, ',' ORDER BY version) FROM strata_history"),
            "1,3,4");
}

TEST(Postgres, ARedoIsNotTakenForWhatAnotherRunnerRolledBack) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = FourTables();
  ASSERT_TRUE(Migrate(set, url).ok());
  // Its third question comes between the roll-back and what goes up again.
  MigrateOptions options = Meanwhile([&] { ASSERT_TRUE(Rollback(set, url).ok()); }, 3);
  options.steps = 2;
  EXPECT_EQ(Words(Redo(set, url, options).status()),
            "0002_t was rolled back by another runner meanwhile, below what was to be redone; done "
            "before it, and kept: 0004_t, 0003_t; `strata up` applies it and what was rolled back "
            "here");
  EXPECT_EQ(Ask(url, "SELECT count(*) FROM strata_history"), "1");
}

TEST(Postgres, AScriptIsNotBlamedForWhatWasTakenAwayBelowIt) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = MakeSet({{1, "a", "CREATE TABLE a (id int)", "DROP TABLE a"},
                                    {2, "b", "CREATE TABLE b (id int)", "DROP TABLE b"},
                                    {3, "c", "ALTER TABLE a ADD COLUMN c int", "SELECT 1"}});
  MigrateOptions two;
  two.steps = 2;
  ASSERT_TRUE(Migrate(set, url, two).ok());
  const absl::Status status =
      Migrate(set, url, Meanwhile([&] {
                Execute(url, "DROP TABLE a; DELETE FROM strata_history WHERE version = 1");
              }))
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(Words(status), HasSubstr("0001_a"));
  EXPECT_THAT(Words(status), Not(HasSubstr("does not exist")));
}

}  // namespace
}  // namespace strata
