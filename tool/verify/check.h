// The offline proof of a set: every migration applied to the model, down and up again, with data
// statements run on the shadow. No server, no file is touched.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "lint/settings.h"
#include "sql/load_set.h"

namespace strata::shadow {
class SetTranslator;
}

namespace strata::verify {

struct CheckOptions {
  bool roundtrip = true;
  const lint::Settings* lint = nullptr;  // null: no linting
  // By index: migrations whose down and verify scripts are known to be right. These are not run,
  // and neither counted nor among CheckResult::roundtrip.
  std::vector<bool> proved;
  shadow::SetTranslator* translator = nullptr;  // null: nothing is translated for SQLite
};

// Every statement is exactly one of the three.
struct StatementCounts {
  int executed = 0;  // ran on the SQLite shadow
  int modelled = 0;  // applied to the catalog model only
  int skipped = 0;   // not analysed; a coverage note says why
  int Total() const { return executed + modelled + skipped; }
  // Percent of statements that were analysed; 100 where there is none.
  double Coverage() const { return Total() == 0 ? 100.0 : 100.0 * (executed + modelled) / Total(); }
};

enum class RoundtripResult { kOk, kDiffers, kDownFailed, kIrreversible, kNotChecked };

struct Roundtrip {
  std::uint64_t migration = 0;
  RoundtripResult result = RoundtripResult::kNotChecked;
  std::vector<std::string> differences;  // in words; for kNotChecked the reasons
};

struct CheckResult {
  int migrations = 0;
  StatementCounts statements;
  Diagnostics diagnostics;
  std::vector<Roundtrip>
      roundtrip;  // one for each migration; empty without CheckOptions::roundtrip
  double elapsed_ms = 0;
  // What the check has built, which nobody needs any more (base/keep.h).
  std::shared_ptr<const void> remains;
};

// Checks a set that was loaded without errors in its names and directives.
CheckResult Check(const sql::LoadedSet& set, const CheckOptions& options);

}  // namespace strata::verify
