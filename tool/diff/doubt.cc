#include "diff/doubt.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <set>
#include <string>
#include <vector>

#include "catalog/apply/doubt.h"

namespace strata::diff {

namespace {

constexpr char kAnything[] = "*";
constexpr char kWord[] = "word:";
constexpr char kAny[] = "any";      // whatever has the name
constexpr char kSaid[] = "said";    // its comment or privileges
constexpr char kTable[] = "table";  // tables and what is a part of them
constexpr char kRoutine[] = "function";

using Words = std::vector<std::string>;

bool IsOfWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// SQL in two parts: its literals, and the rest without comments.
struct Parts {
  std::string code;
  std::vector<std::string> literals;
};

// "$$" or "$name$" at `at`; "" where none stands there.
std::string_view DollarQuote(std::string_view sql, std::size_t at) {
  std::size_t end = at + 1;
  while (end < sql.size() && IsOfWord(sql[end])) ++end;
  const bool parameter = end > at + 1 && std::isdigit(static_cast<unsigned char>(sql[at + 1])) != 0;
  return sql[at] != '$' || end == sql.size() || sql[end] != '$' || parameter
             ? std::string_view()
             : sql.substr(at, end + 1 - at);
}

// Reads '…' from behind its first quote. Returns where it ends.
std::size_t ReadQuoted(std::string_view sql, std::size_t at, std::string* literal) {
  for (; at < sql.size(); ++at) {
    if (sql[at] == '\'' && sql.substr(at, 2) != "''") return at + 1;
    if (sql[at] == '\'') ++at;
    *literal += sql[at];
  }
  return at;
}

Parts PartsOf(std::string_view sql) {
  Parts parts;
  for (std::size_t at = 0; at < sql.size();) {
    const std::string_view quote = DollarQuote(sql, at);
    if (sql.substr(at, 2) == "--") {
      at = std::min(sql.find('\n', at), sql.size());
    } else if (sql.substr(at, 2) == "/*") {
      at = std::min(sql.find("*/", at), sql.size());
    } else if (!quote.empty()) {
      const std::size_t begin = at + quote.size(),
                        end = std::min(sql.find(quote, begin), sql.size());
      parts.literals.emplace_back(sql.substr(begin, end - begin));
      at = end + quote.size();
    } else if (sql[at] == '\'') {
      at = ReadQuoted(sql, at + 1, &parts.literals.emplace_back());
    } else {
      parts.code += sql[at++];
    }
  }
  return parts;
}

// In lower case.
void AddWords(std::string_view text, Words* words) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!IsOfWord(text[at])) continue;
    std::string& word = words->emplace_back();
    for (; at < text.size() && IsOfWord(text[at]); ++at)
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at])));
  }
}

bool IsOneOf(const std::string& word, std::initializer_list<const char*> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// EXECUTE FUNCTION f() of a trigger is none.
bool RunsText(const Words& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool of_trigger =
        i + 1 < words.size() && IsOneOf(words[i + 1], {"function", "procedure"});
    if (words[i] == "execute" && !of_trigger) return true;
  }
  return false;
}

// What statements of these words can make, change or drop.
std::set<std::string> Reached(const Words& words) {
  std::set<std::string> reached;
  bool drops = false, cascades = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string &word = words[i], &before = words[i - 1];
    const bool named = IsOneOf(
        before, {"create", "alter", "drop", "on", "replace", "temp", "temporary", "unlogged",
                 "foreign", "materialized", "unique", "constraint", "recursive", "event"});
    drops = drops || (before == "drop" && IsOneOf(word, {"table", "type", "domain", "view",
                                                         "function", "routine", "materialized"}));
    cascades = cascades || (word == "cascade" && !IsOneOf(before, {"delete", "update"}));
    if (IsOneOf(word, {"grant", "revoke", "comment", "owner"})) reached.insert(kSaid);
    if (!named) continue;
    if (IsOneOf(word, {"schema", "extension"})) reached.insert(kAny);
    if (IsOneOf(word, {"function", "procedure", "routine", "aggregate"})) reached.insert(kRoutine);
    if (IsOneOf(word, {"type", "domain"})) reached.insert("type");
    if (IsOneOf(word, {"table", "view", "index", "sequence", "trigger", "policy", "rule"}))
      reached.insert(word);
  }
  if (drops && cascades) reached.insert(kAny);
  return reached;
}

// What has to be reached for the object of a difference to be.
std::set<std::string> Needed(const Difference& difference) {
  const std::string kind = difference.object.substr(0, difference.object.find(' '));
  std::set<std::string> needed = {kAny};
  const bool said = difference.detail.find("privileges") != std::string::npos ||
                    difference.detail.find("comment") != std::string::npos;
  if (said) needed.insert(kSaid);
  if (IsOneOf(kind, {"function", "procedure", "aggregate"})) {
    needed.insert(kRoutine);
  } else if (IsOneOf(kind, {"type", "domain", "enum"})) {
    needed.insert("type");
  } else if (IsOneOf(kind, {"view", "materialized"})) {
    needed.insert("view");
  } else {
    needed.insert({kTable, kind});
  }
  return needed;
}

}  // namespace

void RememberWords(catalog::Session* session, std::string_view statement) {
  const std::vector<std::string> literals = PartsOf(statement).literals;
  if (literals.empty()) return;
  const Parts body = PartsOf(*std::max_element(
      literals.begin(), literals.end(),
      [](const std::string& a, const std::string& b) { return a.size() < b.size(); }));
  Words code, text;
  AddWords(body.code, &code);
  if (!RunsText(code)) return;
  for (const std::string& literal : body.literals) AddWords(literal, &text);
  for (const std::string& what : Reached(text)) {
    for (const std::string& word : text) session->doubtful.insert(kWord + what + ":" + word);
  }
}

Doubts::Doubts(const catalog::Session& session) {
  named_.doubtful = session.doubtful;
  named_.doubtful.erase(kAnything);  // too much to leave unjudged
}

bool Doubts::Covers(const Difference& difference) const {
  if (named_.doubtful.empty() || difference.names.empty()) return false;
  bool plain = false;
  for (const std::string& name : difference.names) {
    if (catalog::NameInDoubt(named_, name)) return true;
    plain = plain || name.find('.') == std::string::npos;
  }
  if (!plain) return false;
  const std::set<std::string> needed = Needed(difference);
  return std::any_of(needed.begin(), needed.end(), [&](const std::string& what) {
    return std::all_of(difference.names.begin(), difference.names.end(), [&](const auto& name) {
      return name.find('.') != std::string::npos ||
             named_.doubtful.count(kWord + what + ":" + name) > 0;
    });
  });
}

bool Doubts::Cover(const Op& op) const {
  return std::any_of(op.differences.begin(), op.differences.end(),
                     [&](const Difference& d) { return Covers(d); });
}

}  // namespace strata::diff
