#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

void Check(const SqliteStep& step, Report* report) {
  if (!step.in_transaction || !HasWords(step, 0, {"PRAGMA", "FOREIGN_KEYS"})) return;
  report->Add(HeadOf(step.text, step.span),
              "PRAGMA foreign_keys does nothing inside a transaction");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_sqlite_foreign_keys_pragma;
const Rule kRule_sqlite_foreign_keys_pragma = {
    .name = "sqlite-foreign-keys-pragma",
    .family = RuleFamily::kSqlite,
    .summary = "PRAGMA foreign_keys in a transaction",
    .why =
        "SQLite ignores it there without a word: a table rebuild that counts on it deletes the "
        "rows of every "
        "table that refers to it by ON DELETE CASCADE. Strata switches foreign keys off before its "
        "transaction "
        "and checks them before it commits.",
    .help = "remove it; strata does this outside the transaction",
    .bad = "PRAGMA foreign_keys = OFF;\nDROP TABLE users;",
    .good = "DROP TABLE users;",
    .source = "https://www.sqlite.org/pragma.html#pragma_foreign_keys",
    .sqlite = lint::Check,
};

}  // namespace strata
