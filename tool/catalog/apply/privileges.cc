#include "catalog/apply/privileges.h"

#include <algorithm>

namespace strata::catalog {

char LetterOf(std::string_view privilege) {
  static const std::map<std::string_view, char> kLetters = {
      {"insert", 'a'},   {"select", 'r'},     {"update", 'w'},       {"delete", 'd'},
      {"truncate", 'D'}, {"references", 'x'}, {"trigger", 't'},      {"execute", 'X'},
      {"usage", 'U'},    {"create", 'C'},     {"temporary", 'T'},    {"temp", 'T'},
      {"connect", 'c'},  {"set", 's'},        {"alter system", 'A'},
  };
  const auto found = kLetters.find(privilege);
  return found == kLetters.end() ? 0 : found->second;
}

std::string LettersOf(const Catalog& catalog, ObjectRef object) {
  switch (object.cls) {
    case ObjectClass::kRelation: {
      if (object.column != 0) return "arwx";
      const Relation* r = catalog.relation(object.oid);
      return r != nullptr && r->kind == RelationKind::kSequence ? "rwU" : "arwdDxt";
    }
    case ObjectClass::kFunction:
      return "X";
    case ObjectClass::kSchema:
      return "UC";
    case ObjectClass::kDatabase:
      return "CTc";
    case ObjectClass::kTablespace:
      return "C";
    default:
      return "U";
  }
}

std::string OwnerOf(const Catalog& catalog, ObjectRef object) {
  switch (object.cls) {
    case ObjectClass::kRelation: {
      const Relation* r = catalog.relation(object.oid);
      return r == nullptr ? "" : r->owner;
    }
    case ObjectClass::kFunction: {
      const Function* f = catalog.function(object.oid);
      return f == nullptr ? "" : f->owner;
    }
    case ObjectClass::kType: {
      const Type* t = catalog.type(object.oid);
      return t == nullptr ? "" : t->owner;
    }
    case ObjectClass::kSchema: {
      const Schema* s = catalog.schema(object.oid);
      return s == nullptr ? "" : s->owner;
    }
    default: {
      const NamedObject* n = catalog.named(object.oid);
      return n == nullptr ? "" : n->owner;
    }
  }
}

AccessList DefaultAccess(const Catalog& catalog, ObjectRef object) {
  AccessList access;
  if (object.cls == ObjectClass::kRelation && object.column != 0) return access;
  const std::string owner = OwnerOf(catalog, object);
  for (char letter : LettersOf(catalog, object)) access[owner][letter] = false;
  switch (object.cls) {
    case ObjectClass::kFunction:
      access[""]['X'] = false;
      break;
    case ObjectClass::kType:
    case ObjectClass::kLanguage:
      access[""]['U'] = false;
      break;
    case ObjectClass::kDatabase:
      access[""]['T'] = false, access[""]['c'] = false;
      break;
    case ObjectClass::kSchema:
      if (object.oid == kPublicSchema) access[""]['U'] = false;
      break;
    default:
      break;
  }
  return access;
}

AccessList AccessOf(const Catalog& catalog, ObjectRef object) {
  const auto* items = catalog.privileges().Find(object);
  if (items == nullptr) return DefaultAccess(catalog, object);
  AccessList access;
  for (const std::string& item : *items) {
    const std::size_t equals = item.rfind('=');
    auto& letters = access[item.substr(0, equals)];
    for (std::size_t i = equals + 1; i < item.size(); ++i) {
      if (item[i] == '*') continue;
      letters[item[i]] = i + 1 < item.size() && item[i + 1] == '*';
    }
  }
  return access;
}

void StoreAccess(Context& context, ObjectRef object, const AccessList& access) {
  AccessList kept;
  for (const auto& [grantee, letters] : access) {
    if (!letters.empty()) kept[grantee] = letters;
  }
  const bool is_default = kept == DefaultAccess(context.catalog, object);
  context.edit.SetPrivileges(object, ItemsOf(kept), !is_default);
}

std::vector<std::string> ItemsOf(const AccessList& access) {
  std::vector<std::string> items;
  for (const auto& [grantee, letters] : access) {
    std::string item = grantee + "=";
    for (const auto& [letter, option] : letters) {
      item += letter;
      if (option) item += '*';
    }
    items.push_back(std::move(item));
  }
  return items;
}

bool HasDefaultPrivileges(const Catalog& catalog) {
  bool any = false;
  catalog.named_objects().ForEach(
      [&](Oid, const auto& n) { any = any || n->cls == ObjectClass::kDefaultPrivileges; });
  return any;
}

namespace {

// A row, array or multirange type is granted with what it belongs to; an index not at all.
bool HasOwnPrivileges(const Catalog& catalog, ObjectRef object) {
  if (object.cls == ObjectClass::kRelation) {
    const Relation* r = catalog.relation(object.oid);
    return r != nullptr && !r->index && r->kind != RelationKind::kCompositeType;
  }
  if (object.cls != ObjectClass::kType) return true;
  const Type* t = catalog.type(object.oid);
  if (t == nullptr || t->is_array || t->kind == TypeKind::kMultirange) return false;
  const Relation* r = t->relation == 0 ? nullptr : catalog.relation(t->relation);
  return r == nullptr || r->kind == RelationKind::kCompositeType;
}

std::string SchemaOf(const Catalog& catalog, ObjectRef object) {
  Oid oid = 0;
  if (const Relation* r =
          object.cls == ObjectClass::kRelation ? catalog.relation(object.oid) : nullptr)
    oid = r->schema;
  if (const Function* f =
          object.cls == ObjectClass::kFunction ? catalog.function(object.oid) : nullptr)
    oid = f->schema;
  if (const Type* t = object.cls == ObjectClass::kType ? catalog.type(object.oid) : nullptr)
    oid = t->schema;
  const Schema* schema = oid == 0 ? nullptr : catalog.schema(oid);
  return schema == nullptr ? "" : schema->name;
}

}  // namespace

AccessList AccessOfNew(const Catalog& defaults, const Catalog& catalog, ObjectRef object) {
  AccessList access = DefaultAccess(catalog, object);
  if (!HasOwnPrivileges(catalog, object)) return access;
  std::string owner = OwnerOf(catalog, object);
  if (owner.empty()) owner = catalog.session.role;
  const std::string schema = SchemaOf(catalog, object), letters = LettersOf(catalog, object);
  const std::string anywhere = owner + "//" + letters + "/";
  const std::string here = schema.empty() ? anywhere : owner + "/" + schema + "/" + letters + "/";
  defaults.named_objects().ForEach([&](Oid, const auto& n) {
    if (n->cls != ObjectClass::kDefaultPrivileges) return;
    const bool applies = n->name.starts_with(anywhere) || n->name.starts_with(here);
    if (!applies) return;
    const std::string grantee = n->name.substr(n->name.rfind('/') + 1);
    for (const auto& [letter, state] : n->options) {
      if (state == "revoked") {
        access[grantee].erase(letter[0]);
      } else {
        bool& grantable = access[grantee][letter[0]];
        grantable = grantable || state == "grantable";
      }
    }
  });
  std::erase_if(access, [](const auto& entry) { return entry.second.empty(); });
  return access;
}

}  // namespace strata::catalog
