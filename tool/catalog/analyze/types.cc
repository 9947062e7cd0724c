#include "catalog/analyze/types.h"

#include <algorithm>

#include "catalog/analyze/analyze.h"
#include "catalog/facts/facts.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types

Oid BaseTypeOf(const Catalog& catalog, Oid type) {
  return BaseTypeOf(catalog, TypeRef{type, -1}).type;
}

TypeRef BaseTypeOf(const Catalog& catalog, TypeRef type) {
  for (int depth = 0; depth < 32; ++depth) {
    const Type* t = catalog.type(type.type);
    if (t == nullptr) return {};
    if (t->kind != TypeKind::kDomain) return type;
    type = t->base;
  }
  return {};
}

char CategoryOf(const Catalog& catalog, Oid type) {
  if (type == kUnknown) return 'X';
  const Type* t = catalog.type(type);
  return t == nullptr ? '\0' : t->category;
}

bool IsPreferred(const Catalog& catalog, Oid type) {
  const Type* t = catalog.type(type);
  return t != nullptr && t->preferred;
}

bool CanReference(const Catalog& catalog, Oid key, Oid value) {
  const Oid k = BaseTypeOf(catalog, key), v = BaseTypeOf(catalog, value);
  if (k == 0 || v == 0) return true;
  if (IsEnum(catalog, k) && (k != key || v != value)) return false;
  if (k == v) return true;
  for (const Operator* o : catalog.FindOperators("", "=")) {
    if (o->left == k && o->right == v) return true;
  }
  return CanCoerce(catalog, v, k, 'i');
}

namespace {

bool IsFirstFamily(Oid type) {
  switch (type) {
    case kAnyElement:
    case kAnyArray:
    case kAnyNonArray:
    case kAnyEnum:
    case kAnyRange:
    case kAnyMultirange:
      return true;
    default:
      return false;
  }
}

bool IsSecondFamily(Oid type) {
  switch (type) {
    case kAnyCompatible:
    case kAnyCompatibleArray:
    case kAnyCompatibleNonArray:
    case kAnyCompatibleRange:
    case kAnyCompatibleMultirange:
      return true;
    default:
      return false;
  }
}

bool HasKind(const Catalog& catalog, Oid type, TypeKind kind) {
  const Type* t = catalog.type(type);
  return t != nullptr && t->kind == kind;
}

bool IsComposite(const Catalog& catalog, Oid type) {
  return HasKind(catalog, BaseTypeOf(catalog, type), TypeKind::kComposite);
}

bool IsCompositeArray(const Catalog& catalog, Oid type) {
  const Oid element = ElementOf(catalog, type);
  return element != 0 && IsComposite(catalog, element);
}

// Whether the row type `from` is of a table that inherits from the one of `to`.
bool Inherits(const Catalog& catalog, Oid from, Oid to) {
  const Type* child = catalog.type(BaseTypeOf(catalog, from));
  const Type* parent = catalog.type(to);
  if (child == nullptr || parent == nullptr || child->relation == 0 || parent->relation == 0)
    return false;
  std::vector<Oid> open = {child->relation};
  for (std::size_t i = 0; i < open.size() && i < 1000; ++i) {
    if (open[i] == parent->relation) return true;
    const Relation* relation = catalog.relation(open[i]);
    if (relation == nullptr) continue;
    if (relation->of_type == to) return true;
    open.insert(open.end(), relation->parents.begin(), relation->parents.end());
  }
  return false;
}

}  // namespace

bool IsPolymorphic(Oid type) { return IsFirstFamily(type) || IsSecondFamily(type); }

bool IsRowType(const Catalog& catalog, Oid type) {
  return type == kRecord || IsComposite(catalog, type);
}

Oid ElementOf(const Catalog& catalog, Oid type) {
  const Type* t = catalog.type(BaseTypeOf(catalog, type));
  return t != nullptr && t->is_array ? t->element : 0;
}

bool LacksCollation(const Catalog& catalog, Oid oid) {
  const Type* type = catalog.type(oid);
  return type != nullptr && type->kind == TypeKind::kBase && oid < kFirstUserOid &&
         oid != kUnknown && type->collation == 0;
}

Oid ArrayOf(const Catalog& catalog, Oid type) {
  const Type* t = catalog.type(type);
  return t == nullptr ? 0 : t->array;
}

bool IsEnum(const Catalog& catalog, Oid type) {
  return HasKind(catalog, BaseTypeOf(catalog, type), TypeKind::kEnum);
}

bool ContextAllows(char context, char needed) {
  const auto rank = [](char c) { return c == 'i' ? 0 : c == 'a' ? 1 : 2; };
  return rank(needed) <= rank(context);
}

Coercion FindCoercion(const Catalog& catalog, Oid from, Oid to, char context, Oid* function) {
  from = BaseTypeOf(catalog, from);
  to = BaseTypeOf(catalog, to);
  if (from == to) return Coercion::kRelabel;
  if (const Cast* cast = catalog.FindCast(from, to)) {
    if (!ContextAllows(context, cast->context)) return Coercion::kNone;
    if (function != nullptr) *function = cast->function;
    return cast->method == 'f'   ? Coercion::kFunction
           : cast->method == 'b' ? Coercion::kRelabel
                                 : Coercion::kInOut;
  }
  // CREATE TYPE … AS RANGE makes this cast as well.
  const Type* range = ContextAllows(context, 'e') ? catalog.type(from) : nullptr;
  if (range != nullptr && range->kind == TypeKind::kRange && range->multirange == to)
    return Coercion::kFunction;
  if (to != kOidVector && to != kInt2Vector) {
    const Oid to_element = ElementOf(catalog, to), from_element = ElementOf(catalog, from);
    if (to_element != 0 && from_element != 0) {
      const Coercion element = FindCoercion(catalog, from_element, to_element, context, function);
      if (element != Coercion::kNone) return Coercion::kArray;
    }
  }
  if (ContextAllows(context, 'a') && CategoryOf(catalog, to) == 'S') return Coercion::kInOut;
  if (ContextAllows(context, 'e') && CategoryOf(catalog, from) == 'S') return Coercion::kInOut;
  return Coercion::kNone;
}

bool IsBinaryCoercible(const Catalog& catalog, Oid from, Oid to) {
  if (from == to || to == kAny || to == kAnyElement || to == kAnyCompatible) return true;
  from = BaseTypeOf(catalog, from);
  if (from == to) return true;
  const bool array = ElementOf(catalog, from) != 0;
  if (to == kAnyArray || to == kAnyCompatibleArray) return array;
  if (to == kAnyNonArray || to == kAnyCompatibleNonArray) return !array;
  if (to == kAnyEnum) return IsEnum(catalog, from);
  if (to == kAnyRange || to == kAnyCompatibleRange) return HasKind(catalog, from, TypeKind::kRange);
  if (to == kAnyMultirange || to == kAnyCompatibleMultirange) {
    return HasKind(catalog, from, TypeKind::kMultirange);
  }
  if (to == kRecord) return IsComposite(catalog, from);
  if (to == kRecordArray) return IsCompositeArray(catalog, from);
  const Cast* cast = catalog.FindCast(from, to);
  return cast != nullptr && cast->method == 'b' && cast->context == 'i';
}

namespace {

bool CanCoerceOne(const Catalog& catalog, Oid from, Oid to, char context) {
  if (from == 0 || to == 0 || from == to || to == kAny || from == kUnknown) return true;
  if (FindCoercion(catalog, from, to, context) != Coercion::kNone) return true;
  if (from == kRecord && IsComposite(catalog, to)) return true;
  if (to == kRecord && IsComposite(catalog, from)) return true;
  if (from == kRecordArray && IsCompositeArray(catalog, to)) return true;
  if (to == kRecordArray && IsCompositeArray(catalog, from)) return true;
  return Inherits(catalog, from, to);
}

}  // namespace

bool CanCoerce(const Catalog& catalog, Oid from, Oid to, char context) {
  return CanCoerceAll(catalog, {from}, {to}, context);
}

bool CanCoerceAll(const Catalog& catalog, const std::vector<Oid>& from, const std::vector<Oid>& to,
                  char context) {
  bool polymorphic = false;
  for (std::size_t i = 0; i < from.size() && i < to.size(); ++i) {
    if (IsPolymorphic(to[i])) {
      polymorphic = true;
    } else if (!CanCoerceOne(catalog, from[i], to[i], context)) {
      return false;
    }
  }
  return !polymorphic || ResolvePolymorphic(catalog, from, to, 0).ok;
}

namespace {

// What the arguments say of one family of polymorphic types.
struct Family {
  Oid element = 0, array = 0, range = 0, multirange = 0;
  bool uncertain = false;
  bool used = false, want_nonarray = false, want_enum = false;
  std::vector<Oid> compatible;  // second family: everything that must find a common type
};

std::string Quoted(std::string_view words) { return std::string(words); }

// Sets *slot to `type`, or explains why it cannot be.
bool Unify(const Catalog& catalog, Oid* slot, Oid type, std::string_view what,
           std::string* message) {
  if (*slot == 0 || *slot == type) {
    *slot = type;
    return true;
  }
  *message = "arguments declared \"" + Quoted(what) + "\" are not all alike";
  (void)catalog;
  return false;
}

class Resolver {
 public:
  Resolver(const Catalog& catalog, const std::vector<Oid>& actual, const std::vector<Oid>& declared)
      : catalog_(catalog), actual_(actual), declared_(declared) {}

  Polymorphic Run(Oid result) {
    out_.declared = declared_;
    for (std::size_t i = 0; i < declared_.size() && i < actual_.size() && out_.ok; ++i) Look(i);
    if (out_.ok) DeriveFirst();
    if (out_.ok) DeriveSecond();
    if (!out_.ok) return std::move(out_);
    for (Oid& type : out_.declared) type = Filled(type);
    out_.result = Filled(result);
    return std::move(out_);
  }

 private:
  void Fail(std::string message) {
    out_.ok = false;
    out_.message = std::move(message);
  }

  void Look(std::size_t i) {
    const Oid declared = declared_[i];
    if (!IsPolymorphic(declared)) return;
    Family& family = IsFirstFamily(declared) ? first_ : second_;
    family.used = true;
    family.want_nonarray |= declared == kAnyNonArray || declared == kAnyCompatibleNonArray;
    family.want_enum |= declared == kAnyEnum;
    const Oid actual = actual_[i];
    if (actual == kUnknown) return;
    if (actual == 0) {
      family.uncertain = true;
      return;
    }
    const bool polymorphic_actual = actual == declared;
    if (polymorphic_actual) {
      family.uncertain = true;  // inside a polymorphic function
      return;
    }
    std::string message;
    const bool ok = IsFirstFamily(declared) ? TakeFirst(declared, actual, &message)
                                            : TakeSecond(declared, actual, &message);
    if (!ok) Fail(message);
  }

  bool TakeFirst(Oid declared, Oid actual, std::string* message) {
    const Oid base = BaseTypeOf(catalog_, actual);
    switch (declared) {
      case kAnyArray:
        if (ElementOf(catalog_, base) == 0 && base != kAnyArray) {
          *message = "argument declared anyarray is not an array but type " + Name(actual);
          return false;
        }
        return Unify(catalog_, &first_.array, base, "anyarray", message);
      case kAnyRange:
        if (!HasKind(catalog_, base, TypeKind::kRange)) {
          *message = "argument declared anyrange is not a range type but type " + Name(actual);
          return false;
        }
        return Unify(catalog_, &first_.range, base, "anyrange", message);
      case kAnyMultirange:
        if (!HasKind(catalog_, base, TypeKind::kMultirange)) {
          *message =
              "argument declared anymultirange is not a multirange type but type " + Name(actual);
          return false;
        }
        return Unify(catalog_, &first_.multirange, base, "anymultirange", message);
      default:
        return Unify(catalog_, &first_.element, actual, "anyelement", message);
    }
  }

  bool TakeSecond(Oid declared, Oid actual, std::string* message) {
    const Oid base = BaseTypeOf(catalog_, actual);
    if (declared == kAnyCompatibleArray) {
      const Oid element = ElementOf(catalog_, base);
      if (element == 0) {
        *message = "argument declared anycompatiblearray is not an array but type " + Name(actual);
        return false;
      }
      second_.compatible.push_back(element);
      return true;
    }
    if (declared == kAnyCompatibleRange || declared == kAnyCompatibleMultirange) {
      const TypeKind kind =
          declared == kAnyCompatibleRange ? TypeKind::kRange : TypeKind::kMultirange;
      if (!HasKind(catalog_, base, kind)) {
        *message =
            "argument declared anycompatiblerange is not a range type but type " + Name(actual);
        return false;
      }
      second_.uncertain = true;
      return true;
    }
    second_.compatible.push_back(actual);
    return true;
  }

  void DeriveFirst() {
    Family& f = first_;
    if (!f.used || f.uncertain) return;
    if (f.multirange != 0) {
      const Type* multirange = catalog_.type(f.multirange);
      if (f.range == 0) f.range = multirange->range;
      if (f.range != multirange->range) return Fail("range and multirange do not belong together");
    }
    if (f.range != 0) {
      const Type* range = catalog_.type(f.range);
      if (range == nullptr || range->subtype == 0) return Undecide();
      if (f.element == 0) f.element = range->subtype;
      if (f.element != range->subtype) {
        return Fail(
            "argument declared anyrange is not consistent with argument declared anyelement");
      }
      f.multirange = range->multirange;
    }
    if (f.array != 0 && f.array != kAnyArray) {
      const Oid element = ElementOf(catalog_, f.array);
      if (f.element == 0) f.element = element;
      if (f.element != element) {
        return Fail(
            "argument declared anyarray is not consistent with argument declared anyelement");
      }
    } else if (f.array == kAnyArray) {
      return Undecide();
    }
    if (f.element == 0) {  // unknown literals alone
      f.element = kText;
      if (f.want_enum) return Undecide();
    }
    if (f.array == 0) f.array = ArrayOf(catalog_, f.element);
    if (f.want_nonarray && ElementOf(catalog_, f.element) != 0) {
      return Fail("type matched to anynonarray is an array type: " + Name(f.element));
    }
    if (f.want_enum && !HasKind(catalog_, f.element, TypeKind::kEnum)) {
      return Fail("type matched to anyenum is not an enum type: " + Name(f.element));
    }
  }

  void DeriveSecond() {
    Family& f = second_;
    if (!f.used || f.uncertain) return;
    if (f.compatible.empty()) {
      f.element = kText;
    } else {
      const CommonType common = SelectCommonType(catalog_, f.compatible);
      if (common.mismatch >= 0)
        return Fail("arguments of anycompatible family cannot be cast to a common type");
      f.element = common.type;
      for (const Oid type : f.compatible) {
        if (!CanCoerceOne(catalog_, type, f.element, 'i')) {
          return Fail("arguments of anycompatible family cannot be cast to a common type");
        }
      }
    }
    if (f.want_nonarray && ElementOf(catalog_, f.element) != 0) {
      return Fail("type matched to anycompatiblenonarray is an array type: " + Name(f.element));
    }
    f.array = ArrayOf(catalog_, f.element);
  }

  void Undecide() { first_.uncertain = true; }

  Oid Filled(Oid type) const {
    if (!IsPolymorphic(type)) return type;
    const Family& f = IsFirstFamily(type) ? first_ : second_;
    if (f.uncertain || !f.used) return 0;
    switch (type) {
      case kAnyArray:
      case kAnyCompatibleArray:
        return f.array;
      case kAnyRange:
      case kAnyCompatibleRange:
        return f.range;
      case kAnyMultirange:
      case kAnyCompatibleMultirange:
        return f.multirange;
      default:
        return f.element;
    }
  }

  std::string Name(Oid type) const { return catalog_.TypeName({type, -1}); }

  const Catalog& catalog_;
  const std::vector<Oid>& actual_;
  const std::vector<Oid>& declared_;
  Polymorphic out_;
  Family first_, second_;
};

}  // namespace

Polymorphic ResolvePolymorphic(const Catalog& catalog, const std::vector<Oid>& actual,
                               const std::vector<Oid>& declared, Oid result) {
  return Resolver(catalog, actual, declared).Run(result);
}

CommonType SelectCommonType(const Catalog& catalog, const std::vector<Oid>& all) {
  CommonType common;
  if (all.empty()) return common;
  if (std::find(all.begin(), all.end(), Oid{0}) != all.end()) return common;
  const bool same = std::all_of(all.begin(), all.end(), [&](Oid t) { return t == all[0]; });
  if (same && all[0] != kUnknown) return {all[0], -1, 0};
  Oid chosen = BaseTypeOf(catalog, all[0]);
  for (std::size_t i = 1; i < all.size(); ++i) {
    const Oid next = BaseTypeOf(catalog, all[i]);
    if (next == 0) return {};
    if (next == kUnknown || next == chosen) continue;
    if (chosen == kUnknown) {
      chosen = next;
    } else if (CategoryOf(catalog, next) != CategoryOf(catalog, chosen)) {
      return {0, static_cast<int>(i), chosen};
    } else if (!IsPreferred(catalog, chosen) && CanCoerce(catalog, chosen, next, 'i') &&
               !CanCoerce(catalog, next, chosen, 'i')) {
      chosen = next;
    }
  }
  return {chosen == kUnknown ? kText : chosen, -1, 0};
}

namespace {

bool HasClass(const Catalog& catalog, Oid type, bool hash_too) {
  type = BaseTypeOf(catalog, type);
  const Type* t = catalog.type(type);
  if (t == nullptr || type == kUnknown || type >= kFirstUserOid) return true;
  if (t->is_array) return HasClass(catalog, t->element, hash_too);
  if (t->kind != TypeKind::kBase) return true;
  for (const char* method : {"btree", "hash"}) {
    if (method[0] == 'h' && !hash_too) continue;
    for (const OperatorClass* opclass : facts::OperatorClassesOf(method)) {
      if (opclass->is_default && IsBinaryCoercible(catalog, type, opclass->input)) return true;
    }
  }
  return false;
}

}  // namespace

bool HasEquality(const Catalog& catalog, Oid type) { return HasClass(catalog, type, true); }
bool HasOrdering(const Catalog& catalog, Oid type) { return HasClass(catalog, type, false); }

}  // namespace strata::catalog
