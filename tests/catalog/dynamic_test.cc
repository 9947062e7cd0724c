// What blocks and functions make up as they run: what can be read is applied or put in doubt, and
// all else stays as certain as it was.
#include <gtest/gtest.h>

#include "fixture.h"

namespace strata::catalog {
namespace {

constexpr char kSkipped[] = "skipped: a DO block executes statements made up as it runs\n";

std::string Block(const std::string& body) { return "DO $$ BEGIN " + body + " END $$; "; }

TEST(Dynamic, ATextOfConstantsIsAStatementLikeAnyOther) {
  EXPECT_EQ(Problems(Block("EXECUTE 'CREATE TABLE ' || 'a' || format('(%I int)', 'b c');") +
                     "INSERT INTO a (\"b c\", d) VALUES (1, 2);"),
            "undefined-column: column \"d\" of relation \"a\" does not exist\n");
  EXPECT_EQ(
      Problems("CREATE TABLE t (a int);"
               "DO $$ DECLARE s text := 'DROP TABLE '; BEGIN s := s || 't'; EXECUTE s; END $$;"
               "SELECT * FROM t;"),
      "undefined-table: relation \"t\" does not exist\n");
}

TEST(Dynamic, ALoopOverConstantsIsFollowed) {
  const std::string tables = "CREATE TABLE a (x int); CREATE TABLE b (x int);";
  const std::string use = "SELECT y FROM a; SELECT y FROM b; SELECT z FROM b;";
  const std::string expected = "undefined-column: column \"z\" does not exist\n";
  EXPECT_EQ(Problems(tables +
                     "DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP EXECUTE "
                     "format('ALTER TABLE %I ADD y int', t); END LOOP; END $$;" +
                     use),
            expected);
  EXPECT_EQ(Problems(tables +
                     "DO $$ DECLARE r record; BEGIN FOR r IN SELECT unnest(ARRAY['a', 'b']) AS t "
                     "LOOP EXECUTE 'ALTER TABLE ' || r.t || ' ADD y int'; END LOOP; END $$;" +
                     use),
            expected);
}

TEST(Dynamic, AViewIsMadeAgainFromItsDefinition) {
  EXPECT_EQ(Problems("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;"
                     "DO $$ DECLARE d text; BEGIN d := pg_get_viewdef('v'); DROP VIEW v;"
                     "ALTER TABLE t ALTER a TYPE bigint;"
                     "EXECUTE format('CREATE VIEW v AS %s', d); END $$;"
                     "SELECT b FROM v; ALTER TABLE t ALTER a TYPE int;"),
            "undefined-column: column \"b\" does not exist\n"
            "feature-not-supported: cannot alter type of a column used by a view or rule\n");
}

TEST(Dynamic, DataAndSettingsPutNothingInDoubt) {
  EXPECT_EQ(Problems("CREATE TABLE t (a int);" +
                     Block("EXECUTE 'ALTER DATABASE ' || current_database() || ' SET x.y = 1';"
                           "EXECUTE format('UPDATE %I SET a = 1', (SELECT 't'));") +
                     "SELECT b FROM t; SELECT * FROM u;"),
            "undefined-column: column \"b\" does not exist\n"
            "undefined-table: relation \"u\" does not exist\n");
}

TEST(Dynamic, OnlyWhatTheTextMayMakeIsInDoubt) {
  EXPECT_EQ(Problems("CREATE TABLE t (a int);" +
                     Block("EXECUTE 'CREATE TABLE log_' || now()::date || ' (a int)';") +
                     "SELECT * FROM log_1; SELECT * FROM logs; DROP VIEW log_1;"),
            std::string(kSkipped) +
                "undefined-table: relation \"logs\" does not exist\n"
                "undefined-table: view \"log_1\" does not exist\n");
  EXPECT_EQ(Problems("CREATE TABLE t (a int);" +
                     Block("EXECUTE format('CREATE TRIGGER g BEFORE UPDATE ON %s EXECUTE FUNCTION "
                           "f()', (SELECT 't'));") +
                     "DROP TRIGGER g ON t; DROP TRIGGER h ON t; SELECT b FROM t;"),
            std::string(kSkipped) +
                "undefined-object: trigger \"h\" for table \"t\" does not "
                "exist\nundefined-column: column \"b\" does not exist\n");
}

TEST(Dynamic, OnlyWhatWasThereMayBeGone) {
  EXPECT_EQ(Problems("CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0)); CREATE INDEX i ON t (a);" +
                     Block("EXECUTE 'DROP INDEX ' || (SELECT 'i');") +
                     "DROP INDEX j; CREATE INDEX i ON t (a); ALTER TABLE t DROP CONSTRAINT d;"),
            std::string(kSkipped) +
                "undefined-object: index \"j\" does not exist\n"
                "undefined-object: constraint \"d\" of relation \"t\" does not exist\n");
  EXPECT_EQ(Problems("CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES t);" +
                     Block("EXECUTE 'ALTER TABLE t DROP CONSTRAINT ' || (SELECT 'x');") +
                     "ALTER TABLE t ADD CONSTRAINT t_b_fkey FOREIGN KEY (b) REFERENCES t (a);"
                     "CREATE TABLE u (c int REFERENCES t (z));"),
            std::string(kSkipped) +
                "undefined-column: column \"z\" referenced in foreign key "
                "constraint does not exist\n");
}

TEST(Dynamic, WhatCannotBeDroppedAloneDoesNotKeepTheRestCertain) {
  EXPECT_EQ(Problems("CREATE TABLE t (a int PRIMARY KEY); CREATE INDEX i ON t (a);"
                     "CREATE TYPE e AS ENUM ('a');" +
                     Block("EXECUTE 'DROP INDEX ' || (SELECT 'i');") +
                     Block("EXECUTE format('ALTER TYPE %I RENAME TO e_old', (SELECT 'e'));") +
                     "CREATE INDEX i ON t (a); CREATE TYPE e AS ENUM ('b'); DROP TYPE e_old;"),
            std::string(kSkipped) + kSkipped);
}

TEST(Dynamic, ParametersOfExecuteAreNotJudged) {
  EXPECT_EQ(
      Problems("CREATE TABLE t (a int);" + Block("EXECUTE 'INSERT INTO t VALUES ($1)' USING 1;")),
      "");
}

TEST(Dynamic, WhatMayBeGoneGivesWay) {
  EXPECT_EQ(Problems("CREATE TABLE t (a int PRIMARY KEY); CREATE VIEW v AS SELECT a FROM t;" +
                     Block("EXECUTE format('DROP TABLE %I CASCADE', (SELECT 't'));") +
                     "CREATE TABLE t (b int PRIMARY KEY); CREATE VIEW v AS SELECT b FROM t;"
                     "SELECT a FROM t;"),
            std::string(kSkipped) + "undefined-column: column \"a\" does not exist\n");
  EXPECT_EQ(
      Problems("CREATE TABLE t (a int);" + Block("EXECUTE format('DROP TABLE %I', (SELECT 't'));") +
               "CREATE TABLE IF NOT EXISTS t (b int); SELECT b FROM t;"),
      kSkipped);
  EXPECT_EQ(Problems("CREATE TABLE t (a int PRIMARY KEY, b int NOT NULL);" +
                     Block("EXECUTE format('ALTER TABLE t DROP CONSTRAINT %I', (SELECT 'x'));") +
                     "ALTER TABLE t ADD PRIMARY KEY (b);"
                     "INSERT INTO t VALUES (1, 1) ON CONFLICT (b) DO NOTHING;"),
            kSkipped);
}

TEST(Dynamic, NothingIsSaidAfterATextThatCannotBeRead) {
  EXPECT_EQ(Problems("CREATE TABLE t (a int);" + Block("EXECUTE (SELECT a FROM t);") +
                     "SELECT * FROM u; SELECT b FROM t; SELECT x.a FROM t;"),
            std::string(kSkipped) + "undefined-table: missing FROM-clause entry for table \"x\"\n");
}

TEST(Dynamic, AFunctionActsWhenItIsCalled) {
  const std::string function =
      "CREATE TABLE t (a int); CREATE FUNCTION f(t regclass, c text) RETURNS void AS $$ BEGIN "
      "EXECUTE format('ALTER TABLE %s ADD %I int', t, c); END $$ LANGUAGE plpgsql;";
  EXPECT_EQ(Problems(function + "SELECT b FROM t;"),
            "undefined-column: column \"b\" does not exist\n");
  EXPECT_EQ(Problems(function + "SELECT f('t', 'b'); SELECT b FROM t; SELECT c FROM t;"),
            "undefined-column: column \"c\" does not exist\n");
  EXPECT_EQ(Problems(function + "SELECT f('t', now()::text); SELECT b FROM t; SELECT * FROM u;"),
            std::string(kSkipped) + "undefined-table: relation \"u\" does not exist\n");
}

TEST(Dynamic, WhatAnUnreadableBlockNamesIsInDoubt) {
  EXPECT_EQ(Problems("CREATE TABLE t (a int);"
                     "DO $$ DECLARE c CURSOR FOR SELECT 'x' AS n; BEGIN FOR r IN c LOOP EXECUTE "
                     "'CREATE INDEX i ON ' || r.n; END LOOP; END $$;"
                     "DROP INDEX i; DROP INDEX j;")
                .substr(0, 41),
            "skipped: the body is not analysed: syntax");
}

TEST(Dynamic, ABlocksMistakesAreReported) {
  EXPECT_EQ(Problems("CREATE TABLE t (a int);" + Block("ALTER TABLE nope ADD a int;") +
                     Block("PERFORM f(1);") + Block("CREATE TABLE t (b int);") +
                     "ALTER TABLE nope ADD b int;"),
            "undefined-table: relation \"nope\" does not exist\n"
            "undefined-function: function f(integer) does not exist\n"
            "duplicate-table: relation \"t\" already exists\n");
}

TEST(Dynamic, AConditionIsAQuery) {
  EXPECT_EQ(Problems(Block("IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typnme = 'x') THEN "
                           "CREATE TYPE x AS ENUM (); END IF;")),
            "undefined-column: column \"typnme\" does not exist\n");
  EXPECT_EQ(Problems(Block("UPDATE pg_class SET relname = relname WHERE false;"
                           "IF FOUND THEN CREATE TABLE x (); END IF;")),
            "");
}

TEST(Dynamic, OnlySomeLanguagesRunBlocks) {
  EXPECT_EQ(Problems("DO LANGUAGE sql 'SELECT 1';"),
            "feature-not-supported: language \"sql\" does not support inline code execution\n");
}

TEST(Dynamic, AReturnMakesTheRestUncertain) {
  EXPECT_EQ(Problems("CREATE TABLE t (a int);" +
                     Block("IF (SELECT count(*) FROM t) > 0 THEN RETURN; END IF;"
                           "ALTER TABLE t ADD b int;") +
                     "ALTER TABLE t ADD b int; ALTER TABLE t ADD a int;"),
            "duplicate-column: column \"a\" of relation \"t\" already exists\n");
}

}  // namespace
}  // namespace strata::catalog
