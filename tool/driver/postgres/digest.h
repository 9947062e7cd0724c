// A digest of a whole history that the server makes of its rows and the client of its set, so that
// rows which agree need not travel.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "migration/history.h"
#include "strata/migration_set.h"

namespace strata::postgres {

// What PostgreSQL's hashtextextended(text, seed) returns on a little-endian server (and, by its
// promise to hash-partitioned tables, goes on returning): Bob Jenkins' lookup3 with a seed.
std::int64_t HashTextExtended(std::string_view text, std::uint64_t seed);

// The sum over all migrations of the hash of the up checksum, seeded with the version, in decimal.
std::string SetDigest(const MigrationSet& set);

// Selects the table's own digest; NULL where the table is empty. A row that is not applied, or is
// of a newer major version of Strata, makes it another than the set's.
std::string SelectDigest(const TableName& table);

}  // namespace strata::postgres
