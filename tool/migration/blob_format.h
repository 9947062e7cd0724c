// The numbers of blob.h's format, shared by its writer and its reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace strata::blob {

inline constexpr std::string_view kMagic("strata\x1a\n", 8);
inline constexpr std::size_t kHeaderSize = 64;
inline constexpr std::size_t kMigrationSize = 48;
inline constexpr std::size_t kScriptSize = 44;
inline constexpr std::size_t kStatementSize = 20;
inline constexpr std::uint32_t kNoScript = 0xffffffff;

enum ScriptFlag : std::uint32_t {
  kTransactional = 1,
  kHasLockTimeout = 2,
  kHasStatementTimeout = 4,
  kByteOrderMark = 8,
};

}  // namespace strata::blob
