#include <gtest/gtest.h>

#include "base/nearest.h"
#include "base/sha256.h"
#include "base/span.h"

namespace strata {
namespace {

TEST(PlaceOf, CountsCharactersNotBytes) {
  const LineColumn place = PlaceOf("a\né x", 5);
  EXPECT_EQ(place.line, 2);
  EXPECT_EQ(place.column, 3);
}

TEST(ByteOfCharacter, IsTheInverse) { EXPECT_EQ(ByteOfCharacter("éx", 1), 2u); }

TEST(Sha256, MatchesTheStandardsExamples) {  // FIPS 180-4, B.1 and B.2, and a million 'a'
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(Sha256Hex(std::string(1000000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// Whole blocks of a long text go through the processor's own instructions where it has them; a text
// that comes byte by byte goes through the portable loop.
TEST(Sha256, IsTheSameByEitherWay) {
  std::string text;
  for (int size = 0; size < 700; ++size) {
    Sha256 by_bytes;
    for (const char c : text) by_bytes.Update(std::string_view(&c, 1));
    EXPECT_EQ(by_bytes.HexDigest(), Sha256Hex(text)) << size;
    text.push_back(static_cast<char>(size * 131));
  }
}

TEST(Nearest, SuggestsOnlyALikelySlip) {
  EXPECT_EQ(Nearest("emial", {"id", "email", "name"}), "email");
  EXPECT_EQ(Nearest("statsu", {"up", "status", "stamp"}), "status");
  EXPECT_EQ(Nearest("zebra", {"email", "name"}), std::nullopt);
}

}  // namespace
}  // namespace strata
