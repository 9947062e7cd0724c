// Two catalogs -> what differs, in words.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace strata::catalog {

struct Difference {
  enum class Kind { kLeft, kLost, kChanged, kColumnOrder };
  Kind kind = Kind::kChanged;  // kLeft: `after` has it and `before` had not; kLost: the reverse
  ObjectRef object;            // in `after`, for kLost in `before`
  std::string text;            // "index users_email_idx is not restored"
};

// What a round trip left behind: `before` against `after` (which came from `before` by up and
// down). Objects are matched by name. Column order alone is kColumnOrder, a note.
std::vector<Difference> Compare(const Catalog& before, const Catalog& after);

}  // namespace strata::catalog
