// ALTER DEFAULT PRIVILEGES
#include <algorithm>
#include <map>

#include "catalog/print/define.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

struct Entry {
  std::string owner, schema, letters, grantee;
};

Entry Read(const NamedObject& object) {
  Entry entry;
  std::string* parts[] = {&entry.owner, &entry.schema, &entry.letters};
  std::size_t at = 0;
  for (std::string* part : parts) {
    const std::size_t end = std::min(object.name.find('/', at), object.name.size());
    *part = object.name.substr(at, end - at);
    at = std::min(end + 1, object.name.size());
  }
  entry.grantee = object.name.substr(at);
  return entry;
}

// The kind of object by the letters of all its privileges.
std::string Objects(const std::string& letters) {
  if (letters == "rwU") return "SEQUENCES";
  if (letters == "UC") return "SCHEMAS";
  if (letters == "U") return "TYPES";
  return letters == "X" ? "FUNCTIONS" : "TABLES";
}

const std::map<char, std::string>& Words() {
  static const std::map<char, std::string> words = {
      {'r', "SELECT"},     {'a', "INSERT"},  {'w', "UPDATE"},  {'d', "DELETE"}, {'D', "TRUNCATE"},
      {'x', "REFERENCES"}, {'t', "TRIGGER"}, {'X', "EXECUTE"}, {'U', "USAGE"},  {'C', "CREATE"}};
  return words;
}

// none, granted, grantable or revoked.
std::string StateOf(const NamedObject* object, char letter) {
  if (object == nullptr) return "none";
  const auto found = object->options.find(std::string(1, letter));
  return found == object->options.end() ? "none" : found->second;
}

std::string List(const Entry& entry, const std::string& letters) {
  if (letters == entry.letters && letters.size() > 1) return "ALL";
  std::string text;
  for (const auto& [letter, word] : Words()) {
    if (letters.find(letter) != std::string::npos) text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

}  // namespace

std::vector<std::string> AlterDefaultPrivileges(const NamedObject* before,
                                                const NamedObject* after) {
  const Entry entry = Read(after == nullptr ? *before : *after);
  std::string revoked, without_option, granted, grantable;
  for (char letter : entry.letters) {
    const std::string was = StateOf(before, letter), is = StateOf(after, letter);
    if (was == is) continue;
    if (is == "grantable") {
      grantable += letter;
    } else if (is == "granted") {
      (was == "grantable" ? without_option : granted) += letter;
    } else {
      (was == "revoked" ? granted : revoked) += letter;
    }
  }
  std::string head = "ALTER DEFAULT PRIVILEGES ";
  if (entry.owner != Session().role) head += "FOR ROLE " + QuoteIdentifier(entry.owner) + " ";
  if (!entry.schema.empty()) head += "IN SCHEMA " + QuoteIdentifier(entry.schema) + " ";
  const std::string on = " ON " + Objects(entry.letters);
  const std::string who = entry.grantee.empty() ? "PUBLIC" : QuoteIdentifier(entry.grantee);
  std::vector<std::string> sql;
  if (!revoked.empty())
    sql.push_back(head + "REVOKE " + List(entry, revoked) + on + " FROM " + who);
  if (!without_option.empty())
    sql.push_back(head + "REVOKE GRANT OPTION FOR " + List(entry, without_option) + on + " FROM " +
                  who);
  if (!granted.empty()) sql.push_back(head + "GRANT " + List(entry, granted) + on + " TO " + who);
  if (!grantable.empty())
    sql.push_back(head + "GRANT " + List(entry, grantable) + on + " TO " + who +
                  " WITH GRANT OPTION");
  return sql;
}

std::vector<std::string> RolesOfDefaultPrivileges(const NamedObject& object) {
  const Entry entry = Read(object);
  return {entry.owner, entry.grantee};
}

std::string SchemaOfDefaultPrivileges(const NamedObject& object) { return Read(object).schema; }

}  // namespace strata::catalog
