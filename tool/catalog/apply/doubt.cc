#include "catalog/apply/doubt.h"

#include <algorithm>
#include <array>
#include <map>

#include "catalog/apply/block/text.h"

namespace strata::catalog {
namespace {

// What a statement that cannot be read may make or drop; nobody makes access methods, operators or
// languages so.
constexpr std::array<std::string_view, 19> kMakeable = {
    "relation",  "table",  "view",   "index",       "sequence",         "column", "constraint",
    "function",  "type",   "schema", "trigger",     "policy",           "rule",   "role",
    "extension", "server", "key",    "publication", "statistics object"};

// From a name as it stands in a message, with or without schema and arguments.
Thing ThingOf(std::string kind, std::string_view name) {
  name = name.substr(0, name.find('('));
  while (name.ends_with("[]")) name.remove_suffix(2);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return {std::move(kind), std::string(name)};
  return {std::move(kind), std::string(name.substr(dot + 1)), std::string(name.substr(0, dot))};
}

// The last word before `end` that says a kind: "materialized view", "foreign table", "column".
std::string KindBefore(std::string_view words, std::size_t end) {
  while (end > 0 && words[end - 1] == ' ') --end;
  std::size_t begin = words.rfind(' ', end == 0 ? 0 : end - 1);
  begin = begin == std::string_view::npos || begin >= end ? 0 : begin + 1;
  const std::string_view last = words.substr(begin, end - begin);
  if (words.substr(0, end).find("FROM-clause") != std::string_view::npos) return "FROM entry";
  const bool qualified = last == "class" || last == "method" || last == "family";
  return qualified ? std::string(words.substr(0, end)) : DoubtKind(last);
}

bool AnyKeyMatches(const Session& session, const std::string& kind, const std::string& name) {
  const std::string prefix = kind + " ";
  for (auto it = session.doubtful.lower_bound(prefix);
       it != session.doubtful.end() && it->starts_with(prefix); ++it) {
    if (MatchesPattern(std::string_view(*it).substr(prefix.size()), name)) return true;
  }
  return false;
}

}  // namespace

std::string DoubtKind(std::string_view kind) {
  static const std::map<std::string_view, std::string_view> words = {
      {"domain", "type"},      {"procedure", "function"}, {"aggregate", "function"},
      {"routine", "function"}, {"user", "role"},          {"group", "role"},
      {"matview", "view"}};
  const auto found = words.find(kind);
  return std::string(found == words.end() ? kind : found->second);
}

std::string DoubtKey(std::string_view kind, std::string_view name) {
  std::string key = DoubtKind(kind) + " " + std::string(name);
  for (std::size_t at; (at = key.find(kUnknownName)) != std::string::npos;)
    key.replace(at, kUnknownName.size(), "*");
  return key;
}

bool MatchesPattern(std::string_view pattern, std::string_view text) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  for (std::size_t at = star; at <= text.size(); ++at) {
    if (MatchesPattern(pattern.substr(star + 1), text.substr(at))) return true;
  }
  return false;
}

std::vector<Thing> ThingsIn(std::string_view words) {
  std::vector<Thing> things;
  for (std::size_t open = words.find('"'); open != std::string_view::npos;) {
    const std::size_t close = words.find('"', open + 1);
    if (close == std::string_view::npos) break;
    things.push_back(ThingOf(KindBefore(words, open), words.substr(open + 1, close - open - 1)));
    open = words.find('"', close + 1);
  }
  if (!things.empty()) return things;
  const std::size_t space = words.find(' ');
  if (space == std::string_view::npos) return things;
  const std::size_t end = std::min(words.find_first_of(" (", space + 1), words.size());
  things.push_back(
      ThingOf(DoubtKind(words.substr(0, space)), words.substr(space + 1, end - space - 1)));
  return things;
}

bool InDoubt(const Session& session, const Thing& thing) {
  if (session.doubtful.empty()) return false;
  if (session.doubtful.count(thing.name) > 0) return true;
  const bool makeable =
      std::find(kMakeable.begin(), kMakeable.end(), thing.kind) != kMakeable.end();
  if (makeable && session.doubtful.count("*") > 0) return true;
  if (AnyKeyMatches(session, thing.kind, thing.name)) return true;
  if (thing.kind != "column" && !thing.schema.empty() && InDoubt(session, {"schema", thing.schema}))
    return true;
  if (thing.kind == "type") {
    return AnyKeyMatches(session, "table", thing.name) ||
           AnyKeyMatches(session, "view", thing.name);
  }
  if (thing.kind != "relation") return false;
  for (const char* kind : {"table", "view", "index", "sequence"}) {
    if (AnyKeyMatches(session, kind, thing.name)) return true;
  }
  return false;
}

bool NameInDoubt(const Session& session, const std::string& name) {
  if (session.doubtful.count(name) > 0 || session.doubtful.count("*") > 0) return true;
  for (const std::string& doubt : session.doubtful) {
    const std::size_t space = doubt.rfind(' ');
    if (space != std::string::npos && doubt != kFromExtension &&
        MatchesPattern(std::string_view(doubt).substr(space + 1), name))
      return true;
  }
  return false;
}

}  // namespace strata::catalog
