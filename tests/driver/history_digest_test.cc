// The digest that the client makes of a set is the one that the server makes of its history.
#include <gtest/gtest.h>

#include "driver/driver.h"
#include "driver/postgres/digest.h"
#include "strata/strata.h"
#include "support/postgres.h"
#include "support/set.h"

namespace strata {
namespace {

using postgres::HashTextExtended;
using testing::Execute;
using testing::FreshDatabase;
using testing::MakeSet;

// SELECT hashtextextended(text, seed) on PostgreSQL 15.
TEST(HistoryDigest, HashesAsTheServerDoes) {
  EXPECT_EQ(HashTextExtended("", 0), -6939563903564495251);
  EXPECT_EQ(HashTextExtended("a", 1), 3325245193489759299);
  EXPECT_EQ(HashTextExtended("abcdefghijk", 5), -7634654662594670088);
  EXPECT_EQ(HashTextExtended("abcdefghijkl", 20261122103000), 4064750509147524299);
  EXPECT_EQ(HashTextExtended(std::string(64, 'f'), 7), -1754544841834219911);
}

MigrationSet Numbered(std::uint64_t count, const std::string& last = "SELECT 1") {
  std::vector<testing::Source> sources;
  for (std::uint64_t i = 1; i < count; ++i) {
    sources.push_back({i, "m", "SELECT " + std::to_string(i), "SELECT 0"});
  }
  sources.push_back({count, "m", last, "SELECT 0"});
  return MakeSet(sources);
}

class Reader {
 public:
  explicit Reader(const std::string& url) {
    ConnectOptions options;
    options.table = {"", "strata_history"};
    database_ = *OpenDatabase(url, options, std::chrono::milliseconds{0});
  }
  History Read(const MigrationSet& set) { return *database_->ReadHistoryUnless(set); }

 private:
  std::unique_ptr<Database> database_;
};

TEST(HistoryDigest, RowsTravelOnlyWhereTheyDiffer) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = Numbered(3);
  Reader reader(url);
  EXPECT_FALSE(reader.Read(set).exists);
  ASSERT_TRUE(Migrate(set, url).ok());
  const History same = reader.Read(set);
  EXPECT_TRUE(same.exists);
  EXPECT_TRUE(same.as_expected);
  EXPECT_TRUE(same.rows.empty());

  const auto versions = [&](const MigrationSet& other) {
    const History history = reader.Read(other);
    EXPECT_FALSE(history.as_expected);
    std::string text;
    for (const HistoryRow& row : history.rows) text += std::to_string(row.version);
    return text;
  };
  EXPECT_EQ(versions(Numbered(2)), "123");              // more applied than known
  EXPECT_EQ(versions(Numbered(4)), "123");              // one is pending
  EXPECT_EQ(versions(Numbered(3, "SELECT 2")), "123");  // one was edited
  Execute(url, "UPDATE strata_history SET state = 'failed' WHERE version = 2");
  EXPECT_EQ(versions(set), "123");
  Execute(url, "UPDATE strata_history SET state = 'applied', tool_version = '99.1'");
  EXPECT_EQ(versions(set), "123");
  Execute(url, "UPDATE strata_history SET tool_version = '0.0.1'");
  EXPECT_TRUE(reader.Read(set).as_expected);
  Execute(url,
          "INSERT INTO strata_history SELECT 4, name, checksum, down_checksum, down_script, "
          "'failed', 1, applied_at, applied_by, 1, tool_version FROM strata_history LIMIT 1");
  EXPECT_EQ(versions(set), "1234");  // one that the set does not know stands half done
  Execute(url, "DELETE FROM strata_history WHERE version = 4");
  Execute(url, "UPDATE strata_history SET version = 7 WHERE version = 3");
  EXPECT_EQ(versions(set), "127");
  Execute(url, "DELETE FROM strata_history");
  EXPECT_EQ(versions(set), "");
  EXPECT_TRUE(reader.Read(set).exists);
}

// As on servers that are only like PostgreSQL: the function is not there.
TEST(HistoryDigest, AServerWithoutTheFunctionSendsRows) {
  SKIP_WITHOUT_POSTGRES();
  const std::string url = FreshDatabase();
  const MigrationSet set = Numbered(3);
  ASSERT_TRUE(Migrate(set, url).ok());
  Execute(url, "ALTER FUNCTION pg_catalog.hashtextextended(text, bigint) RENAME TO gone");
  Reader reader(url);
  const History history = reader.Read(set);
  EXPECT_FALSE(history.as_expected);
  EXPECT_EQ(history.rows.size(), 3u);
  EXPECT_TRUE(Migrate(set, url)->changes.empty());
}

}  // namespace
}  // namespace strata
