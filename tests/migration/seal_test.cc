#include "migration/seal.h"

#include <gtest/gtest.h>

namespace strata {
namespace {

SealedMigration Sealed(std::string digits, std::string name) {
  SealedMigration sealed;
  sealed.version = std::stoull(digits);
  sealed.digits = std::move(digits);
  sealed.name = std::move(name);
  sealed.checksums = {{"up", std::string(64, 'a')}};
  return sealed;
}

std::vector<std::string> Plan(const std::vector<SealedMigration>& sealed,
                              const std::vector<std::string>& files) {
  std::vector<std::string> words;
  for (const Rename& r : PlanRebase(sealed, files, /*now=*/1795343400))
    words.push_back(r.from + " -> " + r.to);
  return words;
}
using Words = std::vector<std::string>;

TEST(Seal, ReadsWhatItWrites) {
  const std::vector<SealedMigration> sealed = {Sealed("0001", "a"), Sealed("0002", "b")};
  Diagnostics faults;
  EXPECT_EQ(ParseSeal(PrintSeal(sealed), &faults), sealed);
  EXPECT_TRUE(faults.empty());
}

TEST(Seal, EveryLineAnswersForTheLinesAbove) {
  const std::string text =
      PrintSeal({Sealed("0001", "a"), Sealed("0002", "b"), Sealed("0003", "c")});
  std::string without_second = text;
  const std::size_t begin = text.find("0002");
  without_second.erase(begin, text.find("0003") - begin);
  Diagnostics faults;
  EXPECT_EQ(ParseSeal(without_second, &faults).size(), 1u);
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].message,
            "strata.lock was edited: this line does not follow from the lines above it");
}

TEST(Rebase, RenumbersOwnMigrationsOnTop) {
  EXPECT_EQ(
      Plan({Sealed("0001", "a"), Sealed("0002", "theirs"), Sealed("0003", "theirs2")},
           {"0001_a.up.sql", "0002_mine.down.sql", "0002_mine.up.sql", "0002_theirs.up.sql",
            "0003_more.up.sql", "0003_theirs2.up.sql"}),
      (Words{"0002_mine.down.sql -> 0004_mine.down.sql", "0002_mine.up.sql -> 0004_mine.up.sql",
             "0003_more.up.sql -> 0005_more.up.sql"}));
}

TEST(Rebase, LeavesWhatIsOnTopAlone) {
  EXPECT_EQ(Plan({Sealed("0001", "a")}, {"0001_a.up.sql", "0002_b.up.sql", "0007_c.up.sql"}),
            Words{});
}

TEST(Rebase, GivesTimestampsWhereTheFolderHasThem) {
  EXPECT_EQ(
      Plan({Sealed("20260101000000", "a")}, {"20251231000000_b.up.sql", "20251231000001_c.up.sql"}),
      (Words{"20251231000000_b.up.sql -> 20261122103000_b.up.sql",
             "20251231000001_c.up.sql -> 20261122103001_c.up.sql"}));
}

}  // namespace
}  // namespace strata
