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
  std::vector<std::string> items;
  for (const auto& [grantee, letters] : kept) {
    std::string item = grantee + "=";
    for (const auto& [letter, option] : letters) {
      item += letter;
      if (option) item += '*';
    }
    items.push_back(std::move(item));
  }
  context.edit.SetPrivileges(object, std::move(items), !is_default);
}

}  // namespace strata::catalog
