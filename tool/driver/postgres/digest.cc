#include "driver/postgres/digest.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "migration/history_sql.h"

namespace strata::postgres {
namespace {

std::uint32_t Rotate(std::uint32_t x, int by) { return (x << by) | (x >> (32 - by)); }

struct State {
  std::uint32_t a, b, c;

  void Mix() {
    Step(a, c, b, 4);
    Step(b, a, c, 6);
    Step(c, b, a, 8);
    Step(a, c, b, 16);
    Step(b, a, c, 19);
    Step(c, b, a, 4);
  }

  void Finish() {
    Last(c, b, 14);
    Last(a, c, 11);
    Last(b, a, 25);
    Last(c, b, 16);
    Last(a, c, 4);
    Last(b, a, 14);
    Last(c, b, 24);
  }

 private:
  static void Step(std::uint32_t& x, std::uint32_t& y, std::uint32_t z, int by) {
    x = (x - y) ^ Rotate(y, by);
    y += z;
  }
  static void Last(std::uint32_t& x, std::uint32_t y, int by) { x = (x ^ y) - Rotate(y, by); }
};

// Up to four bytes, little-endian; `shift` leaves room below them.
std::uint32_t Word(std::string_view bytes, int shift) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < bytes.size() && i < 4; ++i) {
    const int at = static_cast<int>(i) * 8 + shift;
    if (at < 32) word |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << at;
  }
  return word;
}

// Four bytes, little-endian.
std::uint32_t Four(const char* bytes) {
  std::uint32_t word = 0;
  std::memcpy(&word, bytes, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap32(word);
#endif
  return word;
}

std::string_view From(std::string_view text, std::size_t at) {
  return text.substr(std::min(at, text.size()));
}

// A sum of 64-bit values, as the server's sum(bigint) prints it.
std::string Decimal(__int128 sum) {
  const bool negative = sum < 0;
  auto rest = static_cast<unsigned __int128>(negative ? -sum : sum);
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  } while (rest != 0);
  if (negative) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

// `state` and version of the rows that count: of this major version of Strata or an older one, as
// CheckToolVersions wants it.
std::string Sound() {
  std::string versions;
  for (int major = std::atoi(STRATA_VERSION); major >= 0; --major) {
    absl::StrAppend(&versions, versions.empty() ? "" : " OR ", "tool_version LIKE '", major, ".%'");
  }
  return absl::StrCat("state = 'applied' AND (", versions, ")");
}

}  // namespace

std::int64_t HashTextExtended(std::string_view text, std::uint64_t seed) {
  const std::uint32_t start = 0x9e3779b9U + static_cast<std::uint32_t>(text.size()) + 3923095U;
  State state = {start, start, start};
  if (seed != 0) {
    state.a += static_cast<std::uint32_t>(seed >> 32);
    state.b += static_cast<std::uint32_t>(seed);
    state.Mix();
  }
  while (text.size() >= 12) {
    state.a += Four(text.data());
    state.b += Four(text.data() + 4);
    state.c += Four(text.data() + 8);
    state.Mix();
    text.remove_prefix(12);
  }
  state.a += Word(text, 0);
  state.b += Word(From(text, 4), 0);
  state.c += Word(From(text, 8), 8);  // its lowest byte stands for the length
  state.Finish();
  return static_cast<std::int64_t>((static_cast<std::uint64_t>(state.b) << 32) | state.c);
}

std::string SetDigest(const MigrationSet& set) {
  __int128 sum = 0;
  for (const Migration& migration : set.migrations) {
    sum += HashTextExtended(migration.up.checksum, migration.version);
  }
  return Decimal(sum);
}

// No WHERE: a new session would first have to look up what is known of the columns' values. And the
// sum is compared on this side, which makes its own while the server is at work.
std::string SelectDigest(const TableName& table) {
  return absl::StrCat("SELECT pg_catalog.sum(CASE WHEN ", Sound(),
                      " THEN pg_catalog.hashtextextended(checksum, version) ELSE 1 END) FROM ",
                      Qualified(table));
}

}  // namespace strata::postgres
