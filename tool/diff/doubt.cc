#include "diff/doubt.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "catalog/apply/doubt.h"

namespace strata::diff {

namespace {

constexpr char kAnything[] = "*";
constexpr char kWord[] = "word:";

bool IsOfWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

}  // namespace

void RememberWords(catalog::Session* session, std::string_view statement) {
  for (std::size_t at = 0; at < statement.size(); ++at) {
    std::size_t end = at;
    std::string word = kWord;
    for (; end < statement.size() && IsOfWord(statement[end]); ++end)
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(statement[end])));
    if (end > at) session->doubtful.insert(word);
    at = std::max(at, end);
  }
}

Doubts::Doubts(const catalog::Session& session) {
  named_.doubtful = session.doubtful;
  named_.doubtful.erase(kAnything);  // too much to leave unjudged
}

bool Doubts::Covers(const Difference& difference) const {
  if (named_.doubtful.empty()) return false;
  bool all_said = !difference.names.empty();
  for (const std::string& name : difference.names) {
    if (catalog::NameInDoubt(named_, name)) return true;
    const bool qualified = name.find('.') != std::string::npos;
    if (!qualified && named_.doubtful.count(kWord + name) == 0) all_said = false;
  }
  return all_said;
}

bool Doubts::Cover(const Op& op) const {
  return std::any_of(op.differences.begin(), op.differences.end(),
                     [&](const Difference& d) { return Covers(d); });
}

}  // namespace strata::diff
