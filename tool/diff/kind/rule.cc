// Rules: the catalog has their text alone, and a live database prints it its own way.
#include <algorithm>

#include "catalog/print/define.h"
#include "diff/differ.h"
#include "sql/token.h"

namespace strata::diff {

namespace {

std::vector<std::string> Words(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    const sql::Token token = sql::NextToken(text, at);
    if (token.kind == sql::TokenKind::kEnd || token.span.end <= at) break;
    at = token.span.end;
    words.push_back(token.kind == sql::TokenKind::kString
                        ? text.substr(token.span.begin, token.span.end - token.span.begin)
                        : sql::ValueOf(text, token));
  }
  return words;
}

// Without what PostgreSQL adds when it prints: qualifiers, casts to a type of one word,
// parentheses.
std::vector<std::string> Essence(const std::string& text) {
  std::vector<std::string> essence;
  const std::vector<std::string> words = Words(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "." && !essence.empty()) {
      essence.pop_back();
    } else if (word == "::") {
      ++i;
    } else if (word != "(" && word != ")" && word != ";" && word != "as") {
      essence.push_back(word);
    }
  }
  return essence;
}

// When it fires, and what its actions write: told for certain by any words.
std::vector<std::string> Shape(const std::string& text) {
  const std::vector<std::string> words = Essence(text);
  std::vector<std::string> shape;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool head = i < 3 || word == "instead" || word == "nothing" || word == "notify";
    const bool writes = word == "into" || word == "update" || word == "from";
    if (head) shape.push_back(word);
    if (writes && i > 3 && i + 1 < words.size()) shape.push_back(word + " " + words[i + 1]);
  }
  return shape;
}

}  // namespace

bool MustReplaceRule(const Differ& d, ObjectRef before, ObjectRef after) {
  const std::string was = CreateRule(d.a, *d.a.rule(before.oid)),
                    is = CreateRule(d.b, *d.b.rule(after.oid));
  if (was == is) return false;
  if (!d.live) return true;
  const std::string& old_text = d.a.rule(before.oid)->definition;
  const std::string& new_text = d.b.rule(after.oid)->definition;
  if (Essence(old_text) == Essence(new_text)) return false;
  if (Shape(old_text) != Shape(new_text)) return true;
  d.unsure.push_back(d.Changed(after, "is defined in other words"));
  return false;
}

}  // namespace strata::diff
