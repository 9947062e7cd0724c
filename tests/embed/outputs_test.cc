#include "embed/outputs.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <utime.h>

#include <cstdlib>
#include <tuple>

#include "base/files.h"
#include "embed/mapped_file.h"
#include "sql/load_set.h"

namespace strata::embed {
namespace {

class Outputs : public testing::Test {
 protected:
  void SetUp() override { ASSERT_NE(mkdtemp(folder_), nullptr); }
  void TearDown() override {
    EXPECT_EQ(std::system(("rm -rf " + std::string(folder_)).c_str()), 0);
  }
  std::string Path(const std::string& name) const { return std::string(folder_) + "/" + name; }
  void Write(const std::string& name, const std::string& bytes) const {
    ASSERT_TRUE(WriteFile(Path(name), bytes).ok());
  }

  char folder_[32] = "/tmp/strata-embed-XXXXXX";
};

timespec ModifiedAt(const std::string& path) {
  struct stat info = {};
  EXPECT_EQ(stat(path.c_str(), &info), 0);
  return info.st_mtim;
}

TEST_F(Outputs, WhatDidNotChangeKeepsItsDate) {
  Write("a", "one");
  const utimbuf old = {1000, 1000};
  ASSERT_EQ(utime(Path("a").c_str(), &old), 0);
  ASSERT_TRUE(WriteIfChanged(Path("a"), "one").ok());
  EXPECT_EQ(ModifiedAt(Path("a")).tv_sec, 1000);
  ASSERT_TRUE(WriteIfChanged(Path("a"), "two").ok());
  EXPECT_NE(ModifiedAt(Path("a")).tv_sec, 1000);
  EXPECT_EQ(ReadFile(Path("a")).value(), "two");
}

TEST_F(Outputs, AMappedFileStaysAsItWasWhenAnotherTakesItsPlace) {
  Write("a", "one");
  const auto file = MappedFile::Open(Path("a"));
  ASSERT_TRUE(file.ok());
  Write("a", "another");
  EXPECT_EQ((*file)->bytes(), "one");
  Write("empty", "");
  EXPECT_EQ(MappedFile::Open(Path("empty")).value()->bytes(), "");
}

TEST_F(Outputs, AFileThatCannotBeMappedIsNamed) {
  const auto none = MappedFile::Open(Path("none"));
  EXPECT_EQ(none.status(),
            absl::NotFoundError("cannot read " + Path("none") + ": No such file or directory"));
  const auto folder = MappedFile::Open(folder_);
  EXPECT_EQ(folder.status(),
            absl::UnavailableError("cannot read " + std::string(folder_) + ": No such device"));
}

TEST_F(Outputs, AFileIsYoungerThanTheStampWhereItWasWrittenLater) {
  Write("a", "");
  Write("stamp", "");
  const utimbuf old = {1000, 1000}, older = {999, 999};
  ASSERT_EQ(utime(Path("stamp").c_str(), &old), 0);
  EXPECT_TRUE(AnyIsYounger({Path("a")}, Path("stamp")));
  ASSERT_EQ(utime(Path("a").c_str(), &old), 0);
  EXPECT_FALSE(AnyIsYounger({Path("a")}, Path("stamp")));
  ASSERT_EQ(utime(Path("a").c_str(), &older), 0);
  EXPECT_FALSE(AnyIsYounger({Path("a")}, Path("stamp")));
  EXPECT_FALSE(AnyIsYounger({}, Path("stamp")));
  EXPECT_TRUE(AnyIsYounger({Path("a"), Path("none")}, Path("stamp")));
  EXPECT_TRUE(AnyIsYounger({Path("a")}, Path("none")));
}

TEST_F(Outputs, InputsAreTheFilesOfTheSet) {
  for (const char* name : {"2.up.sql", "1.up.sql", "strata.lock", "README.md"}) Write(name, "");
  EXPECT_EQ(Inputs(folder_).value(),
            (std::vector<std::string>{Path("1.up.sql"), Path("2.up.sql"), Path("strata.lock")}));
}

TEST_F(Outputs, TheFingerprintSeesEveryChange) {
  Write("a", "one");
  const std::string before = Fingerprint({Path("a")});
  EXPECT_EQ(Fingerprint({Path("a")}), before);
  const utimbuf old = {1000, 1000};
  ASSERT_EQ(utime(Path("a").c_str(), &old), 0);
  EXPECT_NE(Fingerprint({Path("a")}), before);
  ASSERT_EQ(std::remove(Path("a").c_str()), 0);
  EXPECT_NE(Fingerprint({Path("a")}), before);
}

TEST_F(Outputs, AStampIsOlderThanAnEditMadeMeanwhile) {
  for (int i = 0; i < 200; ++i) {
    const StartTime start;
    Write("a", "edited while the step ran");
    ASSERT_TRUE(start.WriteStamp(Path("stamp"), "").ok());
    const timespec stamp = ModifiedAt(Path("stamp")), edit = ModifiedAt(Path("a"));
    ASSERT_LT(std::tie(stamp.tv_sec, stamp.tv_nsec), std::tie(edit.tv_sec, edit.tv_nsec)) << i;
  }
}

TEST_F(Outputs, AByteOrderMarkIsRemembered) {
  Write("1_a.up.sql", "\xEF\xBB\xBFSELECT 1;\r\n");
  Write("1_a.down.sql", "SELECT 1;");
  Diagnostics diagnostics;
  const auto loaded = sql::LoadSet(folder_, Dialect::kPostgres, &diagnostics);
  ASSERT_TRUE(loaded.ok());
  EXPECT_TRUE(loaded->set.migrations[0].up.byte_order_mark);
  EXPECT_EQ(loaded->set.migrations[0].up.text, "SELECT 1;\r\n");
  EXPECT_FALSE(loaded->set.migrations[0].down->byte_order_mark);
}

}  // namespace
}  // namespace strata::embed
