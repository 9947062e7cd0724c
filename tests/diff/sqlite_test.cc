// From every schema of a list to every other: what MakeSqlitePlan writes is proved by itself, so
// that a refusal is a failure; and a few that have to be refused or spelled in a certain way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "diff/sqlite/model.h"

namespace strata::diff {
namespace {

SqliteModel Make(const std::string& sql) {
  shadow::Database database;
  EXPECT_EQ(RunSqlite(sql, &database), "");
  return ReadModel(database);
}

const char* const kSchemas[] = {
    "",
    "CREATE TABLE a (id INTEGER PRIMARY KEY);",
    "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT NOT NULL DEFAULT 'it''s');",
    "CREATE TABLE \"a\"(b text default 'it''s' not null, id integer primary key);",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT COLLATE NOCASE, c REAL CHECK (c > 0)) STRICT;",
    "CREATE TABLE a (id INT, b TEXT, PRIMARY KEY (b, id)) WITHOUT ROWID;",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT, d TEXT GENERATED ALWAYS AS (b || '!') STORED,"
    " e INT AS (id + 1)); CREATE INDEX i ON a (b) WHERE b <> '';",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT UNIQUE ON CONFLICT REPLACE, at TEXT DEFAULT "
    "CURRENT_TIMESTAMP); CREATE UNIQUE INDEX i ON a (at DESC);",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, up INTEGER REFERENCES a (id) ON DELETE CASCADE);"
    "CREATE TABLE b (a_id INTEGER REFERENCES a DEFERRABLE INITIALLY DEFERRED, x, y,"
    " FOREIGN KEY (x, y) REFERENCES c (x, y)); CREATE TABLE c (x, y, UNIQUE (x, y));"
    "CREATE VIEW v AS SELECT a.id FROM a JOIN b ON a.id = b.a_id; CREATE VIEW w AS SELECT * FROM v;"
    "CREATE TRIGGER t AFTER DELETE ON c BEGIN DELETE FROM b WHERE x = old.x; END;",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, up INTEGER NOT NULL DEFAULT 1 REFERENCES a (id));"
    "CREATE TABLE b (a_id INTEGER REFERENCES a, x TEXT); CREATE TABLE c (x, y, UNIQUE (y, x));"
    "CREATE VIEW v AS SELECT a.id, b.x FROM a JOIN b ON a.id = b.a_id;"
    "CREATE VIEW w AS SELECT id FROM v;"
    "CREATE TRIGGER t AFTER DELETE ON c BEGIN DELETE FROM b WHERE x = old.y; END;"
    "CREATE TRIGGER u INSTEAD OF INSERT ON v BEGIN INSERT INTO a (id) VALUES (new.id); END;",
    "CREATE TABLE \"my table\" (\"a b\" TEXT, \"select\" INTEGER, [c(d] INT DEFAULT (1 + (2)));"
    "CREATE TABLE t(t);",
    "CREATE TABLE \"my table\" (\"select\" INTEGER NOT NULL DEFAULT 0, /* , ( */ \"e\" INT);"
    "CREATE TABLE t(t TEXT, u); CREATE INDEX \"i x\" ON \"my table\" (\"e\");",
};

TEST(SqlitePlan, LeadsFromAnySchemaToAnyOtherAndBack) {
  for (const char* before : kSchemas) {
    for (const char* after : kSchemas) {
      const SqliteModel from = Make(before), to = Make(after);
      const Plan plan = MakeSqlitePlan(from, to, PlanOptions());
      EXPECT_EQ(plan.refusal, "") << before << "\n-- to\n" << after;
      EXPECT_EQ(plan.files.empty(), plan.differences.empty());
      if (plan.files.empty()) continue;
      shadow::Database database;
      EXPECT_EQ(Replay(from, &database), "");
      EXPECT_EQ(RunSqlite(plan.files[0].up, &database), "") << plan.files[0].up;
      EXPECT_THAT(SqliteDifferences(ReadModel(database), to), testing::IsEmpty());
      EXPECT_EQ(RunSqlite(plan.files[0].down, &database), "") << plan.files[0].down;
      EXPECT_THAT(SqliteDifferences(ReadModel(database), from), testing::IsEmpty());
    }
  }
}

TEST(SqlitePlan, DumpsLoadAgain) {
  for (const char* schema : kSchemas) {
    const std::string dump = DumpSqlite(Make(schema));
    EXPECT_EQ(DumpSqlite(Make(dump)), dump);
    EXPECT_THAT(SqliteDifferences(Make(schema), Make(dump)), testing::IsEmpty());
  }
}

std::string Up(const std::string& before, const std::string& after) {
  const Plan plan = MakeSqlitePlan(Make(before), Make(after), PlanOptions());
  return plan.files.empty() ? "" : plan.refusal + plan.files[0].up;
}

TEST(SqlitePlan, AltersInPlaceWhereRowsAllowIt) {
  EXPECT_EQ(Up("CREATE TABLE a (id INT);", "CREATE TABLE a (b TEXT DEFAULT 'x' NOT NULL, id INT);"),
            "ALTER TABLE a ADD COLUMN b TEXT DEFAULT 'x' NOT NULL;\n");
  EXPECT_EQ(Up("CREATE TABLE a (id INT, b TEXT);", "CREATE TABLE a (id INT);"),
            "-- Careful: destroys the data of column a.b.\nALTER TABLE a DROP COLUMN b;\n");
  EXPECT_EQ(Up("CREATE TABLE a (id INT);", "CREATE TABLE \"A\" ( id int /* key */ );"), "");
  // A default that is worked out anew can be added to an empty table alone.
  EXPECT_THAT(
      Up("CREATE TABLE a (id INT);", "CREATE TABLE a (id INT, at TEXT DEFAULT CURRENT_TIMESTAMP);"),
      testing::HasSubstr("INSERT INTO a_new (id)\nSELECT id FROM a;\nDROP TABLE a;\n"
                         "ALTER TABLE a_new RENAME TO a;\n"));
}

TEST(SqlitePlan, KeepsTheRows) {
  const std::string before =
      "CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT, gone INT);"
      "CREATE TABLE c (p_id INTEGER REFERENCES p (id) ON DELETE CASCADE);";
  const std::string after =
      "CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER NOT NULL DEFAULT 7);"
      "CREATE TABLE c (p_id INTEGER REFERENCES p (id) ON DELETE CASCADE);";
  const Plan plan = MakeSqlitePlan(Make(before), Make(after), PlanOptions());
  ASSERT_EQ(plan.files.size(), 1u);
  shadow::Database database;
  database.Execute("PRAGMA foreign_keys = OFF");
  EXPECT_EQ(
      RunSqlite(before +
                    "INSERT INTO p (n) VALUES ('1'), (NULL), ('3'); DELETE FROM p WHERE id = 3;"
                    "INSERT INTO c VALUES (1), (2);",
                &database),
      "");
  EXPECT_EQ(RunSqlite(plan.files[0].up, &database), "");
  EXPECT_EQ(database.QueryInteger("SELECT group_concat(id || typeof(n) || n) = "
                                  "'1integer1,2integer7' FROM p"),
            1);
  EXPECT_EQ(database.QueryInteger("SELECT count(*) FROM c"), 2);
  EXPECT_EQ(database.QueryInteger("SELECT seq FROM sqlite_sequence WHERE name = 'p'"), 3);
  EXPECT_EQ(database.QueryInteger("SELECT count(*) FROM pragma_foreign_key_check"), 0);
  EXPECT_EQ(RunSqlite(plan.files[0].down, &database), "");
  EXPECT_EQ(database.QueryInteger("SELECT count(n) FROM p WHERE gone IS NULL"), 2);
  EXPECT_THAT(plan.files[0].warnings, testing::ElementsAre("destroys the data of column p.gone"));
}

TEST(SqlitePlan, SaysWhatDoesNotComeBack) {
  const Plan plan = MakeSqlitePlan(Make("CREATE TABLE a (id INT, b TEXT); CREATE TABLE c (d INT);"),
                                   Make("CREATE TABLE a (id INT);"), PlanOptions());
  EXPECT_EQ(plan.files[0].down,
            "-- Careful: what column a.b held does not come back.\n"
            "ALTER TABLE a ADD COLUMN b TEXT;\n\n"
            "-- Careful: the rows of table c do not come back.\nCREATE TABLE c (d INT);\n");
}

TEST(SqlitePlan, SaysWhatMayFail) {
  EXPECT_THAT(Up("CREATE TABLE a (id INT, b TEXT);", "CREATE TABLE a (id INT, b TEXT NOT NULL);"),
              testing::HasSubstr("-- Careful: fails while column a.b holds a NULL.\n"));
  EXPECT_THAT(Up("CREATE TABLE a (id INT);", "CREATE TABLE a (id INT, b TEXT NOT NULL);"),
              testing::HasSubstr("-- Careful: column a.b is NOT NULL without a default: this fails "
                                 "where the table has rows.\n"));
}

// What a rebuild needs of each table is tried apart from the others; SQLite itself is not so kind.
TEST(SqlitePlan, IsRefusedWhereSqliteWouldStopAtABrokenViewElsewhere) {
  const std::string refusal =
      "a statement of the migration would be refused: error in view w: no such table: main.b, in: "
      "ALTER TABLE a_new RENAME TO a";
  const std::string view = "CREATE VIEW w AS SELECT x FROM b;";
  const auto refused = [](const std::string& before, const std::string& after) {
    return MakeSqlitePlan(Make(before), Make(after), PlanOptions()).refusal;
  };
  EXPECT_EQ(refused("CREATE TABLE a (id INT);" + view, "CREATE TABLE a (id TEXT);" + view),
            refusal);
  EXPECT_EQ(refused("CREATE TABLE a (id INT); CREATE TABLE b (x);" + view,
                    "CREATE TABLE a (id TEXT);" + view),
            refusal);
  EXPECT_EQ(refused("CREATE TABLE a (id INT);" + view, "CREATE TABLE a (id TEXT);"), "");
}

TEST(SqlitePlan, GivesTheNewTableANameThatNothingHas) {
  EXPECT_THAT(Up("CREATE TABLE a (id INT); CREATE TABLE b (x); CREATE INDEX a_new ON b (x);",
                 "CREATE TABLE a (id TEXT); CREATE TABLE b (x); CREATE INDEX a_new ON b (x);"),
              testing::HasSubstr("ALTER TABLE a_new_ RENAME TO a;\n"));
  EXPECT_THAT(Up("CREATE TABLE a (id INT); CREATE VIEW A_New AS SELECT 1;",
                 "CREATE TABLE a (id TEXT); CREATE VIEW A_New AS SELECT 1;"),
              testing::HasSubstr("ALTER TABLE a_new_ RENAME TO a;\n"));
  // A foreign key to a table that is to come would follow the rename.
  EXPECT_THAT(Up("CREATE TABLE a (id INT); CREATE TABLE b (x REFERENCES a_new (id));",
                 "CREATE TABLE a (id TEXT); CREATE TABLE b (x REFERENCES a_new (id));"),
              testing::HasSubstr("ALTER TABLE a_new_ RENAME TO a;\n"));
}

TEST(SqlitePlan, MovesAnIndexFromOneTableToAnother) {
  const std::string up =
      Up("CREATE TABLE a (x); CREATE TABLE b (x INT); CREATE INDEX i ON a (x);",
         "CREATE TABLE a (x); CREATE TABLE b (x TEXT); CREATE INDEX i ON b (x);");
  EXPECT_TRUE(up.starts_with("DROP INDEX i;\n")) << up;
  EXPECT_TRUE(up.ends_with("ALTER TABLE b_new RENAME TO b;\n\nCREATE INDEX i ON b (x);\n")) << up;
}

}  // namespace
}  // namespace strata::diff
