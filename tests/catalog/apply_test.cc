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

TEST(Apply, SerialIsATypeForNewColumnsOnly) {
  EXPECT_EQ(Problems("CREATE TABLE t (a int); ALTER TABLE t ALTER a TYPE BIGSERIAL;"),
            "undefined-object: type \"bigserial\" does not exist\n");
}

TEST(Apply, AnExtensionTakesItsForeignDataWrapperAway) {
  EXPECT_EQ(Problems("CREATE EXTENSION postgres_fdw; DROP EXTENSION postgres_fdw;"
                     "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw;"),
            "undefined-object: foreign-data wrapper \"postgres_fdw\" does not exist\n");
}

TEST(Apply, ANewTypeMustFitTheChecks) {
  const std::string table =
      "CREATE TABLE t (a int CHECK (a > 0), b varchar(9) CHECK (b <> 'x')); CREATE INDEX ON t (a) "
      "WHERE a > 1;";
  EXPECT_EQ(Problems(table + "ALTER TABLE t ALTER a TYPE varchar;"),
            "undefined-function: operator does not exist: character varying > integer\n");
  EXPECT_EQ(Problems(table + "ALTER TABLE t ALTER a TYPE bigint; ALTER TABLE t ALTER b TYPE text;"),
            "");
}

TEST(Apply, AnUnknownServersExtensionIsNotAccused) {
  EXPECT_EQ(Problems("CREATE EXTENSION timescaledb; SELECT create_hypertable('t', 'at');"
                     "SELECT * FROM timescaledb_information.chunks;"),
            "skipped: what the extension \"timescaledb\" brings is not known\n");
}

TEST(Apply, OfAKnownExtensionElsewhereOnlyItsOwnNamesAreInDoubt) {
  EXPECT_EQ(Problems("CREATE EXTENSION postgis; CREATE TABLE t (g geometry(Point, 4326));"
                     "SELECT ST_X(g) FROM t; SELECT * FROM spatial_ref_sys;"),
            "");
  EXPECT_EQ(Problems("CREATE EXTENSION vector; CREATE TABLE t (e vector(3));"
                     "CREATE INDEX ON t USING hnsw (e vector_l2_ops); SELECT e <=> e FROM t;"
                     "SELECT e::text = 1 FROM t; CREATE TABLE u (a varcher); SELECT no_w();"
                     "CREATE INDEX ON t USING btreee (e);"),
            "undefined-function: operator does not exist: text = integer\n"
            "undefined-object: type \"varcher\" does not exist\n"
            "undefined-function: function no_w() does not exist\n"
            "undefined-object: access method \"btreee\" does not exist\n");
  EXPECT_EQ(Problems("CREATE EXTENSION pg_cron; SELECT cron.schedule('x', '* * * * *', 'SELECT 1');"
                     "SELECT * FROM cron.job; SELECT * FROM cronn.job;"),
            "undefined-table: relation \"cronn.job\" does not exist\n");
}

}  // namespace
}  // namespace strata::catalog
