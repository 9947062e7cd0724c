#include "embed/embed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/sha256.h"

namespace strata::embed {
namespace {

MigrationSet TwoMigrations() {
  MigrationSet set;
  set.name = "shop";
  set.migrations.resize(2);
  set.migrations[0].version = 1;
  set.migrations[0].name = "create_users";
  set.migrations[0].up.checksum = "aa";
  set.migrations[0].down.emplace();
  set.migrations[1].version = 20261122103000;
  set.migrations[1].name = "drop";
  set.migrations[1].up.checksum = "bb";
  set.migrations[1].irreversible = "gone";
  return set;
}

TEST(Header, ListsTheMigrations) {
  const std::string header = Header(TwoMigrations(), {"shop_schema", "acme::shop", "", true});
  EXPECT_THAT(header, testing::HasSubstr("namespace acme::shop {\n"));
  EXPECT_THAT(header, testing::HasSubstr("kLatestVersion = 20261122103000u;\n"));
  EXPECT_THAT(header, testing::HasSubstr("kMigrationCount = 2;\n"));
  EXPECT_THAT(header, testing::HasSubstr("    {1u, \"create_users\", \"aa\", true},\n"
                                         "    {20261122103000u, \"drop\", \"bb\", false},\n};\n"));
}

TEST(Source, QuotesThePathForTheAssembler) {
  const std::string source = Source("blob", {"t", "t", R"(/a "b\c.blob)", true});
  EXPECT_THAT(source,
              testing::HasSubstr(R"(".incbin \"/a \\\"b\\\\c.blob\" /* )" + Sha256Hex("blob")));
}

TEST(Source, ChangesWithTheBlob) {
  const Options options{"t", "t", "/blob", true};
  EXPECT_EQ(Source("a", options), Source("a", options));
  EXPECT_NE(Source("a", options), Source("b", options));
}

TEST(Source, WritesEveryByteAsALiteral) {
  const std::string_view bytes("a\"\\?\n\x00\x01\x31\xff", 9);
  EXPECT_THAT(Source(bytes, {"t", "t", "", false}),
              testing::HasSubstr(R"(    {"a\"\\\?\n\000\0011\377", 9},)"));
}

TEST(TestList, NamesATestAfterEachUpFile) {
  MigrationSet set = TwoMigrations();
  set.migrations.pop_back();
  set.migrations[0].up.file = "0001_create_users.up.sql";
  EXPECT_EQ(TestList(set, "shop", {"/a b/strata", "check"}),
            "add_test(shop.0001_create_users \"/a b/strata\" \"check\" --only 1)\n"
            "set_tests_properties(shop.0001_create_users PROPERTIES LABELS \"strata;offline\")\n");
}

TEST(Depfile, QuotesAsMakeReads) {
  EXPECT_EQ(Depfile("out", {"/a b", "/c#$"}), "out: \\\n /a\\ b \\\n /c\\#$$\n");
}

}  // namespace
}  // namespace strata::embed
