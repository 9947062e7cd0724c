// What was analysed, written as SQL again.
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "catalog/analyze/analyze.h"
#include "catalog/apply/apply.h"
#include "sql/parse.h"

namespace strata::catalog {
namespace {

Catalog Schema() {
  static const std::string kText =
      "CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL, age integer, tags text[]);"
      "CREATE TABLE orders (id integer, user_id integer, \"Total\" numeric);";
  Catalog catalog;
  const sql::ParsedScript script = sql::Parse(kText);
  for (const sql::ParsedStatement& s : script.statements) Apply(&catalog, kText, s, true);
  return catalog;
}

std::string Printed(const std::string& text) {
  const Catalog catalog = Schema();
  const sql::ParsedScript script = sql::Parse(text);
  Findings findings;
  const QueryPtr query = AnalyzeQuery(catalog, script.statements[0].tree, {}, &findings);
  for (const Problem& problem : findings.problems) ADD_FAILURE() << problem.message;
  return Print(catalog, *query);
}

TEST(Print, WritesAQueryWithQualifiedNames) {
  EXPECT_EQ(Printed("select email from users where age>1 order by 1 limit 2"),
            "SELECT users.email FROM users WHERE (users.age > 1) ORDER BY users.email LIMIT 2");
}

TEST(Print, IsTheSameForTheSameMeaning) {
  EXPECT_EQ(Printed("select * from users u where ((u.age) = 1)"),
            Printed("SELECT u.id, email, age, tags FROM users AS u WHERE age = 1"));
  EXPECT_EQ(Printed("select age::int4 from users"), Printed("select age from users"));
  EXPECT_EQ(Printed("select email = 'x' from users"),
            Printed("select email = 'x'::text from users"));
  EXPECT_EQ(Printed("select age in (1, 2) from users"),
            Printed("select age = any (array[1, 2]) from users"));
}

TEST(Print, QuotesWhatNeedsIt) {
  EXPECT_EQ(Printed("select \"Total\" as \"T x\" from orders"),
            "SELECT orders.\"Total\" AS \"T x\" FROM orders");
}

TEST(Print, WritesJoinsSubqueriesAndAggregates) {
  EXPECT_EQ(
      Printed("select u.id, count(*) c from users u left join orders o on o.user_id = u.id "
              "where exists (select 1 from orders x where x.id = u.id) group by u.id having "
              "count(*) > 1"),
      "SELECT u.id, count(*) AS c\nFROM (users u\n    LEFT JOIN orders o ON (o.user_id = u.id))\n"
      "WHERE (EXISTS (SELECT 1 FROM orders x WHERE (x.id = u.id)))\nGROUP BY u.id\n"
      "HAVING (count(*) > 1)");
}

TEST(Print, PutsTheClausesOfALongQueryOnLinesOfTheirOwn) {
  EXPECT_EQ(Printed("with w as (select 1 as a from users where id = 1) select email, age from users"
                    " where age > 1 and age < 5 union all select email, age from users order by 1"
                    " limit 3"),
            "WITH w AS (SELECT 1 AS a FROM users WHERE (users.id = 1))\n"
            "SELECT users.email, users.age\nFROM users\nWHERE (users.age > 1)\n"
            "    AND (users.age < 5)\nUNION ALL\nSELECT users.email, users.age\nFROM users\n"
            "ORDER BY 1\nLIMIT 3");
  EXPECT_EQ(
      Printed("select email || '1' a, email || '2' b, email || '3' c, email || '4' d from users"),
      "SELECT\n    (users.email || '1'::text) AS a,\n    (users.email || '2'::text) AS b,\n"
      "    (users.email || '3'::text) AS c,\n    (users.email || '4'::text) AS d\nFROM users");
}

TEST(Print, WritesLikeAsPeopleDo) {
  const std::vector<std::pair<const char*, const char*>> tests = {
      {"email like 'a%'", "email LIKE 'a%'"},
      {"email not like 'a\\_%'", "email NOT LIKE E'a\\\\_%'"},
      {"email ilike email", "email ILIKE users.email"},
      {"email !~~* 'a'::varchar", "email NOT ILIKE 'a'::character varying"},
      {"email ~ 'a'", "email ~ 'a'::text"},
  };
  for (const auto& [written, printed] : tests) {
    EXPECT_EQ(Printed(std::string("select ") + written + " as x from users"),
              std::string("SELECT (users.") + printed + ") AS x FROM users");
  }
}

// As pg_get_viewdef of PostgreSQL 15 has them.
TEST(Print, CallsByTheWordsOfTheGrammar) {
  const std::vector<std::pair<const char*, const char*>> calls = {
      {"extract(Year from now())", "EXTRACT(year FROM now())"},
      {"extract('YEAR' from now())", "EXTRACT('YEAR' FROM now())"},
      {"now() at time zone 'utc'", "(now() AT TIME ZONE 'utc'::text)"},
      {"timezone('utc', now())", "pg_catalog.\"timezone\"('utc'::text, now())"},
      {"(now(), now()) overlaps (now(), now())", "((now(), now()) OVERLAPS (now(), now()))"},
      {"overlay(email placing email from 2 for 1)",
       "OVERLAY(users.email PLACING users.email FROM 2 FOR 1)"},
      {"position(email in email)", "POSITION((users.email) IN (users.email))"},
      {"substring(email from 2 for 1)", "SUBSTRING(users.email FROM 2 FOR 1)"},
      {"substring(email from email)", "pg_catalog.\"substring\"(users.email, users.email)"},
      {"substring(email similar 'a' escape 'x')",
       "SUBSTRING(users.email SIMILAR 'a'::text ESCAPE 'x'::text)"},
      {"trim(email)", "TRIM(BOTH FROM users.email)"},
      {"trim(leading email from email)", "TRIM(LEADING users.email FROM users.email)"},
      {"normalize(email, nfc)", "NORMALIZE(users.email, NFC)"},
      {"email is not nfd normalized", "(NOT (users.email IS NFD NORMALIZED))"},
  };
  for (const auto& [written, printed] : calls) {
    EXPECT_EQ(Printed(std::string("select ") + written + " as x from users"),
              std::string("SELECT ") + printed + " AS x FROM users");
  }
}

TEST(Print, WritesWhatItReadsAgain) {
  for (const char* text :
       {"WITH t(a) AS (SELECT id FROM users) SELECT a FROM t UNION ALL SELECT id FROM orders ORDER "
        "BY 1",
        "INSERT INTO users (id, email) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET email = "
        "excluded.email",
        "UPDATE users u SET age = o.id FROM orders o WHERE o.user_id = u.id RETURNING u.id",
        "DELETE FROM users USING orders o WHERE o.user_id = users.id",
        "SELECT CASE WHEN age > 1 THEN 'a' ELSE email END, coalesce(age, 0), tags[1], tags[1:2] "
        "FROM users",
        "SELECT row_number() OVER (PARTITION BY email ORDER BY age DESC ROWS UNBOUNDED PRECEDING) "
        "FROM users",
        "SELECT extract(year from now()), now() AT TIME ZONE 'utc', email LIKE 'a%', -age FROM "
        "users",
        "SELECT 'a' AS b, NULL AS c UNION SELECT 'd'::varchar(3), 'e'::char(3)",
        "SELECT 'a', x.b FROM (SELECT 'c' AS b UNION SELECT 'd') x",
        "WITH x AS (SELECT 1 AS a UNION SELECT 2 AS b) SELECT a FROM x UNION SELECT 3 AS c",
        "SELECT g.v FROM generate_series(1, 3) WITH ORDINALITY AS g(v, n), LATERAL (SELECT g.n) "
        "s"}) {
    const std::string once = Printed(text);
    EXPECT_EQ(Printed(once), once);
  }
}

TEST(References, NamesTablesColumnsAndFunctions) {
  const Catalog catalog = Schema();
  const std::string text = "SELECT lower(u.email) FROM users u";
  const sql::ParsedScript script = sql::Parse(text);
  Findings findings;
  const QueryPtr query = AnalyzeQuery(catalog, script.statements[0].tree, {}, &findings);
  const Oid users = catalog.FindRelation("", "users")->oid;
  const std::vector<ObjectRef> expected = {{ObjectClass::kRelation, users, 0},
                                           {ObjectClass::kRelation, users, 2}};
  EXPECT_EQ(ReferencesOf(*query), expected);
}

}  // namespace
}  // namespace strata::catalog
