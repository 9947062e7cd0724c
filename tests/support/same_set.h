// Whether two migration sets are the same in every field.
#pragma once

#include <gtest/gtest.h>

#include <optional>

#include "strata/migration_set.h"

namespace strata::testing {

inline void ExpectSame(const Script& a, const Script& b) {
  EXPECT_EQ(a.file, b.file);
  EXPECT_EQ(a.text, b.text);
  EXPECT_EQ(a.checksum, b.checksum);
  EXPECT_EQ(a.transactional, b.transactional);
  EXPECT_EQ(a.byte_order_mark, b.byte_order_mark);
  EXPECT_EQ(a.lock_timeout_ms, b.lock_timeout_ms);
  EXPECT_EQ(a.statement_timeout_ms, b.statement_timeout_ms);
  ASSERT_EQ(a.statements.size(), b.statements.size());
  for (std::size_t i = 0; i < a.statements.size(); ++i) {
    EXPECT_EQ(a.statements[i].begin, b.statements[i].begin);
    EXPECT_EQ(a.statements[i].end, b.statements[i].end);
    EXPECT_EQ(a.statements[i].flags, b.statements[i].flags);
    EXPECT_EQ(a.statements[i].data_begin, b.statements[i].data_begin);
    EXPECT_EQ(a.statements[i].data_end, b.statements[i].data_end);
  }
}

inline void ExpectSame(const OptionalScript& a, const OptionalScript& b) {
  ASSERT_EQ(a.has_value(), b.has_value());
  if (a) ExpectSame(*a, *b);
}

inline void ExpectSame(const MigrationSet& read, const MigrationSet& written) {
  EXPECT_EQ(read.name, written.name);
  EXPECT_EQ(read.dialect, written.dialect);
  ASSERT_EQ(read.migrations.size(), written.migrations.size());
  for (std::size_t i = 0; i < read.migrations.size(); ++i) {
    const Migration& a = read.migrations[i];
    const Migration& b = written.migrations[i];
    EXPECT_EQ(a.version, b.version);
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.irreversible, b.irreversible);
    ExpectSame(a.up, b.up);
    ExpectSame(a.down, b.down);
    ExpectSame(a.verify, b.verify);
    ExpectSame(a.sqlite_up, b.sqlite_up);
    ExpectSame(a.sqlite_down, b.sqlite_down);
    ExpectSame(a.sqlite_verify, b.sqlite_verify);
  }
}

}  // namespace strata::testing
