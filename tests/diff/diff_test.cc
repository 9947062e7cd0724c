// tests/golden/diff/<case>/: before.sql and after.sql, and the migration between them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "diff/plan.h"
#include "diff/run.h"
#include "diff/schema.h"

namespace strata::diff {
namespace {

namespace fs = std::filesystem;

const fs::path kCases = fs::path(STRATA_TESTS_DIR) / "golden" / "diff";

std::string Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

Schema Load(const std::string& path) {
  Diagnostics faults;
  absl::StatusOr<Schema> schema = LoadSchema({path}, &faults);
  EXPECT_TRUE(schema.ok()) << schema.status();
  EXPECT_TRUE(faults.empty()) << faults[0].message;
  return *std::move(schema);
}

// The files one after the other, each under its suffix where there are several; downs in reverse.
std::string Whole(const Plan& plan, bool up) {
  std::string text;
  std::vector<PlannedFile> files = plan.files;
  if (!up) std::reverse(files.begin(), files.end());
  for (const PlannedFile& file : files) {
    if (files.size() > 1) text += "-- file: " + (file.suffix.empty() ? "main" : file.suffix) + "\n";
    text += up ? file.up : file.down;
  }
  return text;
}

TEST(Diff, WritesWhatTheGoldensSay) {
  int cases = 0;
  for (const auto& entry : fs::directory_iterator(kCases)) {
    SCOPED_TRACE(entry.path().filename());
    const Schema before = Load(entry.path() / "before.sql"),
                 after = Load(entry.path() / "after.sql");
    PlanOptions options;
    options.renames = after.renames;
    const Plan plan = MakePlan(before.catalog, after.catalog, options);
    EXPECT_EQ(plan.refusal, "");
    if (std::getenv("STRATA_UPDATE_GOLDENS") != nullptr) {
      std::ofstream(entry.path() / "expected.up.sql") << Whole(plan, true);
      std::ofstream(entry.path() / "expected.down.sql") << Whole(plan, false);
    }
    EXPECT_EQ(Whole(plan, true), Read(entry.path() / "expected.up.sql"));
    EXPECT_EQ(Whole(plan, false), Read(entry.path() / "expected.down.sql"));
    ++cases;
  }
  EXPECT_GT(cases, 0);
}

TEST(Diff, FindsNothingBetweenASchemaAndItself) {
  for (const auto& entry : fs::directory_iterator(kCases)) {
    SCOPED_TRACE(entry.path().filename());
    const Schema after = Load(entry.path() / "after.sql");
    EXPECT_TRUE(MakePlan(after.catalog, after.catalog, PlanOptions()).files.empty());
  }
}

TEST(Dump, IsAFixedPoint) {
  for (const auto& entry : fs::directory_iterator(kCases)) {
    SCOPED_TRACE(entry.path().filename());
    const std::string first = Dump(Load(entry.path() / "after.sql").catalog);
    catalog::Catalog loaded;
    EXPECT_EQ(RunScript(&loaded, first), "");
    EXPECT_EQ(Dump(loaded), first);
  }
}

TEST(Rename, ReadsTablesAndColumns) {
  const absl::StatusOr<Rename> column = ParseRename("shop.users.mail=email");
  ASSERT_TRUE(column.ok());
  EXPECT_EQ(column->schema + "|" + column->table + "|" + column->from + "|" + column->to,
            "shop|users|mail|email");
  EXPECT_EQ(ParseRename("people=users")->kind, "table");
  EXPECT_EQ(ParseRename("users.mail").status().message(),
            "--rename \"users.mail\" is not of the form table.column=new or table=new");
}

}  // namespace
}  // namespace strata::diff
