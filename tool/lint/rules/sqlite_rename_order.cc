#include <cctype>

#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

void Check(const SqliteStep& step, Report* report) {
  if (!HasWords(step, 0, {"DROP", "TABLE"})) return;
  const std::string dropped = TableNameAt(step, 2);
  for (const SqliteStep& earlier : step.earlier) {
    const std::size_t rename = FindWord(earlier, "RENAME");
    if (!HasWords(earlier, 0, {"ALTER", "TABLE"}) || rename == std::string::npos) continue;
    if (!HasWords(earlier, rename + 1, {"TO"}) || TableNameAt(earlier, rename + 2) != dropped)
      continue;
    const std::string old = TableNameAt(earlier, 2);
    for (const auto& [name, definition] : step.tables) {
      std::string words = definition;
      for (char& c : words) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      if (name == old || words.find("references " + old) == std::string::npos) continue;
      report->Add(HeadOf(step.text, step.span),
                  "the references of table \"" + name + "\" followed \"" + old +
                      "\" to its new name and now point to a table that is gone");
      return;
    }
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_sqlite_rename_order;
const Rule kRule_sqlite_rename_order = {
    .name = "sqlite-rename-order",
    .family = RuleFamily::kSqlite,
    .summary = "a rebuild that renames the old table away and drops it",
    .why =
        "RENAME takes the foreign keys of other tables along to the new name (SQLite 3.26 and "
        "later). When "
        "the renamed table is dropped they point nowhere.",
    .help =
        "make the new table under another name, copy, drop the old one, then rename the new one",
    .bad =
        "ALTER TABLE users RENAME TO users_old;\nCREATE TABLE users (id INTEGER PRIMARY "
        "KEY);\nDROP TABLE users_old;",
    .good =
        "CREATE TABLE users_new (id INTEGER PRIMARY KEY);\nINSERT INTO users_new SELECT id FROM "
        "users;\n"
        "DROP TABLE users;\nALTER TABLE users_new RENAME TO users;",
    .source = "https://www.sqlite.org/lang_altertable.html#otheralter",
    .sqlite = lint::Check,
};

}  // namespace strata
