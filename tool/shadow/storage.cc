#include "shadow/storage.h"

namespace strata::shadow {
namespace {

using catalog::Type;
using catalog::TypeKind;

Storage OfBuiltIn(catalog::Oid type) {
  switch (type) {
    case oid::kBool:
      return Storage::kBool;
    case oid::kInt2:
    case oid::kInt4:
    case oid::kInt8:
    case oid::kOid:
      return Storage::kInteger;
    case oid::kFloat4:
    case oid::kFloat8:
      return Storage::kFloat;
    case oid::kNumeric:
      return Storage::kNumeric;
    case oid::kText:
    case oid::kVarchar:
    case oid::kName:
    case oid::kChar:
    case oid::kUnknown:
      return Storage::kText;
    case oid::kBpchar:
      return Storage::kBpchar;
    case oid::kDate:
      return Storage::kDate;
    case oid::kTime:
      return Storage::kTime;
    case oid::kTimestamp:
    case oid::kTimestamptz:
      return Storage::kTimestamp;
    case oid::kUuid:
      return Storage::kUuid;
    case oid::kJson:
    case oid::kJsonb:
      return Storage::kJson;
    case oid::kBytea:
      return Storage::kBytes;
    default:
      return Storage::kOther;
  }
}

}  // namespace

StoredType StoredAs(const catalog::Catalog& catalog, catalog::TypeRef ref) {
  StoredType stored;
  const Type* type = catalog.type(ref.type);
  for (int depth = 0; type != nullptr && type->kind == TypeKind::kDomain && depth < 32; ++depth) {
    if (stored.domain == nullptr) stored.domain = type;
    ref = type->base;
    type = catalog.type(ref.type);
  }
  stored.type = ref;
  if (type == nullptr) return stored;
  if (type->kind == TypeKind::kEnum) {
    stored.storage = Storage::kText;
    stored.enumeration = type;
  } else if (type->is_array) {
    stored.storage = Storage::kArray;
    const Storage element = OfBuiltIn(type->element);
    stored.element_is_number =
        element == Storage::kInteger || element == Storage::kFloat || element == Storage::kNumeric;
  } else if (type->oid >= catalog::kFirstUserOid) {
    stored.storage = type->name == "citext" ? Storage::kCitext : Storage::kOther;
  } else {
    stored.storage = OfBuiltIn(type->oid);
  }
  return stored;
}

bool ComparesExactly(Storage storage) {
  switch (storage) {
    case Storage::kJson:
    case Storage::kArray:
    case Storage::kOther:
      return false;
    default:
      return true;
  }
}

std::string SqliteTypeName(Storage storage) {
  switch (storage) {
    case Storage::kBool:
      return "BOOLEAN";
    case Storage::kInteger:
      return "INTEGER";
    case Storage::kFloat:
      return "REAL";
    case Storage::kNumeric:
      return "NUMERIC";
    case Storage::kBytes:
      return "BLOB";
    default:
      return "TEXT";
  }
}

int LengthLimit(const StoredType& type) {
  if (type.type.typmod < 4) return -1;
  const catalog::Oid t = type.type.type;
  return t == oid::kVarchar || t == oid::kBpchar ? type.type.typmod - 4 : -1;  // VARHDRSZ
}

}  // namespace strata::shadow
