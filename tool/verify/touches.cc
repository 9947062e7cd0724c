#include "verify/touches.h"

namespace strata::verify {
namespace {

using catalog::Catalog;
using catalog::ObjectClass;
using catalog::ObjectRef;

// The object's value, by identity: an object that is not touched is the same one in both states.
const void* Identity(const Catalog& catalog, ObjectRef object) {
  switch (object.cls) {
    case ObjectClass::kSchema:
      return catalog.schema(object.oid);
    case ObjectClass::kRelation:
      return catalog.relation(object.oid);
    case ObjectClass::kType:
      return catalog.type(object.oid);
    case ObjectClass::kFunction:
      return catalog.function(object.oid);
    case ObjectClass::kConstraint:
      return catalog.constraint(object.oid);
    case ObjectClass::kTrigger:
      return catalog.trigger(object.oid);
    case ObjectClass::kRule:
      return catalog.rule(object.oid);
    case ObjectClass::kPolicy:
      return catalog.policy(object.oid);
    case ObjectClass::kExtension:
      return catalog.extension(object.oid);
    case ObjectClass::kOperator:
      return catalog.operator_(object.oid);
    case ObjectClass::kOperatorClass:
      return catalog.operator_class(object.oid);
    default:
      return catalog.named(object.oid);
  }
}

template <typename Map>
bool Differs(const Map& earlier, const Map& later, ObjectRef object) {
  if (earlier.SameAs(later)) return false;
  const auto* a = earlier.Find(object);
  const auto* b = later.Find(object);
  return (a == nullptr) != (b == nullptr) || (a != nullptr && *a != *b);
}

}  // namespace

bool Touches(const Catalog& earlier, const Catalog& later, ObjectRef object) {
  return Identity(earlier, object) != Identity(later, object) ||
         Differs(earlier.comments(), later.comments(), object) ||
         Differs(earlier.privileges(), later.privileges(), object);
}

}  // namespace strata::verify
