#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

// Source: sqlite.org/datatype3.html, "Determination Of Column Affinity".
std::string Trap(const std::string& word) {
  if (word == "STRING") return "a column of type STRING has NUMERIC affinity: '007' is stored as 7";
  const bool by_accident = word == "POINT" || word == "INTERVAL" || word == "PRINT";
  if (by_accident) return "\"" + word + "\" holds \"INT\", so the column has INTEGER affinity";
  return "";
}

void Check(const SqliteStep& step, Report* report) {
  const bool table =
      HasWords(step, 0, {"CREATE", "TABLE"}) || HasWords(step, 0, {"ALTER", "TABLE"});
  for (std::size_t i = 1; table && i < step.words.size(); ++i) {
    // A type stands behind a column's name, which stands behind "(", "," or COLUMN.
    const bool is_type = i >= 2 && (step.words[i - 2] == "(" || step.words[i - 2] == "," ||
                                    step.words[i - 2] == "COLUMN" || step.words[i - 2] == "ADD");
    const std::string trap = is_type ? Trap(step.words[i]) : "";
    if (!trap.empty()) report->Add(HeadOf(step.text, step.span), trap);
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_sqlite_type_affinity;
const Rule kRule_sqlite_type_affinity = {
    .name = "sqlite-type-affinity",
    .family = RuleFamily::kSqlite,
    .summary = "a type name whose affinity is not what it looks like",
    .why =
        "SQLite reads five words out of a type's name and ignores the rest. STRING is none of "
        "them, so values "
        "that look like numbers become numbers, and leading zeros are gone.",
    .help = "use TEXT, INTEGER, REAL, NUMERIC or BLOB",
    .bad = "CREATE TABLE users (id INTEGER PRIMARY KEY, phone STRING);",
    .good = "CREATE TABLE users (id INTEGER PRIMARY KEY, phone TEXT);",
    .source = "https://www.sqlite.org/datatype3.html",
    .sqlite = lint::Check,
};

}  // namespace strata
