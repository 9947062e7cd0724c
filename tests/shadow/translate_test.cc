// Each folder of tests/golden/translate: input.sql, one migration of a postgres set, and
// expected.sql, what runs on SQLite with the notes as comments. STRATA_UPDATE_GOLDENS=1 writes the
// latter anew.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "shadow/translate_set.h"

namespace strata::shadow {
namespace {

namespace fs = std::filesystem;

std::string ReadAll(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::string Translated(const fs::path& input, std::string* error) {
  const fs::path folder =
      fs::path(testing::TempDir()) / ("translate_" + input.parent_path().filename().string());
  fs::remove_all(folder);
  fs::create_directories(folder);
  std::ofstream(folder / "0001_case.up.sql") << "-- strata: irreversible \"a test\"\n"
                                             << ReadAll(input);
  Diagnostics diagnostics, notes;
  auto set = sql::LoadSet(folder.string(), Dialect::kPostgres, &diagnostics);
  if (!set.ok() || HasErrors(diagnostics)) return "the set does not load";
  TranslateSet(&*set, &notes);
  const Script& script = *set->set.migrations[0].sqlite_up;
  std::string text(script.text);
  for (const Diagnostic& note : notes) {
    text += "-- " + std::string(note.severity == Severity::kNote ? "note: " : "warning: ") +
            note.message + "\n";
  }
  sqlite3* db = nullptr;
  sqlite3_open(":memory:", &db);
  if (sqlite3_exec(db, std::string(script.text).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    *error = sqlite3_errmsg(db);
  sqlite3_close(db);
  return text;
}

class Translate : public testing::TestWithParam<std::string> {};

TEST_P(Translate, IsAsExpectedAndRuns) {
  const fs::path folder = fs::path(STRATA_TESTS_DIR) / "golden" / "translate" / GetParam();
  std::string error;
  const std::string translated = Translated(folder / "input.sql", &error);
  if (std::getenv("STRATA_UPDATE_GOLDENS") != nullptr)
    std::ofstream(folder / "expected.sql") << translated;
  EXPECT_EQ(translated, ReadAll(folder / "expected.sql"));
  const std::string refusal =
      GetParam() == "refused"
          ? "0001_case.up.sql cannot run on SQLite: a statement on \"t\": the function "
            "regexp_replace() has no counterpart on SQLite; write 0001_case.sqlite.up.sql, "
            "which then runs instead"
          : "";
  EXPECT_EQ(error, refusal);
}

std::vector<std::string> Cases() {
  std::vector<std::string> cases;
  for (const auto& entry :
       fs::directory_iterator(fs::path(STRATA_TESTS_DIR) / "golden" / "translate")) {
    cases.push_back(entry.path().filename().string());
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

INSTANTIATE_TEST_SUITE_P(All, Translate, testing::ValuesIn(Cases()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace strata::shadow
