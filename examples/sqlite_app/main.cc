// Notes in a SQLite file. The program carries its migrations and brings the file up to date before
// it uses it, so that an old file meets a new program without a step in between.
#include <notes_schema.h>
#include <sqlite3.h>
#include <strata/strata.h>

#include <cstdio>
#include <string>

static_assert(notes::HasMigration(2), "this code writes notes.created_at, which migration 2 adds");

int main(int argc, char** argv) {
  sqlite3* db = nullptr;
  if (sqlite3_open("notes.db", &db) != SQLITE_OK) {
    std::fprintf(stderr, "notes.db: %s\n", sqlite3_errmsg(db));
    return 5;
  }
  const absl::StatusOr<strata::MigrateResult> result = strata::Migrate(notes::migrations(), db);
  if (!result.ok()) {
    std::fprintf(stderr, "%s\n", std::string(result.status().message()).c_str());
    return strata::ExitCode(result.status());
  }
  for (const strata::Change& change : result->changes) {
    std::printf("migrated: %s\n", change.name.c_str());
  }
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(db, "INSERT INTO notes (body) VALUES (?)", -1, &insert, nullptr);
  sqlite3_bind_text(insert, 1, argc > 1 ? argv[1] : "hello", -1, SQLITE_STATIC);
  const bool added = sqlite3_step(insert) == SQLITE_DONE;
  std::printf("%s\n", added ? "noted" : sqlite3_errmsg(db));
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return added ? 0 : 1;
}
