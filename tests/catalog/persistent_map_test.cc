#include "catalog/persistent_map.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

namespace strata::catalog {
namespace {

using Map = PersistentMap<int, int>;

std::map<int, int> Contents(const Map& map) {
  std::map<int, int> contents;
  map.ForEach([&](int key, int value) { contents[key] = value; });
  return contents;
}

TEST(PersistentMap, BehavesLikeAMapUnderRandomChanges) {
  std::mt19937 random(7);
  Map map;
  std::map<int, int> expected;
  for (int i = 0; i < 5000; ++i) {
    const int key = random() % 300;
    if (random() % 3 == 0) {
      map.Erase(key);
      expected.erase(key);
    } else {
      map.Set(key, i);
      expected[key] = i;
    }
    ASSERT_EQ(map.size(), expected.size());
  }
  EXPECT_EQ(Contents(map), expected);
}

TEST(PersistentMap, ACopyKeepsItsContents) {
  Map map;
  map.Set(1, 10);
  const Map before = map;
  map.Set(1, 11);
  map.Set(2, 20);
  EXPECT_EQ(Contents(before), (std::map<int, int>{{1, 10}}));
  EXPECT_EQ(*map.Find(1), 11);
}

// Nodes are changed in place where one map alone holds them: no copy may ever see it.
TEST(PersistentMap, NoCopySeesWhatIsWrittenToAnother) {
  std::mt19937 random(11);
  std::vector<std::pair<Map, std::map<int, int>>> versions(1);
  for (int i = 0; i < 20000; ++i) {
    const std::size_t at = random() % versions.size();
    if (random() % 10 == 0) {
      versions.push_back(versions[at]);
      if (versions.size() > 40) versions.erase(versions.begin() + random() % 40);
      continue;
    }
    auto& [map, expected] = versions[at];
    const int key = random() % 200;
    if (random() % 3 == 0) {
      map.Erase(key);
      expected.erase(key);
    } else {
      map.Set(key, i);
      expected[key] = i;
    }
  }
  for (const auto& [map, expected] : versions) {
    EXPECT_EQ(Contents(map), expected);
    EXPECT_EQ(map.size(), expected.size());
  }
}

TEST(PersistentMap, SameContentsLooksAtKeysAndValues) {
  Map a;
  for (int i = 0; i < 100; ++i) a.Set(i, i);
  Map b = a;
  b.Erase(3);
  EXPECT_FALSE(Map::SameContents(a, b));
  b.Set(3, 3);
  EXPECT_TRUE(Map::SameContents(a, b));
  b.Set(3, 4);
  EXPECT_FALSE(Map::SameContents(a, b));
}

TEST(PersistentMap, DifferencesNamesEachChangedKeyOnce) {
  Map a;
  for (int i = 0; i < 1000; ++i) a.Set(i, i);
  Map b = a;
  b.Set(5, -5);
  b.Erase(7);
  b.Set(2000, 1);
  b.Set(9, 9);  // the same value again: no difference
  std::vector<int> keys;
  Map::Differences(a, b, [&](int key, const int*, const int*) { keys.push_back(key); });
  EXPECT_EQ(keys, (std::vector<int>{5, 7, 2000}));
}

TEST(PersistentMap, ForEachFromStopsWhenTold) {
  Map map;
  for (int i = 0; i < 100; ++i) map.Set(i, i);
  std::vector<int> seen;
  map.ForEachFrom(42, [&](int key, int) {
    seen.push_back(key);
    return seen.size() < 3;
  });
  EXPECT_EQ(seen, (std::vector<int>{42, 43, 44}));
}

}  // namespace
}  // namespace strata::catalog
