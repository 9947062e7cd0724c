#include "catalog/compare.h"

#include <gtest/gtest.h>

#include "catalog/fixture.h"

namespace strata::catalog {
namespace {

// What `after` leaves different, once `first` has made the schema.
std::vector<std::string> Differences(const std::string& first, const std::string& after) {
  Catalog before;
  EXPECT_EQ(ApplyAll(&before, first), "");
  Catalog catalog = before;
  EXPECT_EQ(ApplyAll(&catalog, after), "");
  std::vector<std::string> texts;
  for (const Difference& d : Compare(before, catalog)) texts.push_back(d.text);
  return texts;
}
using Texts = std::vector<std::string>;

TEST(Compare, WhatIsMadeAnewIsTheSame) {
  const std::string users =
      "CREATE TABLE users (id serial PRIMARY KEY, name text DEFAULT 'x' CHECK (name <> ''));"
      "CREATE INDEX users_name_idx ON users (lower(name)); COMMENT ON TABLE users IS 'people';";
  EXPECT_EQ(Differences(users, "DROP TABLE users;" + users), Texts{});
}

TEST(Compare, NamesWhatIsLostAndLeft) {
  EXPECT_EQ(
      Differences(
          "CREATE TABLE users (id int, email text); CREATE INDEX users_email_idx ON users (email);",
          "DROP INDEX users_email_idx; CREATE TABLE t (a int PRIMARY KEY);"),
      (Texts{"index users_email_idx is not restored", "table t is left behind"}));
}

TEST(Compare, NamesWhatComesBackChanged) {
  EXPECT_EQ(
      Differences(
          "CREATE TABLE users (id int NOT NULL, bio text DEFAULT 'a', x int);",
          "ALTER TABLE users ALTER bio TYPE varchar, ALTER id DROP NOT NULL, DROP x, ADD y int;"),
      (Texts{"column users.x is not restored", "column users.y is left behind",
             "column users.id: NOT NULL is not restored",
             "column users.bio comes back as character varying, was text"}))
      << "PostgreSQL keeps the default 'a'::text";
}

TEST(Compare, ColumnOrderIsANote) {
  Catalog before;
  ApplyAll(&before, "CREATE TABLE t (a int, b int, c int)");
  Catalog after = before;
  ApplyAll(&after, "ALTER TABLE t DROP b; ALTER TABLE t ADD b int");
  const auto differences = Compare(before, after);
  ASSERT_EQ(differences.size(), 1u);
  EXPECT_EQ(differences[0].kind, Difference::Kind::kColumnOrder);
}

TEST(Compare, EnumsFunctionsViewsAndPrivileges) {
  EXPECT_EQ(Differences("CREATE TYPE e AS ENUM ('a','b')", "ALTER TYPE e ADD VALUE 'c'"),
            (Texts{"type e: labels comes back as 'a', 'b', 'c', was 'a', 'b'"}));
  EXPECT_EQ(Differences("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                        "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'"),
            (Texts{"function f(): the body comes back changed"}));
  EXPECT_EQ(Differences("CREATE TABLE t (a int); CREATE ROLE r",
                        "GRANT SELECT ON t TO r; REVOKE SELECT ON t FROM r"),
            Texts{});
  EXPECT_EQ(Differences("CREATE TABLE t (a int); CREATE ROLE r", "GRANT SELECT ON t TO r"),
            (Texts{"table t: privileges is left behind: postgres=Dadrtwx, r=r"}));
}

}  // namespace
}  // namespace strata::catalog
