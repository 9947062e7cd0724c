// What is baked in is what stands in the folder: for every folder of SQL among the goldens and the
// examples.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/files.h"
#include "migration/blob.h"
#include "shadow/translate_set.h"
#include "sql/load_set.h"
#include "support/same_set.h"
#include "verify/check.h"

namespace strata {
namespace {

namespace fs = std::filesystem;

std::set<std::string> Folders() {
  std::set<std::string> folders;
  for (const char* root : {"/golden", "/../examples", "/../migrations"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(STRATA_TESTS_DIR + std::string(root))) {
      const std::string name = entry.path().filename().string();
      if (name.size() > 7 && name.substr(name.size() - 7) == ".up.sql") {
        folders.insert(entry.path().parent_path().string());
      }
    }
  }
  return folders;
}

// The bytes of the file that the script was read from.
std::string BytesOf(const Script& script) {
  return (script.byte_order_mark ? "\xEF\xBB\xBF" : "") + std::string(script.text);
}

void ExpectBytes(const std::string& folder, const Script& script) {
  EXPECT_EQ(BytesOf(script), ReadFile(folder + "/" + std::string(script.file)).value());
}

TEST(GoldenSets, AreEmbeddedAsTheyStandOnDisk) {
  int embedded = 0;
  for (const std::string& folder : Folders()) {
    for (const Dialect dialect : {Dialect::kPostgres, Dialect::kSqlite}) {
      SCOPED_TRACE(folder + (dialect == Dialect::kPostgres ? " postgres" : " sqlite"));
      Diagnostics faults;
      const auto loaded = sql::LoadSet(folder, dialect, &faults);
      ASSERT_TRUE(loaded.ok()) << loaded.status();
      const bool faulty = std::any_of(faults.begin(), faults.end(), [](const Diagnostic& d) {
        return d.severity == Severity::kError;
      });
      if (faulty) continue;  // such a set is not embedded
      ++embedded;
      const std::string blob = WriteBlob(loaded->set).value();
      const MigrationSet read = ReadBlob(blob).value();
      testing::ExpectSame(read, loaded->set);
      for (const Migration& migration : read.migrations) {
        ExpectBytes(folder, migration.up);
        if (migration.down) ExpectBytes(folder, *migration.down);
        if (migration.verify) ExpectBytes(folder, *migration.verify);
      }
    }
  }
  EXPECT_GT(embedded, 100);
}

// The build translates while it checks, a run against a SQLite file by itself.
TEST(GoldenSets, AreTranslatedAlikeBesideTheCheckAndAlone) {
  for (const std::string& folder : Folders()) {
    SCOPED_TRACE(folder);
    Diagnostics faults, beside_notes, alone_notes;
    auto beside = sql::LoadSet(folder, Dialect::kPostgres, &faults);
    auto alone = sql::LoadSet(folder, Dialect::kPostgres, &faults);
    ASSERT_TRUE(beside.ok() && alone.ok());
    shadow::SetTranslator translator(&*beside, &beside_notes);
    verify::CheckOptions options;
    options.translator = &translator;
    verify::Check(*beside, options);
    shadow::TranslateSet(&*alone, &alone_notes);
    testing::ExpectSame(beside->set, alone->set);
    ASSERT_EQ(beside_notes.size(), alone_notes.size());
    for (std::size_t i = 0; i < alone_notes.size(); ++i) {
      EXPECT_EQ(beside_notes[i].message, alone_notes[i].message);
    }
  }
}

}  // namespace
}  // namespace strata
