// A PostgreSQL set made fit for SQLite files: for every migration without a hand-written variant
// (<version>_<name>.sqlite.up.sql) the SQL that does the same on SQLite.
//
// Schema changes are written from the catalog before and after each statement; data statements from
// their analysed form. What has no counterpart that could do harm by its absence makes the
// migration refuse to run on SQLite, with the reason; what is merely not the same is noted once.
#pragma once

#include <cstddef>
#include <memory>

#include "base/diagnostic.h"
#include "sql/load_set.h"

namespace strata::catalog {
class Catalog;
}

namespace strata::shadow {

// Translates while someone else applies the scripts to a catalog (the check does, so that
// translating costs little beside it), or by itself (TranslateSet below).
//
// For each migration in order its up, then its down where it has one: Begin, Statement for each
// statement, End. Each script runs in a session of its own.
class SetTranslator {
 public:
  // As TranslateSet. `set` and `notes` must outlive the translator.
  SetTranslator(sql::LoadedSet* set, Diagnostics* notes);
  ~SetTranslator();

  void Begin(std::size_t migration, Direction direction);
  void Statement(std::size_t statement, const catalog::Catalog& before,
                 const catalog::Catalog& after);
  // Writes the script's translation, and after an up that of the verify script. `schema`: where the
  // migration's up has led.
  void End(const catalog::Catalog& schema);

 private:
  class Run;
  std::unique_ptr<Run> run_;
};

// Fills Migration::sqlite_up, sqlite_down and sqlite_verify of a postgres set that was loaded
// without errors. Appends to `notes` every approximation, once for each wording (class coverage,
// severity note), and every refusal (severity warning, rule "no-sqlite-counterpart").
//
// The script of a refused migration fails with the reason when it is run. Translated scripts carry
// the checksums of the files they come from, so that a newer translation is not a modified
// migration.
void TranslateSet(sql::LoadedSet* set, Diagnostics* notes);

}  // namespace strata::shadow
