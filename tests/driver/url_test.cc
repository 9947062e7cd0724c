#include "driver/url.h"

#include <gtest/gtest.h>

namespace strata {
namespace {

TEST(Url, KnowsItsForms) {
  struct Row {
    std::string url;
    Dialect dialect;
    std::string place;
  };
  const Row rows[] = {
      {"postgresql://u@h/d", Dialect::kPostgres, "postgresql://u@h/d"},
      {"postgres://h/d", Dialect::kPostgres, "postgres://h/d"},
      {"host=h dbname=d", Dialect::kPostgres, "host=h dbname=d"},
      {"sqlite:shop.db", Dialect::kSqlite, "shop.db"},
      {"sqlite:///var/shop.db", Dialect::kSqlite, "/var/shop.db"},
      {"sqlite:/var/shop.db", Dialect::kSqlite, "/var/shop.db"},
      {"sqlite::memory:", Dialect::kSqlite, ":memory:"},
  };
  for (const Row& row : rows) {
    const absl::StatusOr<Url> url = ParseUrl(row.url);
    ASSERT_TRUE(url.ok()) << row.url;
    EXPECT_EQ(url->dialect, row.dialect) << row.url;
    EXPECT_EQ(url->place, row.place) << row.url;
  }
}

TEST(Url, SaysWhatIsWrong) {
  EXPECT_EQ(ParseUrl("mysql://root:secret@h/d").status().message(),
            "the database URL has the unknown scheme \"mysql\": write "
            "postgresql://user@host/database, sqlite:relative.db, sqlite:///absolute.db, "
            "sqlite::memory:, or libpq's key=value form");
  EXPECT_EQ(ParseUrl("sqlite:").status().message(),
            "the URL names no file: write sqlite:relative.db, sqlite:///absolute.db or "
            "sqlite::memory:");
  EXPECT_EQ(ParseUrl("").status().message(), "no database URL is given");
  EXPECT_FALSE(ParseUrl("shop.db").ok());
}

TEST(Redact, TakesThePasswordOut) {
  const struct {
    std::string url;
    std::string shown;
  } rows[] = {
      {"postgresql://u:secret@h:5432/d", "postgresql://u:***@h:5432/d"},
      {"postgresql://u:se@cr:et@h/d", "postgresql://u:***@h/d"},
      {"postgresql://u:se/cret@h/d", "postgresql://u:***@h/d"},
      {"postgresql://u:secret/d", "postgresql://u:***/d"},
      {"postgresql://u:secret", "postgresql://u:***"},
      {"postgresql://u:12345678/d", "postgresql://u:***/d"},
      {"postgresql://h:5432/d", "postgresql://h:5432/d"},
      {"postgresql://h1:5432,h2:5433/d", "postgresql://h1:5432,h2:5433/d"},
      {"postgresql://[::1]:5432/d", "postgresql://[::1]:5432/d"},
      {"postgresql://u@h/d?password=secret&sslmode=require",
       "postgresql://u@h/d?password=***&sslmode=require"},
      {"postgres://u@h/d?sslpassword=s", "postgres://u@h/d?sslpassword=***"},
      {"host=h password=secret dbname=d", "host=h password=*** dbname=d"},
      {"host=h password = 'se cr\\'et' dbname=d", "host=h password = *** dbname=d"},
      {"PASSWORD=x", "PASSWORD=***"},
      {"mysql://root:secret@h/d", "mysql://root:***@h/d"},
      {"sqlite:shop.db", "sqlite:shop.db"},
      {"postgresql:///d?host=/tmp/x", "postgresql:///d?host=/tmp/x"},
  };
  for (const auto& row : rows) EXPECT_EQ(Redact(row.url), row.shown);
}

TEST(Redact, TakesItOutOfALibrarysWords) {
  EXPECT_EQ(RedactIn("invalid integer value \"secret\" for connection option \"port\"",
                     "postgresql://u:secret/d"),
            "invalid integer value \"***\" for connection option \"port\"");
  EXPECT_EQ(RedactIn("bad URI: postgresql://u:secret@h", "postgresql://u:secret@h"),
            "bad URI: postgresql://u:***@h");
  EXPECT_EQ(RedactIn("value \"p@ss\"", "postgresql://u:p%40ss@h"), "value \"***\"");
}

}  // namespace
}  // namespace strata
