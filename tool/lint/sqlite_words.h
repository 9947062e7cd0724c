// A sqlite set as its rules see it. SQLite's grammar has no parser here; its tokens are enough for
// what the rules ask.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lint/step.h"

namespace strata::lint {

// The statements of a migration's up file. `tables` must outlive the result.
std::vector<SqliteStep> SqliteSteps(const Migration& migration,
                                    const std::map<std::string, std::string>& tables,
                                    const Environment& environment);

// Fills words and names of a step from its span.
void FillWords(SqliteStep* step);

// Takes CREATE TABLE, DROP TABLE and RENAME TO of the steps into `tables`.
void RememberTables(const std::vector<SqliteStep>& steps,
                    std::map<std::string, std::string>* tables);

// The name after `at` words (IF [NOT] EXISTS and a schema skipped), lower case.
std::string TableNameAt(const SqliteStep& step, std::size_t at);

// Whether the words from `at` on are these.
bool HasWords(const SqliteStep& step, std::size_t at, const std::vector<std::string_view>& words);

// The index of the first word `word` from `from` on, or npos.
std::size_t FindWord(const SqliteStep& step, std::string_view word, std::size_t from = 0);

}  // namespace strata::lint
