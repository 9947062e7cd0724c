#include <cctype>

#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

std::string Lost(const std::string& before, const std::string& after) {
  auto has = [](const std::string& text, std::string_view words) {
    std::string upper;
    for (char c : text) upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return upper.find(words) != std::string::npos;
  };
  for (const char* words : {"AUTOINCREMENT", "WITHOUT ROWID", "STRICT"}) {
    if (has(before, words) && !has(after, words)) return words;
  }
  return "";
}

void Check(const SqliteStep& step, Report* report) {
  const std::size_t rename = FindWord(step, "RENAME");
  if (!HasWords(step, 0, {"ALTER", "TABLE"}) || rename == std::string::npos ||
      !HasWords(step, rename + 1, {"TO"}))
    return;
  const std::string made = TableNameAt(step, 2), old = TableNameAt(step, rename + 2);
  const auto before = step.tables.find(old);
  if (before == step.tables.end()) return;
  for (const SqliteStep& earlier : step.earlier) {
    if (!HasWords(earlier, 0, {"CREATE", "TABLE"}) || TableNameAt(earlier, 2) != made) continue;
    const std::string lost = Lost(
        before->second,
        std::string(step.text.substr(earlier.span.begin, earlier.span.end - earlier.span.begin)));
    if (!lost.empty())
      report->Add(HeadOf(step.text, step.span),
                  "the rebuilt table \"" + old + "\" has lost " + lost);
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_sqlite_rebuild_loses;
const Rule kRule_sqlite_rebuild_loses = {
    .name = "sqlite-rebuild-loses",
    .family = RuleFamily::kSqlite,
    .summary = "a rebuild that loses AUTOINCREMENT, WITHOUT ROWID or STRICT",
    .why =
        "Without AUTOINCREMENT the numbers of deleted rows are given out again; without STRICT any "
        "value fits any "
        "column; without WITHOUT ROWID the table is stored another way.",
    .help = "write it in the new definition as well",
    .bad =
        "CREATE TABLE users_new (id INTEGER PRIMARY KEY);\nINSERT INTO users_new SELECT id FROM "
        "users;\n"
        "DROP TABLE users;\nALTER TABLE users_new RENAME TO users;",
    .good =
        "CREATE TABLE users_new (id INTEGER PRIMARY KEY AUTOINCREMENT);\nINSERT INTO users_new "
        "SELECT id FROM users;\n"
        "DROP TABLE users;\nALTER TABLE users_new RENAME TO users;",
    .source = "https://www.sqlite.org/autoinc.html",
    .sqlite = lint::Check,
};

}  // namespace strata
