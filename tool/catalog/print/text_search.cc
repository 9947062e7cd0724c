// Text search configurations and dictionaries.
#include "catalog/facts/text_search.h"

#include <algorithm>
#include <map>

#include "catalog/print/define.h"
#include "catalog/print/words.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

using Mappings = std::map<std::string, std::string>;

constexpr std::string_view kMapping = "mapping ";

Mappings Read(const NamedObject& configuration) {
  Mappings mappings;
  for (const auto& [name, value] : configuration.options) {
    if (name.starts_with(kMapping)) mappings[name.substr(kMapping.size())] = value;
  }
  return mappings;
}

std::vector<std::string> Alter(const std::string& name, const Mappings& from, const Mappings& to) {
  std::map<std::string, std::string> added, altered;  // dictionaries -> token types
  std::string dropped;
  auto add = [](std::string* list, const std::string& token) {
    *list += (list->empty() ? "" : ", ") + token;
  };
  for (const auto& [token, dictionaries] : from) {
    if (to.count(token) == 0) add(&dropped, token);
  }
  for (const auto& [token, dictionaries] : to) {
    const auto old = from.find(token);
    if (old == from.end()) add(&added[dictionaries], token);
    if (old != from.end() && old->second != dictionaries) add(&altered[dictionaries], token);
  }
  std::vector<std::string> sql;
  const std::string head = "ALTER TEXT SEARCH CONFIGURATION " + name + "\n    ";
  if (!dropped.empty()) sql.push_back(head + "DROP MAPPING FOR " + dropped);
  for (const auto& [dictionaries, tokens] : altered)
    sql.push_back(head + "ALTER MAPPING FOR " + tokens + " WITH " + dictionaries);
  for (const auto& [dictionaries, tokens] : added)
    sql.push_back(head + "ADD MAPPING FOR " + tokens + " WITH " + dictionaries);
  return sql;
}

}  // namespace

std::vector<std::string> CreateTextSearchConfiguration(const Catalog& catalog,
                                                       const NamedObject& object) {
  const std::string name = SqlNamed(catalog, object);
  const Mappings mappings = Read(object);
  std::vector<std::string> best = Alter(name, {}, mappings);
  std::string from = "PARSER = " + object.definition;
  for (const std::string& built_in : facts::TextSearchConfigurations()) {
    if (object.definition != "pg_catalog.\"default\"") break;
    const auto other = Alter(name, facts::TextSearchMappings(built_in), mappings);
    if (other.size() > best.size() || (other.size() == best.size() && !from.starts_with('P')))
      continue;
    best = other;
    from = "COPY = pg_catalog." + built_in;
  }
  if (mappings.empty()) {
    best.clear();
    from = "PARSER = " + object.definition;
  }
  best.insert(best.begin(), "CREATE TEXT SEARCH CONFIGURATION " + name + " (" + from + ")");
  return best;
}

std::vector<std::string> AlterTextSearchConfiguration(const Catalog& catalog,
                                                      const NamedObject& before,
                                                      const NamedObject& after) {
  return Alter(SqlNamed(catalog, after), Read(before), Read(after));
}

std::string CreateTextSearchDictionary(const Catalog& catalog, const NamedObject& object) {
  std::string text;
  for (const auto& [name, value] : object.options) {
    if (name == "template") {
      const bool built_in = value.starts_with("pg_catalog.");
      text = "TEMPLATE = " + value.substr(built_in ? std::string("pg_catalog.").size() : 0) + text;
    } else {
      text += ", " + QuoteIdentifier(name) + " = " + QuoteLiteral(value);
    }
  }
  return "CREATE TEXT SEARCH DICTIONARY " + SqlNamed(catalog, object) + " (" + text + ")";
}

}  // namespace strata::catalog
