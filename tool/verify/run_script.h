// One script run on the model: each statement applied to the catalog and, where it writes rows, run
// on the shadow.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "catalog/catalog.h"
#include "shadow/shadow.h"
#include "sql/load_set.h"
#include "verify/check.h"

namespace strata::verify {

// What the set has made so far: its schema and the rows that its statements wrote.
struct Model {
  catalog::Catalog catalog;
  shadow::Shadow shadow;
};

// A point to come back to. Cheap.
struct ModelSnapshot {
  catalog::Catalog catalog;
  shadow::Shadow::Snapshot rows;
};
ModelSnapshot Save(Model* model);
void Restore(const ModelSnapshot& snapshot, Model* model);

// The beginning of a session: the default search_path and role, no temporary tables.
void BeginSession(Model* model);

struct ScriptRun {
  Diagnostics diagnostics;  // rejects, and a coverage note for each skipped statement
  StatementCounts counts;
  bool refused = false;                // PostgreSQL would refuse a statement of it
  std::vector<std::string> unchecked;  // why its outcome is not certain; empty: it is
};

// Sees the statement of that number, with the schema before and after it.
using Watch = std::function<void(std::size_t statement, const catalog::Catalog& before,
                                 const catalog::Catalog& after)>;

// Runs `file` in a session of its own. After a refused statement it goes on as if the statement had
// meant well, so that every mistake of a file is found in one run. `watch`, where there is one,
// sees each statement but those that wrap the whole file.
ScriptRun RunScript(const sql::ParsedFile& file, std::uint64_t version, Direction direction,
                    Model* model, const Watch& watch = {});

}  // namespace strata::verify
