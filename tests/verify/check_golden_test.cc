// tests/golden/check/<case>/: a folder of migrations and, in expected.txt, all that the offline
// check says of it. With STRATA_UPDATE_GOLDENS=1 the files are written instead of compared.
#include <dirent.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/diagnostic_text.h"
#include "base/files.h"
#include "verify/check.h"

namespace strata::verify {
namespace {

const std::string kGoldens = std::string(STRATA_TESTS_DIR) + "/golden/check";

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

std::string ResultLine(const Roundtrip& trip) {
  static constexpr const char* kWords[] = {"ok", "differs", "down-failed", "irreversible",
                                           "not-checked"};
  std::string line =
      "roundtrip " + std::to_string(trip.migration) + ": " + kWords[static_cast<int>(trip.result)];
  for (const std::string& difference : trip.differences) line += "\n  " + difference;
  return line + "\n";
}

std::string Said(const std::string& name) {
  Diagnostics diagnostics;
  absl::StatusOr<sql::LoadedSet> loaded =
      sql::LoadSet(kGoldens + "/" + name, Dialect::kPostgres, &diagnostics);
  if (!loaded.ok()) return loaded.status().ToString();
  loaded->sources.folder = "migrations";
  const CheckResult result = Check(*loaded, CheckOptions());
  diagnostics.insert(diagnostics.end(), result.diagnostics.begin(), result.diagnostics.end());
  std::string said = DiagnosticsText(diagnostics, loaded->sources);
  for (const Roundtrip& trip : result.roundtrip) said += ResultLine(trip);
  const StatementCounts& counts = result.statements;
  return said + "executed " + std::to_string(counts.executed) + ", modelled " +
         std::to_string(counts.modelled) + ", skipped " + std::to_string(counts.skipped) + "\n";
}

class CheckGolden : public testing::TestWithParam<std::string> {};

TEST_P(CheckGolden, SaysWhatIsExpected) {
  const std::string file = kGoldens + "/" + GetParam() + "/expected.txt";
  const std::string said = Said(GetParam());
  if (std::getenv("STRATA_UPDATE_GOLDENS") != nullptr) {
    ASSERT_TRUE(WriteFile(file, said).ok());
  }
  const absl::StatusOr<std::string> expected = ReadFile(file);
  ASSERT_TRUE(expected.ok()) << expected.status();
  EXPECT_EQ(said, *expected);
}

INSTANTIATE_TEST_SUITE_P(Cases, CheckGolden, testing::ValuesIn(Cases()), [](const auto& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace strata::verify
