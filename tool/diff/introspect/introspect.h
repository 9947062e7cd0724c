// A live database -> a catalog. Read only, in one snapshot, with a number of queries that does not
// depend on the size of the schema.
//
// The server is asked for the definition of every object in its own words (pg_get_viewdef and its
// kin); the definitions, in the order of pg_depend, are run on an empty catalog. So a live schema
// goes through the same analysis as a migration, and the two can be compared.
#pragma once

#include <string>
#include <vector>

#include "base/status.h"
#include "catalog/catalog.h"
#include "driver/driver.h"

namespace strata::diff {

struct LiveSchema {
  catalog::Catalog catalog;
  std::vector<std::string> unread;    // definitions that the model could not take in, each with why
  std::vector<std::string> left_out;  // objects that nothing was asked about: "subscription s"
  std::string script;                 // the definitions
  std::string zone;                   // the time zone of a session of this database
};

struct IntrospectOptions {
  std::string history_table = "strata_history";  // [schema.]name; left out with its log
  // Relations that another role owns than the history are left out, unless this has them too.
  const catalog::Catalog* expected = nullptr;
  // Times with a zone as clocks show them in the database's own zone, not as moments: what was
  // written without a zone is then found again.
  bool clock_times = false;
};

// Leaves out what extensions made, and system schemas. Errors: as Database::Query.
absl::StatusOr<LiveSchema> Introspect(Database& database, const IntrospectOptions& options);

}  // namespace strata::diff
