#include <algorithm>
#include <cctype>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "verify/snapshot.h"

namespace strata::verify {
namespace {

// SQLite has a table for everything but the clauses that SqliteClauses() reads.
constexpr char kQuery[] = R"sql(
WITH own AS (
  SELECT type, name, tbl_name, sql FROM sqlite_master
  WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' AND tbl_name NOT IN ('$HISTORY$', '$HISTORY$_log')
)
SELECT 'table ' || l.name || iif(l.wr, ', without rowid', '') || iif(l.strict, ', strict', '')
FROM own JOIN pragma_table_list l ON l.name = own.name AND l.schema = 'main' WHERE own.type = 'table'
UNION ALL
SELECT 'column ' || own.name || '.' || c.name || ': ' || upper(c.type)
       || iif(c."notnull", ', not null', '') || coalesce(', default ' || c.dflt_value, '')
       || iif(c.pk, ', primary key ' || c.pk, '') || iif(c.hidden, ', generated ' || c.hidden, '')
FROM own, pragma_table_xinfo(own.name) c WHERE own.type = 'table'
UNION ALL
SELECT 'foreign key ' || own.name || '.' || f."from" || ' to ' || f."table" || '.'
       || coalesce(f."to", 'its key') || ', part ' || f.seq || ', on update ' || f.on_update
       || ', on delete ' || f.on_delete
FROM own, pragma_foreign_key_list(own.name) f WHERE own.type = 'table'
UNION ALL
SELECT 'key ' || own.name || ': '
       || (SELECT group_concat(c.name, ', ') FROM pragma_index_info(i.name) c)
FROM own, pragma_index_list(own.name) i WHERE own.type = 'table' AND i.origin <> 'c'
UNION ALL
SELECT iif(type = 'table', 'definition ', type || ' ') || name || ': ' || sql FROM own
WHERE sql IS NOT NULL
ORDER BY 1
)sql";

bool IsWordCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Returns the offset behind the quoted text, the comment or the single character at `at`.
std::size_t Skip(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\'' || c == '"' || c == '`' || c == '[') {
    const std::size_t end = text.find(c == '[' ? ']' : c, at + 1);
    return end == text.npos ? text.size() : end + 1;
  }
  if (text.substr(at, 2) == "--") return std::min(text.find('\n', at), text.size());
  if (text.substr(at, 2) == "/*") {
    const std::size_t end = text.find("*/", at + 2);
    return end == text.npos ? text.size() : end + 2;
  }
  return at + 1;
}

// Returns the offset behind the parenthesis that closes the one at `at`.
std::size_t SkipParentheses(std::string_view text, std::size_t at) {
  int depth = 0;
  while (at < text.size()) {
    if (text[at] == '(') ++depth;
    const bool closes = text[at] == ')' && --depth == 0;
    at = Skip(text, at);
    if (closes) break;
  }
  return at;
}

std::string OneSpelling(std::string_view text) {
  std::string result(text);
  absl::RemoveExtraAsciiWhitespace(&result);
  return result;
}

}  // namespace

std::string SqliteSnapshotQuery(const std::string& history_table) {
  return absl::StrReplaceAll(kQuery, {{"$HISTORY$", history_table}});
}

std::vector<std::string> SqliteClauses(std::string_view text) {
  std::vector<std::string> clauses;
  std::size_t at = 0;
  while (at < text.size()) {
    if (!IsWordCharacter(text[at])) {
      at = Skip(text, at);
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && IsWordCharacter(text[at])) ++at;
    const std::string word = absl::AsciiStrToUpper(std::string(text.substr(begin, at - begin)));
    if (word == "AUTOINCREMENT") clauses.push_back(word);
    if (word != "CHECK" && word != "COLLATE") continue;
    while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at]))) ++at;
    const std::size_t value = at;
    if (word == "CHECK") at = SkipParentheses(text, at);
    while (word == "COLLATE" && at < text.size() && IsWordCharacter(text[at])) ++at;
    clauses.push_back(absl::StrFormat("%s %s", word, OneSpelling(text.substr(value, at - value))));
  }
  std::sort(clauses.begin(), clauses.end());
  return clauses;
}

}  // namespace strata::verify
