// `strata report`: a whole set on one page, for reading and for keeping with a release.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "lint/lint.h"
#include "sql/load_set.h"
#include "verify/check.h"

namespace strata::report {

struct PageInput {
  std::string title;
  const sql::LoadedSet* set = nullptr;
  const verify::CheckResult* check = nullptr;
  const catalog::Catalog* catalog = nullptr;  // after all migrations; null: the set is SQLite's
  std::vector<lint::LockRow> locks;           // on tables that stood before
};

// Returns a self-contained HTML page: the schema as a diagram, the migrations as a timeline, the
// findings, the locks. It holds no date, so that the same set gives the same page.
std::string SetPage(const PageInput& input);

}  // namespace strata::report
