#include "lint/sqlite_words.h"

#include <algorithm>
#include <cctype>

#include "migration/lexical.h"

namespace strata::lint {
namespace {

bool InWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$' || (c & 0x80);
}

std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return upper;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

// Splits into words; a quoted name is one, a string literal is the word "'…'".
void Split(std::string_view text, SqliteStep* step) {
  for (std::size_t at = SkipBlanks(text, 0, Dialect::kSqlite); at < text.size();
       at = SkipBlanks(text, at, Dialect::kSqlite)) {
    const char c = text[at];
    if (InWord(c)) {
      const std::size_t begin = at;
      while (at < text.size() && InWord(text[at])) ++at;
      step->names.emplace_back(text.substr(begin, at - begin));
      step->words.push_back(Upper(step->names.back()));
      continue;
    }
    const char close = c == '[' ? ']' : c;
    if (c == '"' || c == '`' || c == '[' || c == '\'') {
      const std::size_t end = std::min(text.find(close, at + 1), text.size());
      const std::string name(text.substr(at + 1, end - at - 1));
      step->names.push_back(name);
      step->words.push_back(c == '\'' ? "'" + name + "'" : "\"" + name + "\"");
      at = std::min(end + 1, text.size());
      continue;
    }
    step->names.emplace_back(1, c);
    step->words.emplace_back(1, c);
    ++at;
  }
}

}  // namespace

void FillWords(SqliteStep* step) {
  Split(step->text.substr(step->span.begin, step->span.end - step->span.begin), step);
}

std::vector<SqliteStep> SqliteSteps(const Migration& migration,
                                    const std::map<std::string, std::string>& tables,
                                    const Environment& environment) {
  std::vector<SqliteStep> steps;
  steps.reserve(migration.up.statements.size());
  for (const Statement& statement : migration.up.statements) {
    SqliteStep step{migration.up.text,
                    {statement.begin, statement.end},
                    {},
                    {},
                    migration.up.transactional,
                    migration,
                    steps,
                    tables,
                    environment};
    FillWords(&step);
    steps.push_back(std::move(step));
  }
  return steps;
}

bool HasWords(const SqliteStep& step, std::size_t at, const std::vector<std::string_view>& words) {
  if (at + words.size() > step.words.size()) return false;
  return std::equal(words.begin(), words.end(), step.words.begin() + at);
}

std::size_t FindWord(const SqliteStep& step, std::string_view word, std::size_t from) {
  for (std::size_t i = from; i < step.words.size(); ++i) {
    if (step.words[i] == word) return i;
  }
  return std::string::npos;
}

std::string TableNameAt(const SqliteStep& step, std::size_t at) {
  if (HasWords(step, at, {"IF", "NOT", "EXISTS"})) at += 3;
  if (HasWords(step, at, {"IF", "EXISTS"})) at += 2;
  if (at + 2 < step.words.size() && step.words[at + 1] == ".") at += 2;
  return at < step.names.size() ? Lower(step.names[at]) : "";
}

void RememberTables(const std::vector<SqliteStep>& steps,
                    std::map<std::string, std::string>* tables) {
  for (const SqliteStep& step : steps) {
    const std::string text(step.text.substr(step.span.begin, step.span.end - step.span.begin));
    if (HasWords(step, 0, {"CREATE", "TABLE"})) {
      (*tables)[TableNameAt(step, 2)] = text;
    } else if (HasWords(step, 0, {"DROP", "TABLE"})) {
      tables->erase(TableNameAt(step, 2));
    } else if (HasWords(step, 0, {"ALTER", "TABLE"})) {
      const std::size_t rename = FindWord(step, "RENAME");
      if (rename == std::string::npos || !HasWords(step, rename + 1, {"TO"})) continue;
      const std::string from = TableNameAt(step, 2);
      const auto found = tables->find(from);
      const std::string definition = found == tables->end() ? "" : found->second;
      tables->erase(from);
      (*tables)[TableNameAt(step, rename + 2)] = definition;
    }
  }
}

}  // namespace strata::lint
