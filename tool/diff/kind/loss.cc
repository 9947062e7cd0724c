// What a change of a column's type does to the values that are there.
#include <algorithm>

#include "catalog/analyze/types.h"
#include "diff/differ.h"

namespace strata::diff {

using namespace catalog::types;  // NOLINT: the names of the built-in types
using catalog::Oid;
using catalog::TypeRef;

namespace {

// Integers in the order of their size; 0: it is none.
int SizeOfInteger(Oid type) {
  return type == kInt2 ? 2 : type == kInt4 ? 4 : type == kInt8 ? 8 : 0;
}

bool IsFloat(Oid type) { return type == kFloat4 || type == kFloat8; }

bool IsText(Oid type) { return type == kText || type == kVarchar || type == kBpchar; }

// numeric(precision, scale) of its modifier. Source: numeric.c.
struct Digits {
  int whole, scale;
};
Digits DigitsOf(std::int32_t typmod) {
  const int scale = (((typmod - 4) & 0x7ff) ^ 1024) - 1024;
  return {(((typmod - 4) >> 16) & 0xffff) - scale, scale};
}

enum class Loss { kNone, kTooLarge, kTooLong, kNoValue, kRounded, kTimeOfDay, kZone };

Loss OfNumeric(TypeRef from, TypeRef to) {
  if (to.typmod < 4) return Loss::kNone;
  const Digits is = DigitsOf(to.typmod);
  if (const int size = SizeOfInteger(from.type))
    return is.whole >= (size == 2 ? 5 : size == 4 ? 10 : 19) ? Loss::kNone : Loss::kTooLarge;
  if (from.type != kNumeric) return IsFloat(from.type) ? Loss::kRounded : Loss::kNone;
  if (from.typmod < 4) return Loss::kRounded;
  const Digits was = DigitsOf(from.typmod);
  if (is.scale < was.scale) return Loss::kRounded;
  return is.whole < was.whole ? Loss::kTooLarge : Loss::kNone;
}

Loss Of(TypeRef from, TypeRef to) {
  if (IsText(to.type)) {
    const bool limited = to.typmod >= 4 && to.type != kText && IsText(from.type);
    return limited && (from.typmod < 4 || from.typmod > to.typmod) ? Loss::kTooLong : Loss::kNone;
  }
  if (IsText(from.type)) return Loss::kNoValue;
  if (to.type == kNumeric) return OfNumeric(from, to);
  if (const int size = SizeOfInteger(to.type)) {
    if (const int old = SizeOfInteger(from.type)) return old > size ? Loss::kTooLarge : Loss::kNone;
    return from.type == kNumeric || IsFloat(from.type) ? Loss::kRounded : Loss::kNone;
  }
  if (from.type == kFloat8 && to.type == kFloat4) return Loss::kRounded;
  const bool stamp = from.type == kTimestamp || from.type == kTimestamptz;
  if (stamp && to.type == kDate) return Loss::kTimeOfDay;
  const bool zone = stamp && (to.type == kTimestamp || to.type == kTimestamptz);
  return zone && from.type != to.type ? Loss::kZone : Loss::kNone;
}

}  // namespace

std::string LossOf(const Catalog& catalog, const std::string& column, TypeRef from, TypeRef to) {
  const std::string type = catalog.TypeName(to), holds = "fails while column " + column + " holds ";
  switch (Of(from, to)) {
    case Loss::kTooLarge:
      return holds + "a value too large for " + type;
    case Loss::kTooLong:
      return holds + "a value too long for " + type;
    case Loss::kNoValue:
      return holds + "what is no " + type;
    case Loss::kRounded:
      return "the values of column " + column + " are rounded to " + type + ", for good";
    case Loss::kTimeOfDay:
      return "the values of column " + column + " lose their time of day";
    case Loss::kZone:
      return "the values of column " + column + " are read in the session's time zone";
    case Loss::kNone:
      break;
  }
  return "";
}

}  // namespace strata::diff
