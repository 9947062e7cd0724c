// SHA-256 (FIPS 180-4). Own code, since the runtime library needs abseil and the driver only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace strata {

class Sha256 {
 public:
  Sha256();
  void Update(std::string_view bytes);
  // Returns the digest as 64 lower-case hex digits. REQUIRES: called once, last.
  std::string HexDigest();

 private:
  void Block(const unsigned char* block);
  void Blocks(const unsigned char* blocks, std::size_t count);

  std::array<std::uint32_t, 8> state_;
  std::array<unsigned char, 64> pending_;
  std::size_t pending_size_ = 0;
  std::uint64_t total_ = 0;  // bytes
};

std::string Sha256Hex(std::string_view bytes);

}  // namespace strata
