// Holds what lint says of locks against a real server: each statement is run in a transaction that
// is rolled back; pg_locks says what it locked, pg_class.relfilenode what it rewrote, and
// pg_stat_xact_user_tables what it read. docs/locks.md is the result, written with
// STRATA_UPDATE_GOLDENS=1.
#include "lint/locks.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <pqxx/pqxx>

#include "base/files.h"
#include "catalog/apply/apply.h"
#include "sql/parse.h"
#include "support/require.h"
#include "verify/cluster.h"

namespace strata::lint {
namespace {

constexpr const char* kSetup = R"(
CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, email text, phone varchar(20), at timestamp);
CREATE TABLE orders (id integer PRIMARY KEY, user_id bigint, total numeric(10, 2), note text,
    CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT positive CHECK (total > 0));
CREATE INDEX orders_user_idx ON orders (user_id);
ALTER TABLE orders ADD CONSTRAINT later CHECK (id > 0) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT later_fk FOREIGN KEY (id) REFERENCES users (id) NOT VALID;
ALTER TABLE users ADD CONSTRAINT phone_is_there CHECK (phone IS NOT NULL);
CREATE UNIQUE INDEX users_email_idx ON users (email);
CREATE TABLE events (at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_2 (at timestamptz NOT NULL);
CREATE TABLE parent (a integer);
CREATE TABLE child () INHERITS (parent);
CREATE MATERIALIZED VIEW busy AS SELECT id FROM users;
CREATE UNIQUE INDEX busy_id ON busy (id);
CREATE FUNCTION notify_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER told AFTER INSERT ON users EXECUTE FUNCTION notify_it();
INSERT INTO users (id, name, phone) SELECT g, 'n', '1' FROM generate_series(1, 10) g;
INSERT INTO orders (id, user_id, total) SELECT g, g, 1 FROM generate_series(1, 10) g;
INSERT INTO events_2 VALUES ('2022-05-05');
)";

const std::vector<std::string> kStatements = {
    "ALTER TABLE users ADD COLUMN a text",
    "ALTER TABLE users ADD COLUMN a text NOT NULL DEFAULT 'x'",
    "ALTER TABLE users ADD COLUMN a timestamptz DEFAULT now()",
    "ALTER TABLE users ADD COLUMN a uuid DEFAULT gen_random_uuid()",
    "ALTER TABLE users ADD COLUMN a bigserial",
    "ALTER TABLE users ADD COLUMN a bigint GENERATED ALWAYS AS IDENTITY",
    "ALTER TABLE users ADD COLUMN a text GENERATED ALWAYS AS (name || 'x') STORED",
    "ALTER TABLE users DROP COLUMN email",
    "ALTER TABLE users ALTER COLUMN phone TYPE varchar(40)",
    "ALTER TABLE users ALTER COLUMN phone TYPE text",
    "ALTER TABLE users ALTER COLUMN phone TYPE varchar(10)",
    "ALTER TABLE users ALTER COLUMN name TYPE varchar(40)",
    "ALTER TABLE users ALTER COLUMN name TYPE varchar",
    "ALTER TABLE users ALTER COLUMN at TYPE date",
    "ALTER TABLE orders ALTER COLUMN id TYPE bigint",
    "ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 2)",
    "ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 3)",
    "ALTER TABLE orders ALTER COLUMN total TYPE numeric",
    "ALTER TABLE users ALTER COLUMN email SET DEFAULT 'x'",
    "ALTER TABLE orders ALTER COLUMN user_id SET NOT NULL",
    "ALTER TABLE users ALTER COLUMN phone SET NOT NULL",
    "ALTER TABLE users ALTER COLUMN name DROP NOT NULL",
    "ALTER TABLE users ALTER COLUMN name SET STATISTICS 500",
    "ALTER TABLE users ALTER COLUMN name SET STORAGE external",
    "ALTER TABLE users ADD CONSTRAINT c CHECK (id > 0)",
    "ALTER TABLE users ADD CONSTRAINT c CHECK (id > 0) NOT VALID",
    "ALTER TABLE orders VALIDATE CONSTRAINT later",
    "ALTER TABLE orders VALIDATE CONSTRAINT later_fk",
    "ALTER TABLE orders ADD CONSTRAINT c FOREIGN KEY (user_id) REFERENCES users (id)",
    "ALTER TABLE orders ADD CONSTRAINT c FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID",
    "ALTER TABLE orders ADD COLUMN u bigint REFERENCES users (id)",
    "ALTER TABLE orders DROP CONSTRAINT orders_user_fk",
    "ALTER TABLE orders DROP CONSTRAINT positive",
    "ALTER TABLE orders RENAME CONSTRAINT positive TO more",
    "ALTER TABLE users ADD CONSTRAINT c UNIQUE (name, id)",
    "ALTER TABLE users ADD CONSTRAINT c UNIQUE USING INDEX users_email_idx",
    "ALTER TABLE events_2 ADD PRIMARY KEY (at)",
    "ALTER TABLE users ADD CONSTRAINT c EXCLUDE USING btree (id WITH =)",
    "ALTER TABLE users RENAME TO people",
    "ALTER TABLE users RENAME COLUMN name TO full_name",
    "ALTER TABLE users SET (fillfactor = 70)",
    "ALTER TABLE parent SET UNLOGGED",
    "ALTER TABLE users CLUSTER ON users_email_idx",
    "ALTER TABLE users ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE users DISABLE TRIGGER told",
    "ALTER TABLE users REPLICA IDENTITY FULL",
    "ALTER TABLE parent ADD COLUMN b text",
    "ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')",
    "ALTER TABLE events DETACH PARTITION events_1",
    "ALTER TABLE users OWNER TO CURRENT_USER",
    "CREATE INDEX i ON users (name)",
    "CREATE INDEX i ON events (at)",
    "DROP INDEX orders_user_idx",
    "REINDEX TABLE users",
    "REINDEX INDEX orders_user_idx",
    "CREATE TABLE more (id bigint REFERENCES users (id))",
    "CREATE TABLE events_3 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
    "CREATE TABLE second () INHERITS (parent)",
    "DROP TABLE orders",
    "DROP TABLE events_1",
    "DROP MATERIALIZED VIEW busy",
    "TRUNCATE orders",
    "CLUSTER orders USING orders_user_idx",
    "REFRESH MATERIALIZED VIEW busy",
    "CREATE TRIGGER second AFTER INSERT ON users EXECUTE FUNCTION notify_it()",
    "DROP TRIGGER told ON users",
    "ALTER TRIGGER told ON users RENAME TO heard",
    "CREATE POLICY p ON users USING (true)",
    "CREATE RULE r AS ON INSERT TO users DO NOTHING",
    "COMMENT ON TABLE users IS 'x'",
    "COMMENT ON COLUMN users.name IS 'x'",
    "CREATE STATISTICS s ON id, name FROM users",
    "ANALYZE users",
    "LOCK TABLE users IN SHARE MODE",
    "INSERT INTO users (id, name, phone) VALUES (99, 'x', '1')",
    "UPDATE users SET email = 'x' WHERE id = 1",
    "DELETE FROM orders WHERE id = 1",
    "SELECT count(*) FROM users",
    "CREATE VIEW v AS SELECT id FROM users",
    "GRANT SELECT ON users TO PUBLIC",
};

struct Effect {
  int mode = 0;  // as in LockMode
  bool rewrites = false;
};
using Effects = std::map<std::string, Effect>;  // by table

const std::map<std::string, int> kModes = {{"AccessShareLock", 1},  {"RowShareLock", 2},
                                           {"RowExclusiveLock", 3}, {"ShareUpdateExclusiveLock", 4},
                                           {"ShareLock", 5},        {"ShareRowExclusiveLock", 6},
                                           {"ExclusiveLock", 7},    {"AccessExclusiveLock", 8}};

// The user's tables: oid -> (name, relfilenode), as they stood before the statement.
std::map<std::string, std::pair<std::string, std::string>> Tables(pqxx::work& transaction) {
  std::map<std::string, std::pair<std::string, std::string>> tables;
  const pqxx::result rows = transaction.exec(
      "SELECT oid, relname, relfilenode FROM pg_class WHERE relkind IN ('r', 'p', 'm') AND "
      "relnamespace = "
      "'public'::regnamespace");
  for (const auto& row : rows) {
    tables[row[0].as<std::string>()] = {row[1].as<std::string>(), row[2].as<std::string>()};
  }
  return tables;
}

Effects Measured(pqxx::connection& connection, const std::string& statement) {
  pqxx::work transaction(connection);
  const auto before = Tables(transaction);
  transaction.exec(statement);
  Effects effects;
  const pqxx::result locks = transaction.exec(
      "SELECT relation, mode FROM pg_locks WHERE locktype = 'relation' AND pid = pg_backend_pid() "
      "AND granted");
  for (const auto& row : locks) {
    const auto table = before.find(row[0].as<std::string>());
    if (table == before.end()) continue;
    Effect& effect = effects[table->second.first];
    effect.mode = std::max(effect.mode, kModes.at(row[1].as<std::string>()));
  }
  const auto after = Tables(transaction);
  for (const auto& [oid, table] : before) {
    const auto now = after.find(oid);
    if (now != after.end() && now->second.second != table.second)
      effects[table.first].rewrites = true;
  }
  return effects;
}

catalog::Catalog Modelled(std::string_view text) {
  catalog::Catalog catalog;
  const sql::ParsedScript script = sql::Parse(text);
  for (const sql::ParsedStatement& statement : script.statements) {
    catalog::Apply(&catalog, text, statement, /*in_transaction=*/true);
  }
  return catalog;
}

std::vector<TableLock> Said(const catalog::Catalog& before, const std::string& statement) {
  catalog::Catalog after = before;
  const sql::ParsedScript script = sql::Parse(statement);
  catalog::Apply(&after, statement, script.statements.at(0), /*in_transaction=*/true);
  return LocksOf(script.statements[0].tree, before, after);
}

std::string Words(const Effects& effects) {
  std::string words;
  for (const auto& [table, effect] : effects) {
    words += table + ": " + std::string(SqlName(static_cast<LockMode>(effect.mode))) +
             (effect.rewrites ? ", rewritten" : "") + "\n";
  }
  return words;
}

std::string Row(const std::string& statement, const std::vector<TableLock>& locks) {
  std::string rows;
  for (const TableLock& lock : locks) {
    const std::string work = lock.work == TableWork::kRewrite ? "rewritten: " + lock.grows
                             : lock.work == TableWork::kScan  ? "read: " + lock.grows
                                                              : "";
    rows += "| `" + statement + "` | " + lock.name + " | " + std::string(SqlName(lock.mode)) +
            " | " + std::string(Blocks(lock.mode)) + " | " + work + " |\n";
  }
  return rows;
}

TEST(Locks, AreThoseOfARealServer) {
  const auto cluster = Cluster::Start();
  if (!cluster.ok()) {
    if (testing::MustHavePostgres()) FAIL() << cluster.status();
    GTEST_SKIP() << cluster.status();
  }
  pqxx::connection connection((*cluster)->url());
  {
    pqxx::work setup(connection);
    setup.exec(kSetup);
    setup.commit();
  }
  const catalog::Catalog catalog = Modelled(kSetup);
  std::string page =
      "# Locks\n\nWhat each statement locks, and what it does to the table's rows, as PostgreSQL "
      "15 did it in\n"
      "`tests/lint/locks_test.cc`. The schema is at the top of that file.\n\n"
      "| statement | table | lock | blocks | rows |\n| --- | --- | --- | --- | --- |\n";
  for (const std::string& statement : kStatements) {
    SCOPED_TRACE(statement);
    const std::vector<TableLock> said = Said(catalog, statement);
    Effects effects;
    for (const TableLock& lock : said) {
      effects[lock.name] = {static_cast<int>(lock.mode), lock.work == TableWork::kRewrite};
    }
    Effects measured;
    try {
      measured = Measured(connection, statement);
    } catch (const pqxx::sql_error& error) {
      ADD_FAILURE() << error.what();
      continue;
    }
    // TRUNCATE gives the table an empty file; REINDEX and such leave the table's own alone.
    if (statement.rfind("TRUNCATE", 0) == 0) measured["orders"].rewrites = false;
    EXPECT_EQ(Words(effects), Words(measured));
    page += Row(statement, said);
  }
  const std::string file = std::string(STRATA_TESTS_DIR) + "/../docs/locks.md";
  if (std::getenv("STRATA_UPDATE_GOLDENS") != nullptr) {
    ASSERT_TRUE(WriteFile(file, page).ok());
  }
  EXPECT_EQ(ReadFile(file).value_or(""), page) << "STRATA_UPDATE_GOLDENS=1 writes docs/locks.md";
}

}  // namespace
}  // namespace strata::lint
