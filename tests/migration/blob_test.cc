#include "migration/blob.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "support/same_set.h"

namespace strata {
namespace {

Script MakeScript(std::string_view file, std::string_view text) {
  Script script;
  script.file = file;
  script.text = text;
  script.checksum = "c0ffee";
  return script;
}

// A set that uses every field.
MigrationSet Full() {
  MigrationSet set;
  set.name = "shop";
  set.dialect = Dialect::kSqlite;
  Migration first;
  first.version = 20261122103000;
  first.name = "create_users";
  first.up = MakeScript("1.up.sql", "COPY t FROM stdin;\r\n1\n\\.\n");
  first.up.statements = {{0, 17, Statement::kCopyFromStdin, 20, 22}};
  first.up.byte_order_mark = true;
  first.up.transactional = false;
  first.up.lock_timeout_ms = 2000;
  first.up.statement_timeout_ms = 0;
  first.down = MakeScript("1.down.sql", "");
  first.verify = MakeScript("1.verify.sql", "SELECT true");
  first.verify->statements = {{0, 11, 0, 0, 0}};
  first.sqlite_up = MakeScript("1.sqlite.up.sql", std::string_view("a\0b\xff", 4));
  first.sqlite_down = MakeScript("1.sqlite.down.sql", "d");
  first.sqlite_verify = MakeScript("1.sqlite.verify.sql", "v");
  Migration second;
  second.version = ~std::uint64_t{0};
  second.name = "drop";
  second.up = MakeScript("2.up.sql", "DROP TABLE t");
  second.irreversible = "gone";
  set.migrations = {first, second};
  return set;
}

TEST(Blob, HoldsEveryFieldOfASet) {
  const MigrationSet written = Full();
  const std::string blob = WriteBlob(written).value();
  const MigrationSet read = ReadBlob(blob).value();
  testing::ExpectSame(read, written);
}

TEST(Blob, CopiesNoText) {
  const std::string blob = WriteBlob(Full()).value();
  const MigrationSet set = ReadBlob(blob).value();
  const std::string_view text = set.migrations[0].up.text;
  EXPECT_TRUE(text.data() >= blob.data() && text.data() + text.size() <= blob.data() + blob.size());
}

TEST(Blob, IsReadAtAnyAddress) {
  const MigrationSet written = Full();
  const std::string blob = WriteBlob(written).value();
  for (const std::size_t shift : {1, 2, 3}) {
    std::vector<char> shifted(blob.size() + shift);
    std::copy(blob.begin(), blob.end(), shifted.begin() + static_cast<std::ptrdiff_t>(shift));
    testing::ExpectSame(ReadBlob({shifted.data() + shift, blob.size()}).value(), written);
  }
}

TEST(Blob, GivesAllThreadsOneScript) {
  const std::string blob = WriteBlob(Full()).value();
  const MigrationSet set = ReadBlob(blob).value();
  std::vector<const Script*> seen(8);
  std::vector<std::thread> threads;
  for (const Script*& script : seen) {
    threads.emplace_back([&] { script = &*set.migrations[0].verify; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(seen, ::testing::Each(&*set.migrations[0].verify));
}

TEST(Blob, ScriptsAreCopiedAndMovedBeforeAndAfterTheyAreRead) {
  const std::string blob = WriteBlob(Full()).value();
  const MigrationSet set = ReadBlob(blob).value();
  const OptionalScript& verify = set.migrations[0].verify;
  OptionalScript early = verify;
  EXPECT_EQ(verify->text, "SELECT true");
  OptionalScript late = verify;
  late->text = "SELECT false";
  EXPECT_EQ(early->text, "SELECT true");
  early = std::move(late);
  EXPECT_EQ(early->text, "SELECT false");
  EXPECT_EQ(early->statements.size(), 1u);
  EXPECT_EQ(verify->text, "SELECT true");
  early.reset();
  EXPECT_FALSE(early);
}

TEST(Blob, RefusesAnotherFormatByNumber) {
  std::string blob = WriteBlob(Full()).value();
  blob[8] = 2;
  EXPECT_EQ(ReadBlob(blob).status().message(),
            "the embedded migration set is of format 2; this library reads format 1");
}

TEST(Blob, NamesWhatIsDamaged) {
  const std::string blob = WriteBlob(Full()).value();
  EXPECT_EQ(ReadBlob("").status().message(),
            "the embedded migration set is damaged: it is too short");
  EXPECT_EQ(ReadBlob(std::string(64, 'x')).status().message(),
            "the embedded migration set is damaged: it has no header");
  EXPECT_EQ(ReadBlob(blob.substr(0, blob.size() - 1)).status().message(),
            "the embedded migration set is damaged: its size is not the recorded one");
}

// Sets each byte of the index to each of a few values: reading must end, and never outside the blob
// (which the sanitizers watch, since the copy below is exactly as long as the blob).
TEST(Blob, SurvivesAnyDamage) {
  const std::string blob = WriteBlob(Full()).value();
  for (std::size_t at = 0; at < blob.size(); ++at) {
    for (const char value : {'\0', '\1', '\x7f', '\xff'}) {
      std::vector<char> damaged(blob.begin(), blob.end());
      damaged[at] = value;
      const auto set = ReadBlob(std::string_view(damaged.data(), damaged.size()));
      if (set.ok()) continue;
      EXPECT_THAT(std::string(set.status().message()), ::testing::HasSubstr("migration set is"));
    }
  }
}

}  // namespace
}  // namespace strata
