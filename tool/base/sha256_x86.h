// SHA-256's inner loop in the instructions that x86 processors have for it (Intel's SHA
// extensions): about ten times as fast as the portable loop.
#pragma once

#include <cstddef>
#include <cstdint>

namespace strata {

// Folds `count` blocks of 64 bytes into `state`. Returns false, with nothing done, where this
// processor does not have the instructions. `round` are the 64 constants of FIPS 180-4, 4.2.2.
bool Sha256BlocksX86(std::uint32_t* state, const unsigned char* blocks, std::size_t count,
                     const std::uint32_t* round);

}  // namespace strata
