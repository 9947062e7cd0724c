// What sqlite_schema holds, and how two states of it differ, in words.
#pragma once

#include <string>
#include <tuple>
#include <vector>

#include "shadow/database.h"

namespace strata::shadow {

struct SchemaRow {
  std::string type, name, table, sql;
  auto Key() const { return std::tie(type, name); }
  bool operator==(const SchemaRow& o) const {
    return Key() == o.Key() && table == o.table && sql == o.sql;
  }
};

using SqliteSchema = std::vector<SchemaRow>;

// Tables, indexes, views and triggers, sorted; what SQLite makes by itself is left out.
SqliteSchema ReadSchema(Database& db);

// SQL cut into tokens: comments gone, names without their quotes and in lower case.
std::vector<std::string> SqliteTokens(const std::string& sql);

// "index users_email is not restored", …; empty where they are the same but for spelling, blanks,
// quotes and the order of columns.
std::vector<std::string> SchemaDifferences(const SqliteSchema& before, const SqliteSchema& after);

}  // namespace strata::shadow
