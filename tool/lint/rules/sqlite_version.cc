#include <cstdlib>

#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

struct Feature {
  std::vector<std::string_view> words;
  int minor;  // of version 3
  const char* what;
};

int MinorOf(const std::string& version) {
  const std::size_t dot = version.find('.');
  return dot == std::string::npos ? 0 : std::atoi(version.c_str() + dot + 1);
}

// Source: sqlite.org/changes.html.
const Feature* FirstTooNew(const SqliteStep& step, int minor) {
  static const std::vector<Feature> kFeatures = {
      {{"RENAME", "COLUMN"}, 25, "ALTER TABLE … RENAME COLUMN"},
      {{"DROP", "COLUMN"}, 35, "ALTER TABLE … DROP COLUMN"},
      {{"RETURNING"}, 35, "RETURNING"},
      {{"GENERATED", "ALWAYS"}, 31, "a generated column"},
      {{"STRICT"}, 37, "STRICT"},
      {{"RIGHT", "JOIN"}, 39, "RIGHT JOIN"},
      {{"FULL", "JOIN"}, 39, "FULL JOIN"},
      {{"ON", "CONFLICT", "("}, 24, "ON CONFLICT … DO"},
      {{"MATERIALIZED"}, 35, "AS MATERIALIZED"}};
  for (const Feature& feature : kFeatures) {
    if (feature.minor <= minor) continue;
    for (std::size_t i = 0; i < step.words.size(); ++i) {
      if (HasWords(step, i, feature.words)) return &feature;
    }
  }
  return nullptr;
}

void Check(const SqliteStep& step, Report* report) {
  const Feature* feature = FirstTooNew(step, MinorOf(step.environment.sqlite_version));
  if (feature == nullptr) return;
  report->Add(HeadOf(step.text, step.span),
              std::string(feature->what) + " needs SQLite 3." + std::to_string(feature->minor) +
                  "; this set is to run on " + step.environment.sqlite_version);
}

}  // namespace
}  // namespace lint

extern const Rule kRule_sqlite_version;
const Rule kRule_sqlite_version = {
    .name = "sqlite-version",
    .family = RuleFamily::kSqlite,
    .summary = "a statement that the stated oldest SQLite does not have",
    .why =
        "Phones and long-lived distributions carry old versions of SQLite; there the migration "
        "stops with a syntax error.",
    .help = "rebuild the table instead, or raise sqlite-version in strata.toml",
    .bad = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT) STRICT;",
    .good = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);",
    .source = "https://www.sqlite.org/changes.html",
    .sqlite = lint::Check,
};

}  // namespace strata
