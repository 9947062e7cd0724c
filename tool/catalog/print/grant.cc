#include <map>
#include <set>

#include "catalog/print/define.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

// Per grantee ("" is PUBLIC): privilege letter -> with grant option.
using Rights = std::map<std::string, std::map<char, bool>>;

struct Word {
  char letter;
  const char* word;
};
constexpr Word kWords[] = {
    {'r', "SELECT"},   {'a', "INSERT"},     {'w', "UPDATE"},  {'d', "DELETE"},
    {'D', "TRUNCATE"}, {'x', "REFERENCES"}, {'t', "TRIGGER"}, {'X', "EXECUTE"},
    {'U', "USAGE"},    {'C', "CREATE"},     {'c', "CONNECT"}, {'T', "TEMPORARY"},
};

Rights Read(const std::vector<std::string>& items) {
  Rights rights;
  for (const std::string& item : items) {
    const std::size_t equals = item.rfind('=');
    if (equals == std::string::npos) continue;
    std::map<char, bool>& held = rights[item.substr(0, equals)];
    for (std::size_t i = equals + 1; i < item.size() && item[i] != '/'; ++i) {
      if (item[i] == '*') continue;
      held[item[i]] = held[item[i]] || (i + 1 < item.size() && item[i + 1] == '*');
    }
  }
  return rights;
}

// Source: acldefault() in acl.c; columns have none.
std::string AllOf(const Catalog& catalog, ObjectRef object) {
  if (object.column != 0) return "";
  switch (object.cls) {
    case ObjectClass::kSchema:
      return "UC";
    case ObjectClass::kFunction:
      return "X";
    case ObjectClass::kType:
    case ObjectClass::kLanguage:
    case ObjectClass::kForeignServer:
    case ObjectClass::kForeignDataWrapper:
      return "U";
    case ObjectClass::kRelation: {
      const Relation* r = catalog.relation(object.oid);
      return r != nullptr && r->kind == RelationKind::kSequence ? "rwU" : "arwdDxt";
    }
    default:
      return "";
  }
}

std::string OwnerOf(const Catalog& catalog, ObjectRef object) {
  switch (object.cls) {
    case ObjectClass::kSchema:
      return catalog.schema(object.oid) ? catalog.schema(object.oid)->owner : "";
    case ObjectClass::kRelation:
      return catalog.relation(object.oid) ? catalog.relation(object.oid)->owner : "";
    case ObjectClass::kFunction:
      return catalog.function(object.oid) ? catalog.function(object.oid)->owner : "";
    case ObjectClass::kType:
      return catalog.type(object.oid) ? catalog.type(object.oid)->owner : "";
    default:
      return "";
  }
}

Rights Usual(const Catalog& catalog, ObjectRef object, const std::string& owner) {
  Rights rights;
  for (char letter : AllOf(catalog, object)) rights[owner][letter] = false;
  if (object.cls == ObjectClass::kFunction) rights[""]['X'] = false;
  if (object.cls == ObjectClass::kType || object.cls == ObjectClass::kLanguage)
    rights[""]['U'] = false;
  if (object.cls == ObjectClass::kSchema && object.oid == kPublicSchema) rights[""]['U'] = false;
  return rights;
}

std::string Target(const Catalog& catalog, ObjectRef object) {
  if (object.column != 0) return "TABLE " + SqlRelation(catalog, object.oid);
  std::string name = SqlObject(catalog, object);
  for (const char* word : {"VIEW ", "MATERIALIZED VIEW ", "FOREIGN TABLE "}) {
    if (name.starts_with(word)) return "TABLE " + name.substr(std::string(word).size());
  }
  if (name.starts_with("SERVER ") || name.starts_with("FOREIGN DATA WRAPPER ")) {
    return name.starts_with("SERVER ") ? "FOREIGN " + name : name;
  }
  return name;
}

// "SELECT, INSERT", of a column "SELECT (bio)"; ALL where it is all of them.
std::string Privileges(const Catalog& catalog, ObjectRef object, const std::set<char>& letters) {
  const std::string all = AllOf(catalog, object);
  if (!all.empty() && letters.size() == all.size() && all.size() > 1) return "ALL";
  const Relation* r = object.column == 0 ? nullptr : catalog.relation(object.oid);
  const Column* column = r == nullptr ? nullptr : r->FindColumn(object.column);
  std::vector<std::string> words;
  for (const Word& w : kWords) {
    if (letters.count(w.letter) == 0) continue;
    words.push_back(column == nullptr
                        ? w.word
                        : std::string(w.word) + " (" + QuoteIdentifier(column->name) + ")");
  }
  return Join(words, ", ");
}

std::string Grantee(const std::string& name) {
  return name.empty() ? "PUBLIC" : QuoteIdentifier(name);
}

std::map<char, bool> HeldBy(const Rights& rights, const std::string& grantee) {
  const auto found = rights.find(grantee);
  return found == rights.end() ? std::map<char, bool>() : found->second;
}

}  // namespace

std::vector<std::string> GrantsFor(const Catalog& catalog, ObjectRef object,
                                   const std::vector<std::string>* before,
                                   const std::vector<std::string>* after) {
  const std::string owner = OwnerOf(catalog, object);
  const Rights from = before == nullptr ? Usual(catalog, object, owner) : Read(*before);
  const Rights to = after == nullptr ? Usual(catalog, object, owner) : Read(*after);
  std::set<std::string> grantees;
  for (const auto& [grantee, rights] : from) grantees.insert(grantee);
  for (const auto& [grantee, rights] : to) grantees.insert(grantee);
  std::vector<std::string> revokes, grants;
  const std::string target = Target(catalog, object);
  for (const std::string& grantee : grantees) {
    const std::map<char, bool> had = HeldBy(from, grantee), has = HeldBy(to, grantee);
    std::set<char> lost, plain, option;
    for (const auto& [letter, grantable] : had) {
      const auto now = has.find(letter);
      if (now == has.end() || (grantable && !now->second)) lost.insert(letter);
    }
    for (const auto& [letter, grantable] : has) {
      const auto then = had.find(letter);
      const bool same = then != had.end() && (then->second == grantable) && lost.count(letter) == 0;
      if (!same) (grantable ? option : plain).insert(letter);
    }
    if (!lost.empty())
      revokes.push_back("REVOKE " + Privileges(catalog, object, lost) + " ON " + target + " FROM " +
                        Grantee(grantee));
    if (!plain.empty())
      grants.push_back("GRANT " + Privileges(catalog, object, plain) + " ON " + target + " TO " +
                       Grantee(grantee));
    if (!option.empty()) {
      grants.push_back("GRANT " + Privileges(catalog, object, option) + " ON " + target + " TO " +
                       Grantee(grantee) + " WITH GRANT OPTION");
    }
  }
  revokes.insert(revokes.end(), grants.begin(), grants.end());
  return revokes;
}

}  // namespace strata::catalog
