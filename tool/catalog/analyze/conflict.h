// ON CONFLICT of an INSERT.
#pragma once

#include "catalog/analyze/writer.h"

namespace strata::catalog {

// Reads the clause into the query of `level`, whose target `writer` has found.
void OnConflict(Analysis* analysis, Level* level, Writer* writer,
                const sql::OnConflictClause& clause);

}  // namespace strata::catalog
