#include "migration/file_name.h"

#include <gtest/gtest.h>

namespace strata {
namespace {

TEST(FileName, ReadsEveryPart) {
  FileNameFault fault;
  const auto name = ParseFileName("20261122103000_add-users.v2.sqlite.down.sql", &fault);
  ASSERT_TRUE(name.has_value()) << fault.message;
  EXPECT_EQ(name->version, 20261122103000u);
  EXPECT_EQ(name->digits, "20261122103000");
  EXPECT_EQ(name->name, "add-users.v2");
  EXPECT_TRUE(name->sqlite);
  EXPECT_EQ(name->part, FilePart::kDown);
}

TEST(FileName, WritesWhatItReads) {
  FileNameFault fault;
  for (const char* file :
       {"0001_a.up.sql", "1_a.b.down.sql", "7_x.verify.sql", "7_x.sqlite.up.sql"}) {
    const auto name = ParseFileName(file, &fault);
    ASSERT_TRUE(name.has_value()) << file;
    EXPECT_EQ(FormatFileName(name->digits, name->name, name->sqlite, name->part), file);
  }
}

TEST(FileName, TheLargestVersionIsThatOfBigint) {
  FileNameFault fault;
  EXPECT_TRUE(ParseFileName("9223372036854775807_a.up.sql", &fault).has_value());
  EXPECT_FALSE(ParseFileName("9223372036854775808_a.up.sql", &fault).has_value());
  EXPECT_EQ(fault.message, "version 9223372036854775808 does not fit in 64 bits");
}

TEST(FileName, KnowsAScriptInAnyCase) {
  EXPECT_TRUE(IsSqlFile("a.SQL"));
  EXPECT_FALSE(IsSqlFile("a.sql~"));
  EXPECT_FALSE(IsSqlFile("sql"));
}

}  // namespace
}  // namespace strata
