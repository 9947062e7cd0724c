// A build with the proof of an earlier one ends as a build without: the same findings, the same
// blob.
#include "embed/proof.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

#include "base/diagnostic_text.h"
#include "base/files.h"
#include "migration/blob.h"
#include "shadow/translate_set.h"
#include "sql/load_set.h"
#include "verify/check.h"

namespace strata::embed {
namespace {

namespace fs = std::filesystem;

using Files = std::map<std::string, std::string>;

struct Built {
  bool loaded = false;  // the files are without fault
  std::string findings, blob;
  Proved proved;
};

class ProofTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_NE(mkdtemp(out_), nullptr); }
  void TearDown() override { fs::remove_all(out_); }
  std::string Path(const std::string& name) const { return std::string(out_) + "/" + name; }

  // Builds as `strata embed` does. Writes nothing where there is an error.
  Built Build(const std::string& folder, const std::string& key = "key\n") const {
    Built built;
    Diagnostics faults, approximations;
    auto loaded = sql::LoadSet(folder, Dialect::kPostgres, &faults);
    if (!loaded.ok() || HasErrors(faults)) return built;
    built.loaded = true;
    const Proof proof(Path("proof"), Path("blob"), key, loaded->set);
    verify::CheckOptions options;
    built.proved = options.proved = proof.Read(&loaded->set);
    shadow::SetTranslator translator(&*loaded, &approximations);
    options.translator = &translator;
    const Diagnostics found = verify::Check(*loaded, options).diagnostics;
    for (const Diagnostic& d : found) {
      if (d.severity != Severity::kNote) built.findings += DiagnosticText(d, loaded->sources);
    }
    built.blob = WriteBlob(loaded->set).value();
    if (HasErrors(found)) return built;
    EXPECT_TRUE(WriteFile(Path("blob"), built.blob).ok());
    EXPECT_TRUE(proof.Write(loaded->set, found).ok());
    return built;
  }
  Built BuildAnew(const std::string& folder) const {
    fs::remove(Path("proof"));
    return Build(folder);
  }

  // A folder of these files.
  std::string Folder(const Files& files) const {
    fs::remove_all(Path("set"));
    fs::create_directory(Path("set"));
    for (const auto& [name, text] : files) {
      EXPECT_TRUE(WriteFile(Path("set/" + name), text).ok());
    }
    return Path("set");
  }
  Proved ProvedOf(const Files& files) const { return Build(Folder(files)).proved; }

  char out_[32] = "/tmp/strata-proof-XXXXXX";
};

const Files kThree = {
    {"1_a.up.sql", "CREATE TABLE a (id int);"}, {"1_a.down.sql", "DROP TABLE a;"},
    {"2_b.up.sql", "CREATE TABLE b (id int);"}, {"2_b.down.sql", "DROP TABLE b;"},
    {"3_c.up.sql", "CREATE TABLE c (id int);"}, {"3_c.down.sql", "DROP TABLE c;"},
};

Files With(Files files, const std::string& name, const std::string& text) {
  files[name] = text;
  return files;
}

TEST_F(ProofTest, AMigrationIsProvedUntilItOrOneBeforeItChanges) {
  EXPECT_EQ(ProvedOf(kThree), Proved({false, false, false}));
  EXPECT_EQ(ProvedOf(kThree), Proved({true, true, true}));
  Files more = With(kThree, "4_d.up.sql", "CREATE TABLE d (id int);");
  more["4_d.down.sql"] = "DROP TABLE d;";
  EXPECT_EQ(ProvedOf(more), Proved({true, true, true, false}));
  EXPECT_EQ(ProvedOf(kThree), Proved({true, true, true}));
  EXPECT_EQ(ProvedOf(With(kThree, "2_b.up.sql", "CREATE TABLE b (id bigint);")),
            Proved({true, false, false}));
  EXPECT_EQ(ProvedOf(kThree), Proved({true, false, false}));
  EXPECT_EQ(ProvedOf(With(kThree, "3_c.down.sql", "DROP TABLE c; ")), Proved({true, true, false}));
  Files fewer = kThree;
  fewer.erase("1_a.up.sql");
  fewer.erase("1_a.down.sql");
  EXPECT_EQ(ProvedOf(fewer), Proved({false, false}));
}

TEST_F(ProofTest, OtherLineEndsAndMarksAreAChange) {
  ProvedOf(With(kThree, "1_a.down.sql", "DROP TABLE a\n;"));
  EXPECT_EQ(ProvedOf(With(kThree, "1_a.down.sql", "DROP TABLE a\r\n;")),
            Proved({false, false, false}));
  ProvedOf(kThree);
  EXPECT_EQ(ProvedOf(With(kThree, "1_a.down.sql",
                          "\xEF\xBB\xBF"
                          "DROP TABLE a;")),
            Proved({false, false, false}));
}

TEST_F(ProofTest, AVariantForSqliteThatComesOrGoesIsAChange) {
  ProvedOf(kThree);
  const Files varied = With(kThree, "2_b.sqlite.up.sql", "CREATE TABLE b (id int);");
  EXPECT_EQ(ProvedOf(varied), Proved({true, false, false}));
  EXPECT_EQ(ProvedOf(varied), Proved({true, true, true}));
  EXPECT_EQ(ProvedOf(kThree), Proved({true, false, false}));
}

TEST_F(ProofTest, AnotherKeyOrBlobProvesNothing) {
  const Proved none = {false, false, false};
  const std::string folder = Folder(kThree);
  Build(folder, "one\n");
  EXPECT_EQ(Build(folder, "two\n").proved, none);
  EXPECT_EQ(Build(folder, "two\n").proved, Proved({true, true, true}));
  const std::string blob = ReadFile(Path("blob")).value();
  ASSERT_TRUE(WriteFile(Path("blob"), blob + " ").ok());
  EXPECT_EQ(Build(folder, "two\n").proved, none);
  const std::string text = ReadFile(Path("proof")).value();
  ASSERT_TRUE(WriteFile(Path("proof"), text.substr(0, text.find("1 ud"))).ok());
  EXPECT_EQ(Build(folder, "two\n").proved, none);
  ASSERT_TRUE(WriteFile(Path("proof"), "").ok());
  EXPECT_EQ(Build(folder, "two\n").proved, none);
}

TEST_F(ProofTest, AFailedBuildLeavesTheProofOfTheOneBefore) {
  ProvedOf(kThree);
  const Built wrong = Build(Folder(With(kThree, "3_c.down.sql", "DROP TABLE b;")));
  EXPECT_EQ(wrong.proved, Proved({true, true, false}));
  EXPECT_NE(wrong.findings.find("3_c"), std::string::npos);
  EXPECT_EQ(ProvedOf(kThree), Proved({true, true, true}));
}

// With every set among the goldens: grown by its last migration, and built twice.
TEST_F(ProofTest, GoldenSetsEndAlikeWithAndWithout) {
  std::set<fs::path> folders;
  for (const auto& entry :
       fs::recursive_directory_iterator(STRATA_TESTS_DIR + std::string("/golden"))) {
    const std::string name = entry.path().filename().string();
    if (name.size() > 7 && name.substr(name.size() - 7) == ".up.sql")
      folders.insert(entry.path().parent_path());
  }
  int proved = 0;
  for (const fs::path& folder : folders) {
    SCOPED_TRACE(folder.string());
    const Built anew = BuildAnew(folder.string());
    if (!anew.loaded) continue;
    const Built again = Build(folder.string());
    EXPECT_EQ(again.findings, anew.findings);
    EXPECT_EQ(again.blob, anew.blob);
    Files files;
    std::string last;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      const std::string name = entry.path().filename().string();
      files[name] = ReadFile(entry.path().string()).value();
      if (name.find(".up.sql") != std::string::npos) last = std::max(last, name);
    }
    Files fewer = files;
    const std::string start = last.substr(0, last.find('.'));
    for (const auto& [name, text] : files) {
      if (name.compare(0, start.size(), start) == 0) fewer.erase(name);
    }
    const std::string whole = BuildAnew(Folder(files)).findings;
    BuildAnew(Folder(fewer));
    const Built grown = Build(Folder(files));
    EXPECT_EQ(grown.findings, whole);
    EXPECT_EQ(grown.blob, anew.blob);
    for (const bool one : grown.proved) proved += one;
  }
  EXPECT_GT(proved, 20);
}

}  // namespace
}  // namespace strata::embed
