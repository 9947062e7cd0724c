// tests/golden/set/<case>/: a folder of migrations and, in expected.txt, all that is said of it. A
// case whose name begins with "sqlite" is of that dialect. With STRATA_UPDATE_GOLDENS=1 the files
// are written instead of compared.
#include <dirent.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/diagnostic_text.h"
#include "base/files.h"
#include "sql/load_set.h"

namespace strata::sql {
namespace {

const std::string kGoldens = std::string(STRATA_TESTS_DIR) + "/golden/set";

std::vector<std::string> Cases() {
  std::vector<std::string> cases;
  DIR* dir = opendir(kGoldens.c_str());
  while (const dirent* entry = dir == nullptr ? nullptr : readdir(dir)) {
    if (entry->d_name[0] != '.') cases.emplace_back(entry->d_name);
  }
  if (dir != nullptr) closedir(dir);
  std::sort(cases.begin(), cases.end());
  return cases;
}

std::string Said(const std::string& name) {
  const Dialect dialect = name.rfind("sqlite", 0) == 0 ? Dialect::kSqlite : Dialect::kPostgres;
  Diagnostics diagnostics;
  absl::StatusOr<LoadedSet> loaded = LoadSet(kGoldens + "/" + name, dialect, &diagnostics);
  if (!loaded.ok()) return loaded.status().ToString();
  loaded->sources.folder = "migrations";
  return DiagnosticsText(diagnostics, loaded->sources);
}

class SetGolden : public testing::TestWithParam<std::string> {};

TEST_P(SetGolden, SaysWhatIsExpected) {
  const std::string file = kGoldens + "/" + GetParam() + "/expected.txt";
  const std::string said = Said(GetParam());
  if (std::getenv("STRATA_UPDATE_GOLDENS") != nullptr) {
    ASSERT_TRUE(WriteFile(file, said).ok());
  }
  const absl::StatusOr<std::string> expected = ReadFile(file);
  ASSERT_TRUE(expected.ok()) << expected.status();
  EXPECT_EQ(said, *expected);
}

std::string Spans(const MigrationSet& set) {
  std::string text;
  for (const Migration& migration : set.migrations) {
    for (const Script* script : {&migration.up, migration.down ? &*migration.down : nullptr,
                                 migration.verify ? &*migration.verify : nullptr,
                                 migration.sqlite_up ? &*migration.sqlite_up : nullptr,
                                 migration.sqlite_down ? &*migration.sqlite_down : nullptr}) {
      if (script == nullptr) continue;
      text += std::string(script->file) + (script->transactional ? "" : " alone");
      for (const Statement& s : script->statements) {
        text += " " + std::to_string(s.begin) + "-" + std::to_string(s.end) + "/" +
                std::to_string(s.flags);
      }
      text += "\n";
    }
  }
  return text;
}

// A set whose scripts are read late is the one that is read at once.
TEST_P(SetGolden, ReadLateItIsTheSame) {
  const Dialect dialect =
      GetParam().rfind("sqlite", 0) == 0 ? Dialect::kSqlite : Dialect::kPostgres;
  Diagnostics at_once;
  Diagnostics late;
  const std::string folder = kGoldens + "/" + GetParam();
  absl::StatusOr<LoadedSet> whole = LoadSet(folder, dialect, &at_once);
  absl::StatusOr<LoadedSet> opened = OpenSet(folder, dialect, LoadOptions(), &late);
  ASSERT_EQ(whole.ok(), opened.ok());
  if (!whole.ok()) return;
  std::vector<std::uint64_t> versions;
  for (const Migration& migration : opened->set.migrations) versions.push_back(migration.version);
  ReadScripts(versions, &*opened, &late);
  ReadScripts(versions, &*opened, &late);  // once is enough
  SortByPlace(&late);
  EXPECT_EQ(DiagnosticsText(late, opened->sources), DiagnosticsText(at_once, whole->sources));
  EXPECT_EQ(Spans(opened->set), Spans(whole->set));
}

INSTANTIATE_TEST_SUITE_P(Cases, SetGolden, testing::ValuesIn(Cases()), [](const auto& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(SetGoldens, AreThere) { EXPECT_GE(Cases().size(), 20u); }

}  // namespace
}  // namespace strata::sql
