// Types as parse analysis sees them: categories, what may become what, and what several types have
// in common. PostgreSQL's documentation, chapter 10, gives the rules.
//
// A type of 0 is not known; every question about one is answered so that nothing is accused.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace strata::catalog {

namespace types {
constexpr Oid kBool = 16, kBytea = 17, kChar = 18, kName = 19, kInt8 = 20, kInt2 = 21,
              kInt2Vector = 22;
constexpr Oid kInt4 = 23, kRegproc = 24, kText = 25, kOid = 26, kTid = 27, kXid = 28, kCid = 29;
constexpr Oid kOidVector = 30, kJson = 114, kXml = 142, kFloat4 = 700, kFloat8 = 701,
              kUnknown = 705;
constexpr Oid kMoney = 790, kMacaddr = 829, kInet = 869, kCidr = 650, kMacaddr8 = 774;
constexpr Oid kBpchar = 1042, kVarchar = 1043, kDate = 1082, kTime = 1083, kTimestamp = 1114;
constexpr Oid kTimestamptz = 1184, kInterval = 1186, kTimetz = 1266, kBit = 1560, kVarbit = 1562;
constexpr Oid kNumeric = 1700, kRegprocedure = 2202, kRegoper = 2203, kRegoperator = 2204;
constexpr Oid kRegclass = 2205, kRegtype = 2206, kRegrole = 4096, kRegnamespace = 4089;
constexpr Oid kRecord = 2249, kRecordArray = 2287, kCstring = 2275, kAny = 2276, kAnyArray = 2277;
constexpr Oid kVoid = 2278, kTrigger = 2279, kInternal = 2281, kAnyElement = 2283;
constexpr Oid kAnyNonArray = 2776, kUuid = 2950, kAnyEnum = 3500, kJsonb = 3802, kAnyRange = 3831;
constexpr Oid kTsvector = 3614, kTsquery = 3615, kRegconfig = 3734, kRegdictionary = 3769;
constexpr Oid kJsonpath = 4072, kRegcollation = 4191, kAnyMultirange = 4537;
constexpr Oid kAnyCompatibleMultirange = 4538, kAnyCompatible = 5077, kAnyCompatibleArray = 5078;
constexpr Oid kAnyCompatibleNonArray = 5079, kAnyCompatibleRange = 5080, kRefcursor = 1790;
}  // namespace types

// Returns the type under a domain (and its domains), or the type itself.
Oid BaseTypeOf(const Catalog& catalog, Oid type);
// The same with the type modifier that the domain gives.
TypeRef BaseTypeOf(const Catalog& catalog, TypeRef type);

// Whether a foreign key's column of type `value` can be compared with the key it refers to
// (tablecmds.c, ATAddForeignKeyConstraint). A domain over an enum has no equality.
bool CanReference(const Catalog& catalog, Oid key, Oid value);

char CategoryOf(const Catalog& catalog, Oid type);
bool IsPreferred(const Catalog& catalog, Oid type);
bool IsPolymorphic(Oid type);
// A composite type, or a domain over one, or record.
bool IsRowType(const Catalog& catalog, Oid type);
// The element of a true array (or domain over one), else 0.
Oid ElementOf(const Catalog& catalog, Oid type);
// A built-in type that no COLLATE can stand at.
bool LacksCollation(const Catalog& catalog, Oid type);
Oid ArrayOf(const Catalog& catalog, Oid type);
bool IsEnum(const Catalog& catalog, Oid type);

// How a value of one type becomes another.
enum class Coercion { kNone, kRelabel, kFunction, kArray, kInOut };
Coercion FindCoercion(const Catalog& catalog, Oid from, Oid to, char context,
                      Oid* function = nullptr);
bool IsBinaryCoercible(const Catalog& catalog, Oid from, Oid to);
// Whether all of `from` may become `to`, pairwise.
bool CanCoerceAll(const Catalog& catalog, const std::vector<Oid>& from, const std::vector<Oid>& to,
                  char context);
// -1, 0 or 1: which of two contexts is the more permissive one; 'i' < 'a' < 'e'.
bool ContextAllows(char context, char needed);

// Fills in polymorphic declared types from the actual ones, and the result's. `ok` false: they do
// not fit together, and `message` says how. Types that cannot be told become 0.
struct Polymorphic {
  bool ok = true;
  std::string message;
  std::vector<Oid> declared;
  Oid result = 0;
};
Polymorphic ResolvePolymorphic(const Catalog& catalog, const std::vector<Oid>& actual,
                               const std::vector<Oid>& declared, Oid result);

// The common type of UNION, CASE, VALUES, ARRAY and the like. Unknown literals count as kUnknown.
struct CommonType {
  Oid type = 0;       // 0 with mismatch < 0: cannot be told
  int mismatch = -1;  // index of the first one whose category does not fit the ones before
  Oid expected = 0;   // what it was compared with
};
CommonType SelectCommonType(const Catalog& catalog, const std::vector<Oid>& all);

// Whether rows of it can be grouped ('=') or sorted ('<'). True where it is not known.
bool HasEquality(const Catalog& catalog, Oid type);
bool HasOrdering(const Catalog& catalog, Oid type);

}  // namespace strata::catalog
