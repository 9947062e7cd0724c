// `strata lint --fix`: findings that a machine can mend -> the files as they should be.
#pragma once

#include <string>
#include <vector>

#include "lint/fix.h"
#include "sql/load_set.h"

namespace strata::lint {

struct ChangedFile {
  std::string name;  // in the folder
  std::string text;
  bool is_new = false;
};

// Pure: writes nothing. Of two edits that overlap the first counts. New migrations are numbered
// above the newest one.
std::vector<ChangedFile> ApplyFixes(const sql::LoadedSet& set,
                                    const std::vector<FixableFinding>& findings);

}  // namespace strata::lint
