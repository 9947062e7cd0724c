// One migration's round trip on the model: down, compare with what was before the up, up again.
#pragma once

#include "verify/run_script.h"

namespace strata::verify {

struct RoundtripOutcome {
  Roundtrip roundtrip;
  Diagnostics diagnostics;
  StatementCounts counts;  // of the down script
};

// `model` stands where the up has left it, with the outcome `up`; `before` is where it stood
// before. Leaves the model as it found it. `watch` sees the down script's statements.
RoundtripOutcome CheckRoundtrip(const sql::ParsedMigration& migration, const ModelSnapshot& before,
                                const ScriptRun& up, Model* model, const Watch& watch = {});

}  // namespace strata::verify
