// SQL functions that the check's own SQLite knows beside SQLite's: PostgreSQL's input functions and
// limits, its clock and sequences. An error of theirs is PostgreSQL's error, or says that a value
// is not known.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "catalog/catalog.h"
#include "shadow/database.h"

namespace strata::shadow {

struct Native {
  const catalog::Catalog* catalog = nullptr;
  std::string now = "2026-01-01 00:00:00";
  std::int64_t serial = 0;  // makes UUIDs and opaque values distinct
  // Returns false where the sequence's position is not known.
  std::function<bool(catalog::Oid sequence, std::int64_t* value)> next_value;
  std::function<void(catalog::Oid sequence, std::int64_t value, bool called)> set_value;

  // What the last error of a function was: with a rule, PostgreSQL's; without, a value is not
  // known.
  std::string error_rule, error_message;
};

// `native` must outlive the database.
void RegisterNative(Database& database, Native* native);

}  // namespace strata::shadow
