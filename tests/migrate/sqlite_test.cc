// The engine on SQLite files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "strata/strata.h"
#include "support/set.h"

namespace strata {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using testing::Source;

class Sqlite : public ::testing::Test {
 protected:
  Sqlite() : file_(absl::StrCat(::testing::TempDir(), "strata-sqlite-", getpid(), ".db")) {}
  ~Sqlite() override { std::remove(file_.c_str()); }

  std::string url() const { return "sqlite:" + file_; }
  void Execute(const std::string& sql) const { Ask(sql); }
  std::string Ask(const std::string& sql) const {
    sqlite3* db = nullptr;
    sqlite3_open(file_.c_str(), &db);
    std::string answer;
    sqlite3_exec(
        db, sql.c_str(),
        [](void* out, int, char** values, char**) {
          *static_cast<std::string*>(out) = values[0] == nullptr ? "NULL" : values[0];
          return 0;
        },
        &answer, nullptr);
    sqlite3_close(db);
    return answer;
  }

  const std::string file_;
};

MigrationSet Make(const std::vector<Source>& sources) {
  return testing::MakeSet(sources, Dialect::kSqlite);
}

MigrationSet OneTable() { return Make({{1, "a", "CREATE TABLE a (id integer)", "DROP TABLE a"}}); }

std::string Words(const absl::Status& status) { return std::string(status.message()); }

TEST_F(Sqlite, ARebuiltTableDoesNotCascade) {
  const MigrationSet set = Make(
      {{1, "tables",
        "CREATE TABLE parent (id integer PRIMARY KEY);\nCREATE TABLE child (p integer REFERENCES "
        "parent ON DELETE CASCADE);\nINSERT INTO parent VALUES (1);\nINSERT INTO child VALUES (1);",
        "DROP TABLE child;\nDROP TABLE parent;"},
       {2, "rebuild",
        "CREATE TABLE fresh (id integer PRIMARY KEY, name text);\nINSERT INTO fresh (id) SELECT id "
        "FROM parent;\nDROP TABLE parent;\nALTER TABLE fresh RENAME TO parent;",
        "SELECT 1"}});
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(file_.c_str(), &db), SQLITE_OK);
  sqlite3_exec(db, "PRAGMA foreign_keys = ON", nullptr, nullptr, nullptr);
  const absl::StatusOr<MigrateResult> result = Migrate(set, db);
  ASSERT_TRUE(result.ok()) << result.status();
  int on = 0;
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &on);
  EXPECT_EQ(on, 1);
  sqlite3_close(db);
  EXPECT_EQ(Ask("SELECT count(*) FROM child"), "1");
}

TEST_F(Sqlite, AViolatedForeignKeyRollsItsMigrationBack) {
  const MigrationSet set =
      Make({{1, "tables",
             "CREATE TABLE parent (id integer PRIMARY KEY);\nCREATE TABLE child (p integer "
             "REFERENCES parent);\nINSERT INTO parent VALUES (1);\nINSERT INTO child VALUES (1);",
             "DROP TABLE child;\nDROP TABLE parent;"},
            {2, "loss", "DELETE FROM parent"},
            {3, "more", "CREATE TABLE more (id integer)"}});
  EXPECT_EQ(Words(Migrate(set, url()).status()),
            "0002_loss.up.sql: a foreign key is violated: table \"child\", row 1, refers to a "
            "missing row of \"parent\"; 0002_loss was rolled back; done before it, and kept: "
            "0001_tables");
  EXPECT_EQ(Ask("SELECT count(*) FROM parent"), "1");
  EXPECT_EQ(Ask("SELECT max(version) FROM strata_history"), "1");
}

TEST_F(Sqlite, AViolationThatWasThereBeforeIsNoObstacle) {
  Execute(
      "CREATE TABLE parent (id integer PRIMARY KEY); CREATE TABLE child (p integer REFERENCES "
      "parent); INSERT INTO child VALUES (7)");
  EXPECT_TRUE(Migrate(OneTable(), url()).ok());
}

TEST_F(Sqlite, AFileThatAnotherHoldsIsWaitedForOnlySoLong) {
  Execute("CREATE TABLE x (id integer)");
  sqlite3* holder = nullptr;
  sqlite3_open(file_.c_str(), &holder);
  sqlite3_exec(holder, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr);
  MigrateOptions options;
  options.lock_timeout = milliseconds{20};
  const absl::Status status = Migrate(OneTable(), url(), options).status();
  sqlite3_close(holder);
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(ExitCode(status), 5);
  EXPECT_EQ(Words(status), absl::StrCat("SQLite file ", file_,
                                        ": database is locked; another process holds it, the wait "
                                        "was in vain"));
}

TEST_F(Sqlite, AWriterIsWaitedForAgainAndAgain) {
  Execute("CREATE TABLE x (id integer)");
  sqlite3* holder = nullptr;
  sqlite3_open(file_.c_str(), &holder);
  sqlite3_exec(holder, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  MigrateOptions options;
  options.lock_timeout = milliseconds{20};
  int retries = 0;
  options.progress = [&](const Event& event) {
    if (event.kind == Event::Kind::kRetry && ++retries == 1) {
      sqlite3_exec(holder, "COMMIT", nullptr, nullptr, nullptr);
    }
  };
  EXPECT_TRUE(Migrate(OneTable(), url(), options).ok());
  EXPECT_EQ(retries, 1);
  sqlite3_close(holder);
}

TEST_F(Sqlite, AQuestionMakesNoFile) {
  EXPECT_EQ(Status(OneTable(), url())->pending.size(), 1u);
  EXPECT_TRUE(ReadLog(url())->empty());
  EXPECT_NE(access(file_.c_str(), F_OK), 0);
  EXPECT_EQ(Rollback(OneTable(), url())->changes.size(), 0u);
  EXPECT_NE(access(file_.c_str(), F_OK), 0);
}

TEST_F(Sqlite, AFullDiskLosesNothing) {
  const MigrationSet set = Make(
      {{1, "a", "CREATE TABLE a (t text)", "DROP TABLE a"},
       {2, "big",
        "INSERT INTO a WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
        "200) SELECT hex(zeroblob(2000)) FROM n"}});
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(file_.c_str(), &db), SQLITE_OK);
  sqlite3_exec(db, "PRAGMA max_page_count = 30", nullptr, nullptr, nullptr);
  const absl::Status status = Migrate(set, db).status();
  sqlite3_close(db);
  EXPECT_EQ(ExitCode(status), 4);
  EXPECT_THAT(Words(status), HasSubstr("database or disk is full"));
  EXPECT_EQ(Ask("SELECT group_concat(version) FROM strata_history"), "1");
  EXPECT_EQ(Ask("SELECT count(*) FROM a"), "0");
  EXPECT_EQ(Ask("PRAGMA integrity_check"), "ok");
}

TEST_F(Sqlite, AFileThatMayNotBeWrittenIsRefused) {
  ASSERT_TRUE(Migrate(OneTable(), url()).ok());
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open_v2(file_.c_str(), &db, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
  MigrateOptions all;
  all.all = true;
  const absl::Status status = Rollback(OneTable(), db, all).status();
  sqlite3_close(db);
  EXPECT_EQ(ExitCode(status), 3);
  EXPECT_EQ(Words(status),
            absl::StrCat("the SQLite file ", file_, " is read-only: nothing was changed"));
}

TEST_F(Sqlite, WhatIsNoDatabaseIsSaidSo) {
  std::FILE* file = std::fopen(file_.c_str(), "w");
  std::fputs("this is a text file, and not at all a database, whatever its name says", file);
  std::fclose(file);
  const absl::Status status = Migrate(OneTable(), url()).status();
  EXPECT_EQ(ExitCode(status), 3);
  EXPECT_THAT(Words(status), HasSubstr("file is not a database; is it a SQLite database?"));
  const absl::Status nowhere = Migrate(OneTable(), "sqlite:/no/such/folder/a.db").status();
  EXPECT_EQ(ExitCode(nowhere), 5);
  EXPECT_EQ(
      Words(nowhere),
      "cannot open the SQLite file /no/such/folder/a.db: the folder /no/such/folder/ does not "
      "exist");
}

TEST_F(Sqlite, AStatementThatEndsTheTransactionIsAFailure) {
  const MigrationSet set = Make({{1, "a", "CREATE TABLE a (id integer)"},
                                 {2, "b", "CREATE TABLE b (id integer);\nROLLBACK;"}});
  const absl::Status status = Migrate(set, url()).status();
  EXPECT_THAT(Words(status),
              HasSubstr("0002_b.up.sql:2:1: the statement ended the transaction that "
                        "Strata had opened"));
  EXPECT_EQ(Ask("SELECT group_concat(version) FROM strata_history"), "1");
}

TEST_F(Sqlite, MemoryLivesAsLongAsItsConnection) {
  const absl::StatusOr<MigrateResult> result = Migrate(OneTable(), "sqlite::memory:");
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->current, 1u);
}

}  // namespace
}  // namespace strata
