#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

void Check(const SqliteStep& step, Report* report) {
  if (!HasWords(step, 0, {"ALTER", "TABLE"}) || FindWord(step, "ADD") == std::string::npos) return;
  bool required = false;
  for (std::size_t i = 0; i < step.words.size(); ++i)
    required = required || HasWords(step, i, {"NOT", "NULL"});
  if (!required || FindWord(step, "DEFAULT") != std::string::npos ||
      FindWord(step, "GENERATED") != std::string::npos)
    return;
  report->Add(HeadOf(step.text, step.span),
              "SQLite refuses a NOT NULL column without a default, whether or not there are rows");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_sqlite_add_required_column;
const Rule kRule_sqlite_add_required_column = {
    .name = "sqlite-add-required-column",
    .family = RuleFamily::kSqlite,
    .level = RuleLevel::kError,
    .summary = "a required column without a default is added",
    .why = "SQLite answers \"Cannot add a NOT NULL column with default value NULL\".",
    .help = "give it a default, or rebuild the table",
    .bad = "ALTER TABLE users ADD COLUMN country TEXT NOT NULL;",
    .good = "ALTER TABLE users ADD COLUMN country TEXT NOT NULL DEFAULT 'unknown';",
    .source = "https://www.sqlite.org/lang_altertable.html#altertabaddcol",
    .atlas = "LT101",
    .sqlite = lint::Check,
};

}  // namespace strata
