// One statement applied to the catalog, as PostgreSQL 15 would. One file = one statement kind.
#pragma once

#include "catalog/catalog.h"
#include "catalog/problem.h"
#include "sql/parse.h"

namespace strata::catalog {

// How far a statement was understood.
enum class Coverage {
  kModelled,  // its whole effect on the schema is in the catalog
  kSkipped,   // not analysed; findings.unchecked says why
};

struct ApplyResult {
  Coverage coverage = Coverage::kModelled;
  // A body ran text, or may have run it, that is not wholly known.
  bool runs_unknown = false;
  Findings findings;
};

// Applies `statement` to `catalog`. `text` is the script it stands in. With problems the catalog
// goes on as if the statement had meant well, so that one mistake is not reported twice.
// `in_transaction`: the script runs in one transaction.
ApplyResult Apply(Catalog* catalog, std::string_view text, const sql::ParsedStatement& statement,
                  bool in_transaction);

}  // namespace strata::catalog
