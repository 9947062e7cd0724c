// CREATE TABLE … (LIKE source INCLUDING …)
#pragma once

#include <map>

#include "catalog/apply/context.h"

namespace strata::catalog {

struct LikeSource {
  Oid relation = 0;
  std::uint32_t options = 0;  // what is INCLUDED (parsenodes.h, TableLikeOption)
  std::map<std::int16_t, std::int16_t>
      numbers;  // the source's attribute numbers -> the new table's
};

Column CopyColumn(const Column& from, std::uint32_t options);

// Defaults, generation expressions and identity sequences.
void CopyDefaults(Context& context, const LikeSource& like, Oid table);
void CopyChecks(Context& context, const LikeSource& like, Oid table);
// Indexes, comments, statistics.
void CopyTheRest(Context& context, const LikeSource& like, Oid table);

}  // namespace strata::catalog
