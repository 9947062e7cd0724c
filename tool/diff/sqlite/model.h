// The schema of a SQLite database as what sqlite_schema holds, and all that is computed from it by
// running it on an in-memory database: SQLite itself says what a definition means.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/status.h"
#include "diff/plan.h"
#include "diff/schema.h"
#include "driver/driver.h"
#include "shadow/database.h"
#include "shadow/sqlite_schema.h"
#include "strata/migration_set.h"

namespace strata::diff {

// Tables, indexes, views and triggers in the order of their making; not what SQLite makes by
// itself (the tables behind a virtual one included), and not Strata's own.
using SqliteModel = std::vector<shadow::SchemaRow>;

SqliteModel ReadModel(shadow::Database& database);

// `history_table`: [schema.]name; left out with its log. Errors: as Database::Query.
absl::StatusOr<SqliteModel> ReadModel(Database& database, const std::string& history_table);

// What the up scripts of a set of the sqlite dialect make, those above `last` left out.
SqliteModel ModelOf(const MigrationSet& set, std::uint64_t last = UINT64_MAX);

struct SqliteSchemaFiles {
  SqliteModel model;
  std::vector<Rename> renames;
  Sources sources;
};
// The desired schema, of files or folders; what SQLite refuses is appended to `diagnostics`.
absl::StatusOr<SqliteSchemaFiles> LoadSqliteSchema(const std::vector<std::string>& paths,
                                                   Diagnostics* diagnostics);

// Makes the schema in an empty database. Returns what SQLite refuses; "" where all is well.
std::string Replay(const SqliteModel& model, shadow::Database* database);

// Runs a script statement by statement. Returns the first error with its statement; "": none.
std::string RunSqlite(std::string_view script, shadow::Database* database);

// A part of a CREATE TABLE: a column, or a constraint of the table.
struct TableItem {
  std::string text;                 // as it stands, without comments at its ends
  std::vector<std::string> tokens;  // shadow::SqliteTokens
  std::string column;               // in lower case; empty: a constraint
};
std::vector<TableItem> ItemsOf(const std::string& create_table);
// Where the parenthesis stands that opens its parts.
std::size_t BodyBegin(const std::string& create_table);

struct SqliteColumn {
  std::string name, type, default_value;
  bool not_null = false;
  int key = 0;     // its place in the primary key, from 1; 0: none
  int hidden = 0;  // 2, 3: generated
};

// What SQLite makes of a table.
struct SqliteTable {
  std::vector<SqliteColumn> columns;
  std::vector<std::string> rules;  // keys, foreign keys and what only the text tells; sorted
  std::set<std::string> parents;   // tables that it refers to
  std::set<std::string> cascades;  // those by ON DELETE CASCADE
};
std::map<std::string, SqliteTable> TablesOf(const SqliteModel& model);
// The same where `database` holds `model` already; `only`: of that one table (empty: of all).
std::map<std::string, SqliteTable> TablesOf(shadow::Database& database, const SqliteModel& model,
                                            const std::string& only);

// Names are compared without regard to case.
std::string Folded(std::string name);

// Rows by kind and name.
class SqliteIndex {
 public:
  explicit SqliteIndex(const SqliteModel& model);
  // Null where there is none. The pointer is into the model.
  const shadow::SchemaRow* Find(const std::string& type, const std::string& name) const;

 private:
  std::map<std::pair<std::string, std::string>, const shadow::SchemaRow*> rows_;
};

// "users" as it has to be written.
std::string SqliteName(const std::string& name);

// Whether two rows of one kind and name say the same; tables by what SQLite makes of them.
bool SameObject(const shadow::SchemaRow& a, const SqliteTable* table_a, const shadow::SchemaRow& b,
                const SqliteTable* table_b);

std::vector<Difference> SqliteDifferences(const SqliteModel& from, const SqliteModel& to);

// As MakePlan, on SQLite: ALTER TABLE where it can do it, else SQLite's procedure of a new table,
// copied rows and a rename. Proved on in-memory SQLite, up and down.
Plan MakeSqlitePlan(const SqliteModel& from, const SqliteModel& to, const PlanOptions& options);
// As StepsBetween; the statements are in `script` alone.
Steps SqliteStepsBetween(const SqliteModel& from, const SqliteModel& to);

// The schema as SQL: tables with their indexes, parents first, then views and triggers.
std::string DumpSqlite(const SqliteModel& model);
// The same in two parts, with rows to be put between them, and what drops it all.
struct SqliteDump {
  std::string tables, rest, drops;
};
SqliteDump DumpParts(const SqliteModel& model);

}  // namespace strata::diff
