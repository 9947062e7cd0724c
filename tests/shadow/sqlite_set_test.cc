#include "shadow/sqlite_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "migration/lexical.h"

namespace strata::shadow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Set {
 public:
  Set& Add(std::string up, std::string down = "", std::string verify = "") {
    Migration migration;
    migration.version = set.migrations.size() + 1;
    migration.up = Parsed(std::move(up), ".up.sql");
    if (!down.empty()) migration.down = Parsed(std::move(down), ".down.sql");
    if (!verify.empty()) migration.verify = Parsed(std::move(verify), ".verify.sql");
    set.migrations.push_back(std::move(migration));
    return *this;
  }
  MigrationSet set;

 private:
  Script Parsed(std::string text, const char* suffix) {
    Script script;
    script.text = texts_.emplace_back(std::move(text));
    script.file = texts_.emplace_back(std::to_string(set.migrations.size() + 1) + suffix);
    for (const Cut& cut : Lex(script.text, Dialect::kSqlite).statements) {
      script.statements.push_back({static_cast<std::uint32_t>(cut.statement.begin),
                                   static_cast<std::uint32_t>(cut.statement.end), 0, 0, 0});
    }
    return script;
  }
  std::deque<std::string> texts_;
};

std::vector<std::string> Said(const SqliteSetResult& result) {
  std::vector<std::string> said;
  for (const Diagnostic& d : result.diagnostics) {
    said.push_back(d.file + ":" + std::to_string(d.span.begin) + "-" + std::to_string(d.span.end) +
                   ": " + d.message + " [" + d.rule + "]");
  }
  return said;
}

TEST(SqliteSet, ASoundSetHasNoFindings) {
  Set set;
  set.set.dialect = Dialect::kSqlite;
  set.Add("CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT NOT NULL)", "DROP TABLE a")
      .Add("INSERT INTO a (n) VALUES ('x')", "DELETE FROM a WHERE n = 'x'",
           "SELECT count(*) = 1 FROM a")
      .Add("CREATE INDEX a_n ON a (n)", "DROP INDEX a_n");
  const SqliteSetResult result = RunSqliteSet(set.set, true);
  EXPECT_THAT(Said(result), IsEmpty());
  ASSERT_EQ(result.roundtrip.size(), 3u);
  for (const auto& trip : result.roundtrip) EXPECT_EQ(trip.result, SqliteRoundtrip::kOk);
}

TEST(SqliteSet, AnErrorStandsAtItsPlaceAndIsNotRepeated) {
  Set set;
  set.Add("CREATE TABLE a (id INTEGER);\nINSERT INTO b VALUES (1);\nINSERT INTO b VALUES (2);");
  EXPECT_THAT(Said(RunSqliteSet(set.set, false)),
              ElementsAre("1.up.sql:41-42: no such table: b [undefined-table]"));
}

TEST(SqliteSet, ADefinitionThatFailsDoesNotCascade) {
  Set set;
  set.Add("CREATE TABLE a (id INTEGER,);\nCREATE INDEX i ON a (id);");
  EXPECT_THAT(Said(RunSqliteSet(set.set, false)),
              ElementsAre("1.up.sql:27-28: near \")\": syntax error [syntax-error]"));
}

TEST(SqliteSet, WhatADownLeavesBehindIsNamed) {
  Set set;
  set.Add("CREATE TABLE a (id INTEGER)", "DROP TABLE a")
      .Add("CREATE INDEX a_id ON a (id); CREATE VIEW v AS SELECT * FROM a", "DROP VIEW v");
  const SqliteSetResult result = RunSqliteSet(set.set, true);
  EXPECT_THAT(Said(result), ElementsAre("2.down.sql:0-0: index a_id is left behind [roundtrip]"));
  EXPECT_EQ(result.roundtrip[1].result, SqliteRoundtrip::kDiffers);
  EXPECT_THAT(result.roundtrip[1].differences, ElementsAre("index a_id is left behind"));
}

TEST(SqliteSet, AColumnThatComesBackElsewhereIsNoDifference) {
  Set set;
  set.Add("CREATE TABLE a (x TEXT, y TEXT, z TEXT)", "DROP TABLE a")
      .Add("ALTER TABLE a DROP COLUMN y", "ALTER TABLE a ADD COLUMN y TEXT");
  EXPECT_THAT(Said(RunSqliteSet(set.set, true)), IsEmpty());
}

TEST(SqliteSet, ADownThatFailsIsARejectAndTheRestGoesOn) {
  Set set;
  set.Add("CREATE TABLE a (x TEXT)", "DROP TABLE b")
      .Add("INSERT INTO a VALUES ('1')", "DELETE FROM a");
  const SqliteSetResult result = RunSqliteSet(set.set, true);
  EXPECT_THAT(Said(result), ElementsAre("1.down.sql:11-12: no such table: b [undefined-table]"));
  EXPECT_EQ(result.roundtrip[0].result, SqliteRoundtrip::kDownFailed);
  EXPECT_EQ(result.roundtrip[1].result, SqliteRoundtrip::kOk);
}

TEST(SqliteSet, ATableRebuildDoesNotCascadeAndReferencesAreChecked) {
  Set set;
  set.Add(
         "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER REFERENCES p ON "
         "DELETE CASCADE);"
         "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);")
      .Add(
          "CREATE TABLE p2 (id INTEGER PRIMARY KEY, n TEXT); INSERT INTO p2 (id) SELECT id FROM p; "
          "DROP TABLE p;"
          "ALTER TABLE p2 RENAME TO p;",
          "", "SELECT count(*) = 1 FROM c")
      .Add("DELETE FROM p");
  EXPECT_THAT(Said(RunSqliteSet(set.set, false)),
              ElementsAre("3.up.sql:0-0: FOREIGN KEY constraint failed: a row of \"c\" refers to a "
                          "row of \"p\" that is "
                          "not there [foreign-key-violation]"));
}

TEST(SqliteSet, AFalseVerifyRowIsAFinding) {
  Set set;
  set.Add("CREATE TABLE a (x TEXT)", "", "SELECT count(*) = 1 FROM a");
  EXPECT_THAT(
      Said(RunSqliteSet(set.set, false)),
      ElementsAre(
          "1.verify.sql:0-26: the verify query gives a row that is not true [verify-failed]"));
}

TEST(SqliteSet, AnUpThatFailsAfterItsDownIsADifference) {
  Set set;
  set.Add("CREATE TABLE a (x TEXT UNIQUE)", "DROP TABLE a")
      .Add("INSERT INTO a VALUES ('1')", "SELECT 1");
  const SqliteSetResult result = RunSqliteSet(set.set, true);
  EXPECT_THAT(result.roundtrip[1].differences,
              ElementsAre("the up script fails after the down: UNIQUE constraint failed: a.x"));
}

}  // namespace
}  // namespace strata::shadow
