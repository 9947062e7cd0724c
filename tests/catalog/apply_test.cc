#include "catalog/apply/apply.h"

#include <gtest/gtest.h>

#include "catalog/fixture.h"

namespace strata::catalog {
namespace {

// The help of the first problem.
std::string HelpOf(const std::string& text) {
  Catalog catalog;
  const sql::ParsedScript script = sql::Parse(text);
  for (const sql::ParsedStatement& statement : script.statements) {
    const ApplyResult result = Apply(&catalog, text, statement, true);
    if (!result.findings.problems.empty()) return result.findings.problems[0].help;
  }
  return "";
}

TEST(Apply, PointsAtTheName) {
  EXPECT_EQ(PlaceOf("CREATE TABLE users (email text);\nALTER TABLE users DROP COLUMN emial;"),
            "emial");
  EXPECT_EQ(
      PlaceOf("CREATE TABLE users (email text);\nALTER TABLE users ADD x int, DROP \"emial\";"),
      "\"emial\"");
  EXPECT_EQ(PlaceOf("DROP TABLE public.usres;"), "public.usres");
  EXPECT_EQ(PlaceOf("CREATE TABLE t (a int); CREATE INDEX i ON t (a); CREATE INDEX i ON t (a);"),
            "i");
  EXPECT_EQ(PlaceOf("CREATE TABLE t (a int); COMMENT ON COLUMN t.b IS 'b';"), "b");
}

TEST(Apply, SuggestsTheNearestName) {
  EXPECT_EQ(HelpOf("CREATE TABLE users (email text);\nALTER TABLE users DROP COLUMN emial;"),
            "did you mean \"email\"?");
  EXPECT_EQ(HelpOf("CREATE TABLE users (email text);\nDROP TABLE user_s;"),
            "did you mean \"users\"?");
  EXPECT_EQ(HelpOf("CREATE EXTENSION pg_trgrm;"), "did you mean \"pg_trgm\"?");
}

TEST(Apply, OneMistakeIsReportedOnce) {
  EXPECT_EQ(Problems("ALTER TABLE usres ADD a int; ALTER TABLE usres ADD b int; CREATE INDEX i ON "
                     "usres (a); DROP INDEX i;"),
            "undefined-table: relation \"usres\" does not exist\n");
  EXPECT_EQ(Problems("CREATE TABLE t (a strng); INSERT INTO t VALUES (1); CREATE INDEX i ON t (a); "
                     "DROP TABLE t;"),
            "undefined-object: type \"strng\" does not exist\n");
}

TEST(Apply, RefusesToDropWhatIsNeeded) {
  EXPECT_EQ(HelpOf("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; DROP TABLE t;"),
            "view v depends on table t; drop what depends on it first, or use CASCADE");
}

TEST(Apply, OutsideATransactionConcurrentlyIsFine) {
  EXPECT_EQ(
      Problems("CREATE TABLE t (a int); CREATE INDEX CONCURRENTLY i ON t (a); VACUUM t;", false),
      "");
  EXPECT_EQ(
      Problems("CREATE TABLE t (a int); CREATE INDEX CONCURRENTLY i ON t (a);", true),
      "active-sql-transaction: CREATE INDEX CONCURRENTLY cannot run inside a transaction block\n");
}

TEST(Apply, WhatADoBlockMakesUpIsNotJudged) {
  EXPECT_EQ(Problems("DO $$ DECLARE i int; BEGIN FOR i IN 1..3 LOOP EXECUTE 'CREATE TABLE part_' "
                     "|| i || ' (a int)'; END LOOP; END $$;"
                     "DROP TABLE part_2; DROP TABLE other;"),
            "skipped: a DO block executes statements made up as it runs\n"
            "undefined-table: table \"other\" does not exist\n");
}

TEST(Apply, AnUnknownServersExtensionIsNotAccused) {
  EXPECT_EQ(Problems("CREATE EXTENSION postgis; CREATE TABLE t (g geometry(Point, 4326)); SELECT "
                     "ST_X(g) FROM t;"),
            "skipped: what the extension \"postgis\" brings is not known\n");
}

}  // namespace
}  // namespace strata::catalog
