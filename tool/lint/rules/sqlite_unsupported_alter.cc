#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

void Check(const SqliteStep& step, Report* report) {
  if (!HasWords(step, 0, {"ALTER", "TABLE"})) return;
  const std::size_t add = FindWord(step, "ADD");
  const std::size_t alter = FindWord(step, "ALTER", 1);
  const bool constraint =
      add != std::string::npos &&
      (HasWords(step, add + 1, {"CONSTRAINT"}) || HasWords(step, add + 1, {"FOREIGN"}) ||
       HasWords(step, add + 1, {"PRIMARY"}) || HasWords(step, add + 1, {"UNIQUE"}) ||
       HasWords(step, add + 1, {"CHECK"}));
  if (!constraint && alter == std::string::npos) return;
  report->Add(HeadOf(step.text, step.span), std::string("SQLite has no ALTER TABLE … ") +
                                                (constraint ? "ADD CONSTRAINT" : "ALTER COLUMN"));
}

}  // namespace
}  // namespace lint

extern const Rule kRule_sqlite_unsupported_alter;
const Rule kRule_sqlite_unsupported_alter = {
    .name = "sqlite-unsupported-alter",
    .family = RuleFamily::kSqlite,
    .level = RuleLevel::kError,
    .summary = "an ALTER TABLE that SQLite does not have",
    .why =
        "SQLite can rename tables and columns, add columns and drop them; for everything else the "
        "table has to be rebuilt.",
    .help = "rebuild the table: create the new one, copy, drop the old one, rename",
    .bad = "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);",
    .good = "CREATE UNIQUE INDEX users_email_key ON users (email);",
    .source = "https://www.sqlite.org/lang_altertable.html",
    .sqlite = lint::Check,
};

}  // namespace strata
