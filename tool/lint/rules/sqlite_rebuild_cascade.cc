#include <cctype>

#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

void Check(const SqliteStep& step, Report* report) {
  if (!HasWords(step, 0, {"DROP", "TABLE"})) return;
  const std::string dropped = TableNameAt(step, 2);
  for (const auto& [name, definition] : step.tables) {
    std::string words;
    for (char c : definition)
      words += c == '"' || c == '`' || c == '['
                   ? ' '
                   : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::size_t at = words.find("references");
    while (at != std::string::npos) {
      const std::size_t target = words.find_first_not_of(" \t\r\n", at + 10);
      const bool same =
          target != std::string::npos && words.compare(target, dropped.size(), dropped) == 0;
      const std::size_t next = words.find("references", at + 10);
      const std::string clause = words.substr(at, next == std::string::npos ? next : next - at);
      if (same && name != dropped && clause.find("on delete cascade") != std::string::npos) {
        report->Add(HeadOf(step.text, step.span), "where foreign keys are on, dropping table \"" +
                                                      dropped + "\" deletes the rows of table \"" +
                                                      name + "\" that refer to it");
        return;
      }
      at = next;
    }
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_sqlite_rebuild_cascade;
const Rule kRule_sqlite_rebuild_cascade = {
    .name = "sqlite-rebuild-cascade",
    .family = RuleFamily::kSqlite,
    .summary = "a table that others refer to by ON DELETE CASCADE is dropped",
    .why =
        "DROP TABLE deletes the table's rows first, and where foreign keys are on that deletes the "
        "rows that "
        "refer to them. Strata switches them off around its transaction; the sqlite3 shell and "
        "other tools that "
        "run the same file do not.",
    .help = "see that whatever runs this file has foreign keys off, and say so in an allowance",
    .bad =
        "-- CREATE TABLE orders (user_id REFERENCES users (id) ON DELETE CASCADE);\nDROP TABLE "
        "users;",
    .good = "-- strata: allow sqlite-rebuild-cascade \"applied by strata only\"\nDROP TABLE users;",
    .source = "https://www.sqlite.org/foreignkeys.html",
    .sqlite = lint::Check,
};

}  // namespace strata
