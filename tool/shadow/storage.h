// How SQLite holds a value of a PostgreSQL type.
#pragma once

#include <string>

#include "catalog/catalog.h"

namespace strata::shadow {

enum class Storage {
  kBool,       // 0 or 1
  kInteger,    // smallint, integer, bigint, oid
  kFloat,      // real, double precision
  kNumeric,    // a number; beyond 15 digits it is not exact
  kText,       // text, varchar, name, enum labels
  kCitext,     // text compared without regard to case
  kBpchar,     // char(n), without its trailing blanks
  kDate,       // 2026-11-22
  kTime,       // 12:30:00
  kTimestamp,  // 2026-11-22 12:30:00[.5], also timestamptz, in UTC
  kUuid,       // lower case, with hyphens
  kJson,       // json and jsonb: its text
  kBytes,      // bytea: a blob
  kArray,      // a JSON array
  kOther,      // the text as written; equal texts are equal values, and no more is known
};

// A type after its domains are taken off.
struct StoredType {
  Storage storage = Storage::kOther;
  catalog::TypeRef type;                  // the base type
  const catalog::Type* domain = nullptr;  // the outermost domain, where it was one
  const catalog::Type* enumeration = nullptr;
  bool element_is_number = false;  // of an array
};

StoredType StoredAs(const catalog::Catalog& catalog, catalog::TypeRef type);

// Two values are equal exactly where SQLite holds them equal.
bool ComparesExactly(Storage storage);

// The type name of a column in SQLite's DDL; its affinity is what matters.
std::string SqliteTypeName(Storage storage);

// n of varchar(n), char(n), bit(n); -1 where there is none.
int LengthLimit(const StoredType& type);

// The numbers of built-in types, as in pg_type.
namespace oid {
constexpr catalog::Oid kBool = 16, kBytea = 17, kChar = 18, kName = 19, kInt8 = 20, kInt2 = 21,
                       kInt4 = 23, kText = 25, kOid = 26, kJson = 114, kFloat4 = 700, kFloat8 = 701,
                       kUnknown = 705, kMoney = 790, kBpchar = 1042, kVarchar = 1043, kDate = 1082,
                       kTime = 1083, kTimestamp = 1114, kTimestamptz = 1184, kInterval = 1186,
                       kTimetz = 1266, kNumeric = 1700, kUuid = 2950, kJsonb = 3802;
}  // namespace oid

}  // namespace strata::shadow
