// What a person wrote against what PostgreSQL prints back for it: no difference.
#include <gtest/gtest.h>

#include <string>

#include "diff/doubt.h"
#include "diff/plan.h"
#include "diff/run.h"

namespace strata::diff {
namespace {

catalog::Catalog Make(const std::string& sql) {
  catalog::Catalog catalog;
  EXPECT_EQ(RunScript(&catalog, sql), "");
  return catalog;
}

// The differences in words, one a line.
std::string Between(const std::string& before, const std::string& after) {
  std::string text;
  for (const Difference& d : StepsBetween(Make(before), Make(after)).differences)
    text += d.object + " " + d.detail + "\n";
  return text;
}

std::string Defaults(const std::string& type, const std::string& before, const std::string& after) {
  return Between("CREATE TABLE t (a " + type + " DEFAULT " + before + ");",
                 "CREATE TABLE t (a " + type + " DEFAULT " + after + ");");
}

TEST(Exact, LiteralsOfOneValueAreTheSame) {
  EXPECT_EQ(Defaults("jsonb", "'{\"b\":1, \"a\" :[1,2],\"cc\":null}'",
                     "'{\"a\": [1, 2], \"b\": 1, \"cc\": null}'::jsonb"),
            "");
  EXPECT_EQ(Defaults("interval", "'90 day'", "'90 days'::interval"), "");
  EXPECT_EQ(Defaults("interval", "'1.5 hours'", "'01:30:00'::interval"), "");
  EXPECT_EQ(Defaults("interval", "'14 mons ago'", "'-1 years -2 mons'::interval"), "");
  EXPECT_EQ(Defaults("timestamptz", "'1970-01-01 00:00:00 UTC'",
                     "'1970-01-01 00:00:00+00'::timestamp with time zone"),
            "");
  EXPECT_EQ(Defaults("timestamptz", "'2020-02-29T23:30:00-02:00'", "'2020-03-01 01:30:00+00'"), "");
  EXPECT_EQ(Defaults("timestamp", "'epoch'", "'1970-01-01 00:00:00'::timestamp"), "");
  EXPECT_EQ(Defaults("bytea", "''", "'\\x'::bytea"), "");
  EXPECT_EQ(Defaults("text[]", "'{ a, \"b\" ,\"c d\"}'", "'{a,b,\"c d\"}'::text[]"), "");
  EXPECT_EQ(Defaults("boolean", "'yes'", "true"), "");
  EXPECT_EQ(Defaults("uuid", "'{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}'",
                     "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid"),
            "");
  EXPECT_EQ(Defaults("varchar(5)", "''", "''::character varying"), "");
}

TEST(Exact, AValueOfADomainIsOneOfItsBaseType) {
  const std::string types =
      "CREATE TYPE mood AS ENUM ('A'); CREATE DOMAIN m AS mood; CREATE DOMAIN n AS int;"
      "CREATE DOMAIN v AS varchar(5);";
  EXPECT_EQ(
      Between(types + "CREATE TABLE t (m m DEFAULT 'A', n n DEFAULT '5', v v DEFAULT 'it''s',"
                      " CHECK (n > '5'::n));",
              types + "CREATE TABLE t (m m DEFAULT 'A'::mood, n n DEFAULT 5, v v DEFAULT "
                      "'it''s'::character varying, CHECK ((n)::integer > ((5)::n)::integer));"),
      "");
}

// As PostgreSQL prints them after ALTER TYPE … RENAME VALUE 'A' TO 'it''s'.
TEST(Exact, ALabelsNewNameIsWrittenWhereTheOldOneWas) {
  const auto schema = [](const std::string& label, const std::string& in_text) {
    return "CREATE TYPE mood AS ENUM (" + label + ", 'B');" + "CREATE DOMAIN d AS mood DEFAULT " +
           label + " CHECK (VALUE <> " + label + ");" + "CREATE TABLE t (m mood DEFAULT " + label +
           " CHECK (m <> " + label + "), d d DEFAULT " + label + ", ms mood[] DEFAULT '{" +
           in_text + ",B}', t text DEFAULT 'A', n int);" +
           "CREATE INDEX i ON t (n) WHERE m = " + label + ";" +
           "CREATE INDEX j ON t ((CASE m WHEN " + label + " THEN 1 ELSE 2 END));" +
           "CREATE VIEW v AS WITH q AS (SELECT * FROM t WHERE m IN (" + label + ", 'B')) SELECT " +
           "count(*) FILTER (WHERE q.m = " + label + ") OVER (ORDER BY q.m = " + label +
           ") FROM q JOIN (SELECT 1 AS n WHERE EXISTS (SELECT 1 FROM t x WHERE x.m = " + label +
           " AND x.t = 'A')) z ON z.n = q.n;" + "CREATE TABLE p (m mood) PARTITION BY LIST (m);" +
           "CREATE TABLE pa PARTITION OF p FOR VALUES IN (" + label + ");" +
           "CREATE TABLE s (t text) PARTITION BY LIST (t);" +
           "CREATE TABLE sa PARTITION OF s FOR VALUES IN ('A');" +
           "CREATE FUNCTION f(x mood DEFAULT " + label +
           ") RETURNS int LANGUAGE sql AS 'SELECT 1';" +
           "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';" +
           "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.m = " + label +
           ") EXECUTE FUNCTION g();" + "CREATE POLICY p ON t USING (m = " + label +
           ") WITH CHECK (m IN (" + label + ", 'B'));";
  };
  EXPECT_EQ(Between(schema("'A'", "A") + "ALTER TYPE mood RENAME VALUE 'A' TO 'it''s';",
                    schema("'it''s'", "it''s")),
            "");
}

// PostgreSQL looks into a body when the function is made, and never again.
TEST(Exact, TheWayBackToABodyThatHasGoneStale) {
  const std::string before =
      "CREATE TABLE v (a int); CREATE FUNCTION m(x v) RETURNS int LANGUAGE sql AS 'SELECT x.a';"
      "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT sum(m(v)) FROM v';"
      "ALTER TABLE v RENAME TO raw; CREATE VIEW v AS SELECT * FROM raw;";
  const Plan plan = MakePlan(Make(before), Make(before + "DROP FUNCTION f; DROP FUNCTION m;"), {});
  EXPECT_EQ(plan.refusal, "");
  ASSERT_EQ(plan.files.size(), 1u);
  EXPECT_EQ(plan.files[0].down.rfind(
                "-- A function's body names what had another name, or more, when it was written.\n"
                "SET LOCAL check_function_bodies = off;\n\n",
                0),
            0u)
      << plan.files[0].down;
}

// What pg_get_statisticsobjdef prints of them.
TEST(Exact, StatisticsAreOfColumnsInTheTablesOrderThenOfExpressions) {
  const std::string table = "CREATE TABLE t (id int, name varchar(9), qty int, f jsonb);";
  EXPECT_EQ(Between(table + "CREATE STATISTICS st ON (lower(name)), qty, (qty + id), id FROM t;",
                    table + "CREATE STATISTICS st ON id, qty, lower((name)::text), (qty + id) FROM "
                            "t;"),
            "");
  EXPECT_EQ(Between(table + "CREATE STATISTICS st (ndistinct) ON qty, id FROM t;",
                    table + "CREATE STATISTICS st (ndistinct) ON id, qty FROM t;"),
            "");
  EXPECT_EQ(Between(table + "CREATE STATISTICS st ON qty, (f ->> 'a') FROM t; ALTER TABLE t RENAME "
                            "COLUMN f TO g; ALTER TABLE t RENAME COLUMN qty TO amount;",
                    "CREATE TABLE t (id int, name varchar(9), amount int, g jsonb);"
                    "CREATE STATISTICS st ON amount, (g ->> 'a'::text) FROM t;"),
            "");
  EXPECT_EQ(Between(table + "CREATE STATISTICS st ON qty, id FROM t;",
                    table + "CREATE STATISTICS st ON qty, (id + 1) FROM t;"),
            "statistics st is defined otherwise\n");
  EXPECT_EQ(
      Between(table + "CREATE STATISTICS st ON qty, (id + 1) FROM t; CREATE TABLE u (x int, LIKE "
                      "t INCLUDING STATISTICS);",
              table + "CREATE STATISTICS st ON qty, (id + 1) FROM t; CREATE TABLE u (x int, LIKE "
                      "t); CREATE STATISTICS u_qty_expr_stat ON qty, (id + 1) FROM u;"),
      "");
}

TEST(Exact, PublicationsFollowAColumnsName) {
  EXPECT_EQ(
      Between("CREATE TABLE t (id int PRIMARY KEY, qty int, length text);"
              "CREATE PUBLICATION p FOR TABLE t (id, qty) WHERE (qty > 3 AND length(length) < 4);"
              "ALTER TABLE t RENAME COLUMN qty TO \"Amount\";"
              "ALTER TABLE t RENAME COLUMN length TO size;",
              "CREATE TABLE t (id int PRIMARY KEY, \"Amount\" int, size text);"
              "CREATE PUBLICATION p FOR TABLE t (id, \"Amount\") WHERE (\"Amount\" > 3 AND "
              "length(size) < 4);"),
      "");
}

// What pg_get_functiondef prints of them.
TEST(Exact, BodiesThatArePartOfTheStatement) {
  const std::string tables =
      "CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE t (id int PRIMARY KEY, m mood, qty "
      "numeric(10,2), at timestamptz, tags text[]);";
  const auto both = [&](const std::string& head, const std::string& written,
                        const std::string& printed) {
    EXPECT_EQ(Between(tables + "CREATE FUNCTION f" + head + written + ";",
                      tables + "CREATE FUNCTION f" + head + printed + ";"),
              "");
  };
  both("(a int) RETURNS int LANGUAGE sql ", "RETURN a + 1", "RETURN (a + 1)");
  both("(int, text) RETURNS text LANGUAGE sql ", "RETURN $2 || $1::text",
       "RETURN ($2 || ($1)::text)");
  both("(since date, OUT n bigint, OUT total numeric) LANGUAGE sql ",
       "BEGIN ATOMIC SELECT count(*), coalesce(sum(qty), 0) FROM t WHERE at >= since AND m <> 'a'; "
       "END",
       "BEGIN ATOMIC SELECT count(*) AS count, COALESCE(sum(t.qty), (0)::numeric) AS \"coalesce\" "
       "FROM t WHERE ((t.at >= f.since) AND (t.m <> 'a'::mood)); END");
  both(
      "(p t) RETURNS void LANGUAGE sql ",
      "BEGIN ATOMIC INSERT INTO t (id, m) VALUES (p.id, (p).m) ON CONFLICT (id) DO UPDATE SET m = "
      "excluded.m WHERE t.qty > 0; DELETE FROM t WHERE id = p.id; END",
      "BEGIN ATOMIC INSERT INTO t (id, m) VALUES ((f.p).id, (f.p).m) ON CONFLICT(id) DO UPDATE SET "
      "m = excluded.m WHERE (t.qty > (0)::numeric); DELETE FROM t WHERE (t.id = (f.p).id); END");
}

TEST(Exact, ABodyHasTheNamesOfToday) {
  const std::string table = "CREATE TABLE t (id int, name text);";
  EXPECT_EQ(
      Between(
          table +
              "CREATE FUNCTION f(a int) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT name FROM "
              "t WHERE id = a; END; ALTER TABLE t RENAME COLUMN name TO title;"
              "ALTER TABLE t RENAME TO things; ALTER FUNCTION f RENAME TO g;",
          "CREATE TABLE things (id int, title text); CREATE FUNCTION g(a int) RETURNS text "
          "LANGUAGE sql BEGIN ATOMIC SELECT title AS name FROM things WHERE id = g.a; END;"),
      "");
}

TEST(Exact, ANullDefaultStaysWhereTheTypeHasALength) {
  EXPECT_EQ(Defaults("varchar(5)", "NULL", "NULL::character varying"), "");
  EXPECT_EQ(
      Between("CREATE TABLE t (a varchar(5));", "CREATE TABLE t (a varchar(5) DEFAULT NULL);"),
      "column t.a has no default instead of NULL\n");
  EXPECT_EQ(Between("CREATE TABLE t (a text);", "CREATE TABLE t (a text DEFAULT NULL);"), "");
}

TEST(Exact, OtherValuesAreNot) {
  EXPECT_EQ(Defaults("jsonb", "'{\"b\":1}'", "'{\"b\": 2}'"),
            "column t.a has the default '{\"b\":1}' instead of '{\"b\": 2}'\n");
  EXPECT_EQ(Defaults("interval", "'90 day'", "'91 days'"),
            "column t.a has the default '90 day' instead of '91 days'\n");
}

TEST(Exact, ImplicitCastsAreShown) {
  EXPECT_EQ(Between("CREATE TABLE t (a varchar(9) CHECK (a <> ''), b int);"
                    "CREATE INDEX i ON t (b) WHERE a = 'x';",
                    "CREATE TABLE t (a varchar(9) CHECK ((a)::text <> ''::text), b int);"
                    "CREATE INDEX i ON t (b) WHERE ((a)::text = 'x'::text);"),
            "");
  EXPECT_EQ(Defaults("timestamptz", "to_timestamp(0)", "to_timestamp((0)::double precision)"), "");
  EXPECT_EQ(Between("CREATE TABLE t (a int, b timestamp, c timestamp GENERATED ALWAYS AS "
                    "(CASE WHEN a > 0 THEN b END) STORED);",
                    "CREATE TABLE t (a int, b timestamp, c timestamp GENERATED ALWAYS AS "
                    "(CASE WHEN (a > 0) THEN b ELSE NULL::timestamp without time zone END) "
                    "STORED);"),
            "");
}

TEST(Exact, AListIsPrintedInTwoWays) {
  const std::string table = "CREATE TABLE t (a varchar(9), CONSTRAINT c CHECK (";
  const std::string written = table + "a IN ('x', 'y')));";
  EXPECT_EQ(Between(written, table + "((a)::text = ANY ((ARRAY['x'::character varying, "
                                     "'y'::character varying])::text[]))));"),
            "");
  EXPECT_EQ(Between(written, table + "((a)::text = ANY (ARRAY[('x'::character varying)::text, "
                                     "('y'::character varying)::text]))));"),
            "");
  EXPECT_EQ(Between("CREATE TABLE t (a bigint CHECK (a NOT IN (1, 2)));",
                    "CREATE TABLE t (a bigint CHECK (a <> ALL (ARRAY[(1)::bigint, 2])));"),
            "");
}

TEST(Exact, NamesInsideAQueryDoNotMatter) {
  const std::string table = "CREATE TABLE t (a int, b int); CREATE VIEW v AS ";
  EXPECT_EQ(Between(table + "SELECT a.a FROM (SELECT a.a, 1 AS n FROM t a) a;",
                    table + "SELECT a.a FROM (SELECT a_1.a, 1 AS n FROM t a_1) a;"),
            "");
  EXPECT_EQ(Between(table + "SELECT a FROM t UNION SELECT b FROM t;",
                    table + "SELECT t.a FROM t UNION SELECT t.b AS a FROM t;"),
            "");
  EXPECT_EQ(Between(table + "SELECT x.a FROM t x, t y;", table + "SELECT y.a FROM t x, t y;"),
            "view v is defined otherwise\n");
}

TEST(Exact, AFieldOfATimeIsTheSameInCapitals) {
  const std::string view = "CREATE VIEW v AS SELECT extract(";
  EXPECT_EQ(Between(view + "'YEAR' FROM now()) AS y;", view + "YEAR FROM now()) AS y;"), "");
  EXPECT_NE(Between(view + "'YEAR' FROM now()) AS y;", view + "day FROM now()) AS y;"), "");
}

TEST(Exact, FieldsOfARowHaveTheTypesOfTheirPlaces) {
  const std::string pair = "CREATE TYPE pair AS (a bigint, b text); CREATE TABLE t (a int);";
  EXPECT_EQ(Between(pair + "CREATE VIEW v AS SELECT ROW(a, 'x')::pair AS p FROM t;",
                    pair + "CREATE VIEW v AS SELECT ROW(a::bigint, 'x'::text)::pair AS p FROM t;"),
            "");
}

TEST(Exact, ARangeHasItsMultirange) {
  EXPECT_EQ(Between("CREATE TYPE r AS RANGE (subtype = int4);",
                    "CREATE TYPE r AS RANGE (subtype = integer, "
                    "multirange_type_name = public.r_multirange);"),
            "");
}

TEST(Exact, ASequenceIsFollowedByItsDefaults) {
  EXPECT_EQ(Between("CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval('s'));"
                    "ALTER SEQUENCE s RENAME TO r;",
                    "CREATE SEQUENCE r;"
                    "CREATE TABLE t (a int DEFAULT nextval('public.r'::regclass));"),
            "");
}

TEST(Exact, AKeyWithoutANameTakesThatOfItsRepetition) {
  EXPECT_EQ(Between("CREATE TABLE t (a int CONSTRAINT u UNIQUE, PRIMARY KEY (a));",
                    "CREATE TABLE t (a int CONSTRAINT u PRIMARY KEY);"),
            "");
}

TEST(Dump, LoadsAgain) {
  const std::string sql =
      "CREATE ROLE reader; CREATE TYPE k AS ENUM ('A', 'B');"
      "CREATE TABLE p (a k, b text) PARTITION BY LIST (a);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('A');"
      "GRANT SELECT ON p TO reader;"
      "CREATE FUNCTION f(text, text) RETURNS text LANGUAGE sql AS 'SELECT $1';"
      "CREATE AGGREGATE g (text) (sfunc = f, stype = text);"
      "CREATE FUNCTION pg_temp.h() RETURNS int LANGUAGE sql AS 'SELECT 1';"
      "CREATE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
      "CREATE TRIGGER t AFTER UPDATE ON p1 FOR EACH ROW WHEN (OLD.b IS DISTINCT FROM NEW.b)"
      " EXECUTE FUNCTION changed();"
      "CREATE COLLATION c (provider = icu, locale = 'und', deterministic = false);";
  const std::string dump = Dump(Make(sql));
  for (const char* part : {"CREATE AGGREGATE g(text)", "FOR VALUES IN ('A')", "old.b IS DISTINCT",
                           "CREATE ROLE reader", "CREATE COLLATION c ("}) {
    EXPECT_NE(dump.find(part), std::string::npos) << part << " in:\n" << dump;
  }
  EXPECT_EQ(dump.find("pg_temp"), std::string::npos) << dump;
  EXPECT_EQ(Dump(Make(dump)), dump);
}

TEST(Dump, ExpressionsKeepTheParenthesesThatTheyNeed) {
  const std::string sql =
      "CREATE TABLE t (a boolean DEFAULT (true AND false), b boolean DEFAULT (now() IS NULL),"
      " c timestamp DEFAULT (now() AT TIME ZONE 'utc'), d int DEFAULT (1 + 2), e date,"
      " f text, g text GENERATED ALWAYS AS (trim(f)) STORED,"
      " CHECK (extract(year FROM e) > 2000));"
      "CREATE INDEX i ON t (extract(year FROM e), (c AT TIME ZONE 'utc'), substring(f FROM 2 FOR "
      "1));"
      "CREATE DOMAIN h AS timestamp DEFAULT (now() AT TIME ZONE 'utc');"
      "CREATE FUNCTION k(x timestamp DEFAULT (now() AT TIME ZONE 'utc')) RETURNS int"
      " LANGUAGE sql AS 'SELECT 1';"
      "CREATE TABLE p (a date) PARTITION BY RANGE (extract(year FROM a));";
  const std::string dump = Dump(Make(sql));
  for (const char* part :
       {"a boolean DEFAULT (true AND false)", "b boolean DEFAULT (now() IS NULL)",
        "DEFAULT (now() AT TIME ZONE 'utc'::text)", "d integer DEFAULT 1 + 2"}) {
    EXPECT_NE(dump.find(part), std::string::npos) << part << " in:\n" << dump;
  }
  EXPECT_EQ(Dump(Make(dump)), dump);
}

TEST(Dump, AFunctionThatSetsTheSearchPathIsThere) {
  const std::string dump =
      Dump(Make("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$BEGIN"
                " PERFORM set_config('search_path', 'public', true); END$$;"));
  EXPECT_NE(dump.find("CREATE FUNCTION f()"), std::string::npos) << dump;
}

TEST(Dump, PublicHasItsUsageOfTheSchemaPublic) {
  const std::string dump = Dump(Make("CREATE ROLE r; GRANT USAGE ON SCHEMA public TO r;"));
  EXPECT_NE(dump.find("GRANT USAGE ON SCHEMA public TO r;"), std::string::npos) << dump;
  EXPECT_EQ(dump.find("TO PUBLIC"), std::string::npos) << dump;
}

TEST(Dump, NamesAFunctionThatAnotherHides) {
  const std::string dump =
      Dump(Make("CREATE EXTENSION pgcrypto; CREATE TABLE t (a uuid DEFAULT gen_random_uuid(),"
                " b uuid DEFAULT public.gen_random_uuid());"));
  EXPECT_NE(dump.find("a uuid DEFAULT gen_random_uuid()"), std::string::npos) << dump;
  EXPECT_NE(dump.find("b uuid DEFAULT public.gen_random_uuid()"), std::string::npos) << dump;
}

TEST(Dump, MakesFunctionsOfOneNameAfterThoseTheyCall) {
  const std::string dump = Dump(
      Make("CREATE FUNCTION f(int, int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $2 + $3';"
           "CREATE FUNCTION f(int, int) RETURNS int LANGUAGE sql AS 'SELECT f($1, $2, 3)';"
           "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT f($1, 2)';"));
  EXPECT_LT(dump.find("f(integer, integer, integer)"), dump.find("f(integer, integer)"));
  EXPECT_LT(dump.find("f(integer, integer)"), dump.find("f(integer)"));
  EXPECT_EQ(Dump(Make(dump)), dump);
}

TEST(Dump, MakesTypesAfterTheTablesWhoseRowsTheyHold) {
  const std::string dump =
      Dump(Make("CREATE TABLE z (id int, next int); CREATE TYPE a AS (row z, rows z[]);"
                "CREATE DOMAIN d AS a; CREATE TABLE b (x a, y d);"));
  EXPECT_LT(dump.find("CREATE TABLE z"), dump.find("CREATE TYPE a")) << dump;
  EXPECT_EQ(Dump(Make(dump)), dump);
}

TEST(Dump, KeepsFunctionsOfTheServerAndOfLibraries) {
  const std::string dump =
      Dump(Make("CREATE TYPE r AS RANGE (subtype = int);"
                "CREATE FUNCTION plus(int, int) RETURNS int LANGUAGE internal STRICT AS 'int4pl';"
                "CREATE FUNCTION a(int) RETURNS int LANGUAGE c AS '$libdir/x', 'b';"
                "CREATE FUNCTION b(int) RETURNS int LANGUAGE c AS '$libdir/x';"
                "CREATE FUNCTION to_come(cstring) RETURNS shell LANGUAGE c AS '$libdir/x';"));
  for (const char* part : {"LANGUAGE internal\nSTRICT\nAS 'int4pl';", "AS '$libdir/x', 'b';",
                           "LANGUAGE c\nAS '$libdir/x';", "CREATE TYPE shell;"}) {
    EXPECT_NE(dump.find(part), std::string::npos) << part << " in:\n" << dump;
  }
  EXPECT_EQ(dump.find("FUNCTION r("), std::string::npos) << dump;
  EXPECT_EQ(Dump(Make(dump)), dump);
}

TEST(Dump, WritesListsAsAPersonWould) {
  const std::string dump =
      Dump(Make("CREATE TABLE t (a varchar CHECK (a IN ('x', 'y')), b bigint,"
                " CHECK (b NOT IN (1, 2)), CHECK (b = ANY (ARRAY[3, 4])));"));
  for (const char* part :
       {"CHECK (a IN ('x', 'y'))", "CHECK (b NOT IN (1, 2))", "CHECK (b = ANY (ARRAY[3, 4]))"}) {
    EXPECT_NE(dump.find(part), std::string::npos) << part << " in:\n" << dump;
  }
  EXPECT_EQ(Dump(Make(dump)), dump);
}

TEST(Steps, NamesInDoubtAreNoDifference) {
  const catalog::Catalog live = Make("CREATE TABLE t (a int DEFAULT 1);");
  const catalog::Catalog expected = Make("CREATE TABLE t (a int);");
  EXPECT_EQ(StepsBetween(live, expected).differences.size(), 1U);
  catalog::Session doubts;
  doubts.doubtful = {"t"};
  const Steps steps = StepsBetween(live, expected, &doubts);
  EXPECT_TRUE(steps.differences.empty());
  ASSERT_EQ(steps.unchecked.size(), 1U);
  EXPECT_EQ(steps.unchecked[0].object, "column t.a");
}

Steps StepsWithDoubts(const char* live, const char* expected, const char* made_up) {
  const catalog::Catalog before = Make(live), after = Make(expected);
  catalog::Session doubts;
  RememberWords(&doubts, made_up);
  return StepsBetween(before, after, &doubts);
}

TEST(Steps, MadeUpSqlCastsDoubtOnWhatItCanReach) {
  const char* table = "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS ";
  const std::string live = std::string(table) + "'SELECT 1';",
                    expected = std::string(table) + "'SELECT 2';";
  const char* trigger =
      "DO $$BEGIN EXECUTE format('DROP TRIGGER IF EXISTS g ON %s CASCADE', t); PERFORM f(); "
      "EXECUTE format("
      "'CREATE TRIGGER g BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION f()', t); END$$";
  EXPECT_EQ(StepsWithDoubts(live.c_str(), expected.c_str(), trigger).differences.size(), 1U);
  const char* made = "DO $$BEGIN EXECUTE 'CREATE OR REPLACE FUNCTION f() ' || body; END$$";
  EXPECT_TRUE(StepsWithDoubts(live.c_str(), expected.c_str(), made).differences.empty());
  const char* dropped = "DO $$BEGIN EXECUTE 'DROP TYPE f CASCADE'; END$$";
  EXPECT_TRUE(StepsWithDoubts(live.c_str(), expected.c_str(), dropped).differences.empty());
}

TEST(Steps, RowsAndCommentsOfMadeUpSqlCastNoDoubt) {
  const char *live = "CREATE TABLE t (a int);", *expected = "CREATE TABLE t (a int, b int);";
  for (const char* body : {"DO $$BEGIN EXECUTE 'UPDATE t SET b = 1'; END$$",
                           "DO $$BEGIN ALTER TABLE t ADD b int; EXECUTE 'DROP TABLE u'; END$$",
                           "DO $$BEGIN /* alter table t add b */ EXECUTE 'ALTER TABLE u'; END$$",
                           "DO $$BEGIN -- alter table t add b\nEXECUTE 'ALTER TABLE u'; END$$"}) {
    EXPECT_EQ(StepsWithDoubts(live, expected, body).differences.size(), 1U) << body;
  }
  for (const char* body : {"DO $$BEGIN EXECUTE 'ALTER TABLE t ADD b ' || kind; END$$",
                           "DO $a$BEGIN EXECUTE format($$ALTER TABLE %I ADD b$$, 't'); END$a$",
                           "DO 'BEGIN EXECUTE ''ALTER TABLE t ADD b '' || kind; END'"}) {
    EXPECT_TRUE(StepsWithDoubts(live, expected, body).differences.empty()) << body;
  }
}

constexpr char kViews[] =
    "CREATE TABLE t (id int, s text); CREATE VIEW v AS SELECT id, s FROM t;"
    "CREATE VIEW w AS SELECT id, s FROM v;";

TEST(Plan, BlocksThatAreFollowedLeaveNoDoubt) {
  const catalog::Catalog before = Make(std::string(kViews) +
                                       "DO $$DECLARE v text; w text; made text; BEGIN"
                                       " w := pg_get_viewdef('w'); v := pg_get_viewdef('v');"
                                       " DROP VIEW w; DROP VIEW v;"
                                       " ALTER TABLE t ALTER COLUMN s TYPE varchar(9);"
                                       " made := format('CREATE VIEW v AS %s', v); EXECUTE made;"
                                       " made := format('CREATE VIEW w AS %s', w); EXECUTE made;"
                                       "END$$;");
  const Plan plan = MakePlan(before,
                             Make("CREATE TABLE t (id int, s varchar(9));"
                                  "CREATE VIEW v AS SELECT id, s, 1 AS one FROM t;"
                                  "CREATE VIEW w AS SELECT s, id FROM v;"),
                             PlanOptions());
  EXPECT_EQ(plan.refusal, "");
  EXPECT_TRUE(plan.unchecked.empty());
  EXPECT_EQ(plan.differences.size(), 2U);
}

TEST(Plan, MakesAgainWhatItDropsThoughItIsInDoubt) {
  const catalog::Catalog before =
      Make(std::string(kViews) +
           "DO $$BEGIN EXECUTE 'CREATE VIEW v AS ' || (SELECT s FROM t); END$$;"
           "DO $$BEGIN EXECUTE 'CREATE VIEW w AS ' || (SELECT s FROM t); END$$;");
  const Plan plan = MakePlan(before,
                             Make("CREATE TABLE t (id int, s text);"
                                  "CREATE VIEW v AS SELECT id, s, 1 AS one FROM t;"
                                  "CREATE VIEW w AS SELECT s, id FROM v;"),
                             PlanOptions());
  EXPECT_EQ(plan.refusal, "");
  ASSERT_EQ(plan.unchecked.size(), 1U);
  EXPECT_EQ(plan.unchecked[0].object, "view v");
  ASSERT_EQ(plan.files.size(), 1U);
  EXPECT_NE(plan.files[0].up.find("CREATE VIEW w AS\n"), std::string::npos) << plan.files[0].up;
}

// The one file that leads from one to the other, up and down.
std::string Script(const std::string& before, const std::string& after) {
  PlanOptions options;
  options.online = false;
  const Plan plan = MakePlan(Make(before), Make(after), options);
  EXPECT_EQ(plan.refusal, "");
  return plan.files.size() == 1 ? plan.files[0].up + "--\n" + plan.files[0].down
                                : std::to_string(plan.files.size()) + " files";
}

TEST(Plan, TakesWhatForbidsATypeAwayFirst) {
  const std::string of = "CREATE TABLE t (id int, x ";
  EXPECT_EQ(
      Script(of + "int GENERATED ALWAYS AS IDENTITY);", of + "text NOT NULL);")
          .rfind("-- Careful: the new type of column t.x rewrites the table, which nobody can "
                 "use meanwhile.\n"
                 "ALTER TABLE t ALTER COLUMN x DROP IDENTITY;\n",
                 0),
      std::string::npos);
  const std::string generated =
      Script(of + "int GENERATED ALWAYS AS (id * 2) STORED);", of + "jsonb);");
  EXPECT_EQ(generated.find("ALTER TABLE t ALTER COLUMN x DROP EXPRESSION;\n"), 0U) << generated;
  const std::string replica = Script(
      "CREATE TABLE t (id int NOT NULL); CREATE UNIQUE INDEX i ON t (id);"
      "ALTER TABLE t REPLICA IDENTITY USING INDEX i;",
      "CREATE TABLE t (id int);");
  EXPECT_LT(replica.find("REPLICA IDENTITY DEFAULT;"), replica.find("DROP NOT NULL")) << replica;
}

TEST(Plan, SequencesTakeTheirTypeBeforeItsBounds) {
  const std::string script = Script(
      "CREATE TABLE t (x int GENERATED ALWAYS AS IDENTITY);",
      "CREATE TABLE t (x bigint GENERATED ALWAYS AS IDENTITY (START 5 MAXVALUE 9999999999));");
  EXPECT_LT(script.find("TYPE bigint"), script.find("ALTER SEQUENCE")) << script;
}

TEST(Plan, SequencesStartAgainWhereTheyCannotGoOn) {
  EXPECT_EQ(
      Script("CREATE UNLOGGED SEQUENCE s;", "CREATE SEQUENCE s INCREMENT -1 MINVALUE -9;"),
      "-- Careful: sequence s starts again, at -1.\n"
      "ALTER SEQUENCE s START WITH -1 INCREMENT BY -1 MINVALUE -9 MAXVALUE -1 CACHE 1 NO CYCLE "
      "RESTART;\nALTER SEQUENCE s SET LOGGED;\n--\n"
      "-- Careful: sequence s starts again, at 1.\n"
      "ALTER SEQUENCE s START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 "
      "CACHE 1 NO CYCLE RESTART;\nALTER SEQUENCE s SET UNLOGGED;\n");
}

TEST(Plan, PutsStorageBack) {
  const std::string plain = "CREATE TABLE t (x text, n numeric);";
  EXPECT_EQ(Script(plain, plain + "ALTER TABLE t ALTER x SET STORAGE EXTERNAL;"
                                  "ALTER TABLE t ALTER n SET STORAGE EXTENDED;"),
            "ALTER TABLE t\n    ALTER COLUMN x SET STORAGE external,\n"
            "    ALTER COLUMN n SET STORAGE extended;\n--\n"
            "ALTER TABLE t\n    ALTER COLUMN x SET STORAGE extended,\n"
            "    ALTER COLUMN n SET STORAGE main;\n");
}

TEST(Plan, LeavesAParentThatStays) {
  EXPECT_EQ(Script("CREATE TABLE p (id int); CREATE TABLE t (id int) INHERITS (p);",
                   "CREATE TABLE p (id int); CREATE TABLE t (id int);"),
            "ALTER TABLE t NO INHERIT p;\n--\nALTER TABLE t INHERIT p;\n");
}

TEST(Plan, AltersAttributesWithTheirCollationsAndComments) {
  EXPECT_EQ(Script("CREATE TYPE c AS (a int, b text);",
                   "CREATE TYPE c AS (a int, b text COLLATE \"C\"); COMMENT ON COLUMN c.a IS 'a';"),
            "ALTER TYPE c ALTER ATTRIBUTE b TYPE text COLLATE \"C\";\n"
            "COMMENT ON COLUMN c.a IS 'a';\n--\n"
            "ALTER TYPE c ALTER ATTRIBUTE b TYPE text;\nCOMMENT ON COLUMN c.a IS NULL;\n");
}

TEST(Plan, CommentsOnTheIndexOfAKey) {
  const std::string table = "CREATE TABLE t (id int PRIMARY KEY);";
  EXPECT_EQ(Script(table, table + "COMMENT ON INDEX t_pkey IS 'a';"),
            "COMMENT ON INDEX t_pkey IS 'a';\n--\nCOMMENT ON INDEX t_pkey IS NULL;\n");
}

TEST(Plan, DropsATableThatIsPartitionedByAnExpression) {
  EXPECT_EQ(
      Script("CREATE TABLE p (x text) PARTITION BY LIST (lower(x));", "").find("DROP TABLE p;"),
      0U);
}

TEST(Plan, PoliciesNameTheirTableInQueries) {
  const std::string table = "CREATE TABLE t (id int, a int);";
  EXPECT_EQ(Script(table, table + "CREATE POLICY p ON t USING"
                                  " (a > 0 AND EXISTS (SELECT FROM t x WHERE x.id = t.a));"),
            "CREATE POLICY p ON t\n"
            "    USING ((a > 0) AND (EXISTS (SELECT FROM t x WHERE (x.id = t.a))));\n--\n"
            "DROP POLICY p ON t;\n");
}

TEST(Plan, AttributesKeepTheirTypeWhileAColumnHoldsThem) {
  const std::string table = "CREATE TABLE t (x c[]);";
  const Plan plan = MakePlan(Make("CREATE TYPE c AS (a int);" + table),
                             Make("CREATE TYPE c AS (a text);" + table), PlanOptions());
  EXPECT_EQ(plan.refusal,
            "a statement of the migration would be refused: cannot alter type \"c\" because column "
            "\"t.x\" uses it, in: ALTER TYPE c ALTER ATTRIBUTE a TYPE text");
  EXPECT_NE(
      Script("CREATE TYPE c AS (a int); CREATE FUNCTION f(c) RETURNS c LANGUAGE sql AS "
             "'SELECT $1'; CREATE VIEW v AS SELECT NULL::c AS x;",
             "CREATE TYPE c AS (a int, b int); CREATE FUNCTION f(c) RETURNS c LANGUAGE sql AS "
             "'SELECT $1'; CREATE VIEW v AS SELECT NULL::c AS x;"),
      "");
}

TEST(Plan, RoutinesOfAnotherKindFreeTheirNames) {
  EXPECT_EQ(Script("CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
                   "CREATE PROCEDURE f(a int) LANGUAGE sql AS 'SELECT 1';")
                .find("DROP FUNCTION f(integer);\n\nCREATE PROCEDURE f(a integer)\n"),
            0U);
}

TEST(Dump, KeepsBodiesThatTheServerHasRead) {
  const std::string dump =
      Dump(Make("CREATE FUNCTION f(a int) RETURNS int RETURN a + 1;"
                "CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1 AS a; SELECT 2 AS b; END;"));
  EXPECT_NE(dump.find("LANGUAGE sql\nRETURN (a + 1);\n"), std::string::npos) << dump;
  EXPECT_NE(dump.find("LANGUAGE sql\nBEGIN ATOMIC\n    SELECT 1 AS a;\n    SELECT 2 AS b;\nEND;\n"),
            std::string::npos)
      << dump;
  EXPECT_EQ(Dump(Make(dump)), dump);
}

TEST(Plan, GivesNamesAgainWhenTheColumnThatTakesThemIsGone) {
  const catalog::Catalog before = Make(
      "CREATE TABLE t (id int NOT NULL, pk int, CONSTRAINT t_pkey PRIMARY KEY (pk));"
      "CREATE UNIQUE INDEX i ON t (id); CREATE TABLE u (id int);");
  const catalog::Catalog after = Make(
      "CREATE TABLE n (id int PRIMARY KEY); CREATE TABLE t (id int NOT NULL, pk int,"
      " nid int REFERENCES n, CONSTRAINT t_pkey PRIMARY KEY (id, nid));"
      "CREATE UNIQUE INDEX i ON t (id, nid); CREATE VIEW v AS SELECT nid FROM t;"
      "CREATE TABLE u (id int, k int REFERENCES n, PRIMARY KEY (id, k));"
      "CREATE VIEW a AS SELECT k FROM u;");
  PlanOptions options;
  EXPECT_EQ(MakePlan(before, after, options).refusal, "");
  options.online = false;
  const Plan plan = MakePlan(before, after, options);
  EXPECT_EQ(plan.refusal, "");
  ASSERT_EQ(plan.files.size(), 1U);
  EXPECT_NE(plan.files[0].down.find("    DROP COLUMN k,\n    ALTER COLUMN id DROP NOT NULL;\n"),
            std::string::npos)
      << plan.files[0].down;
}

TEST(Dump, NamesTypesOfUnknownExtensionsAsTheyAreWritten) {
  const std::string schema =
      "CREATE EXTENSION vector; CREATE TABLE t (a public.vector (3) NOT NULL, b vector[], c int);"
      "CREATE FUNCTION near(q vector(3), n int) RETURNS vector LANGUAGE sql AS 'SELECT $1';"
      "ALTER TABLE t ALTER COLUMN c TYPE vector(4) USING NULL;";
  catalog::Catalog made;
  RunScript(&made, schema);
  const std::string dump = Dump(made);
  EXPECT_NE(dump.find("    a public.vector (3) NOT NULL,\n    b vector[],\n    c vector(4)\n"),
            std::string::npos)
      << dump;
  catalog::Catalog again;
  RunScript(&again, dump);
  EXPECT_EQ(Dump(again), dump);
  const Plan plan = MakePlan(Make("CREATE EXTENSION vector;"), made, PlanOptions());
  EXPECT_EQ(plan.refusal, "");
}

}  // namespace
}  // namespace strata::diff
