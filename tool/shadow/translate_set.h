// A PostgreSQL set made fit for SQLite files: for every migration without a hand-written variant
// (<version>_<name>.sqlite.up.sql) the SQL that does the same on SQLite.
//
// Schema changes are written from the catalog before and after each statement; data statements from
// their analysed form. What has no counterpart that could do harm by its absence makes the
// migration refuse to run on SQLite, with the reason; what is merely not the same is noted once.
#pragma once

#include "base/diagnostic.h"
#include "sql/load_set.h"

namespace strata::shadow {

// Fills Migration::sqlite_up, sqlite_down and sqlite_verify of a postgres set that was loaded
// without errors. Appends to `notes` every approximation, once for each wording (class coverage,
// severity note), and every refusal (severity warning, rule "no-sqlite-counterpart").
//
// The script of a refused migration fails with the reason when it is run. Translated scripts carry
// the checksums of the files they come from, so that a newer translation is not a modified
// migration.
void TranslateSet(sql::LoadedSet* set, Diagnostics* notes);

}  // namespace strata::shadow
