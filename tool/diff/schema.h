// A desired schema: SQL files -> a catalog.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/sources.h"
#include "base/status.h"
#include "catalog/catalog.h"

namespace strata::diff {

// What used to have another name: `-- strata: renamed-from old`, or --rename.
struct Rename {
  std::string kind;    // "table", "column", "view", "type", "index", "sequence", "function"
  std::string schema;  // "": public
  std::string table;   // of a column, under its new name
  std::string from, to;
  std::string from_schema = {};  // of a whole that comes from another schema; "": from its own
};

struct Schema {
  catalog::Catalog catalog;
  std::vector<Rename> renames;
  Sources sources;
};

// Reads files, or every *.sql of folders in the order of their names; a file that needs what a
// later one makes comes after it. What PostgreSQL would refuse is appended to `diagnostics`.
// Errors: as ReadSchemaFiles.
absl::StatusOr<Schema> LoadSchema(const std::vector<std::string>& paths, Diagnostics* diagnostics);

struct SchemaFile {
  std::string path, text;  // without a byte-order mark, and without pg_dump's \restrict
};
// The files, and every *.sql of the folders in the order of their names. Errors: a path that cannot
// be read, a folder without SQL or with migrations in it, no statement in all of them.
absl::StatusOr<std::vector<SchemaFile>> ReadSchemaFiles(const std::vector<std::string>& paths);

// "users.mail=email", "people=users", each with an optional schema before it; "people=app.people"
// for another schema. Which of table.column and schema.table is meant, ResolveRenames tells.
// Errors: any other form.
absl::StatusOr<Rename> ParseRename(const std::string& text);

}  // namespace strata::diff
