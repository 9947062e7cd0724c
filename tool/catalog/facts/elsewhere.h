// Extensions that are no part of PostgreSQL but often installed beside it.
#pragma once

#include <string_view>

namespace strata::catalog::facts {

struct ElsewhereExtension {
  std::string_view name;
  // "kind name;kind name;…" of all it brings, * standing for any text; empty: not known. Source:
  // the extension's own scripts.
  std::string_view brings = {};
  // Its functions change tables of others (they make partitions and the like).
  bool acts = false;
};

// Null where it is not known here: whether a server has one of these is not known in any case.
const ElsewhereExtension* ExtensionElsewhere(std::string_view name);

}  // namespace strata::catalog::facts
