#include "base/sha256_x86.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))

#include <cpuid.h>
#include <immintrin.h>

namespace strata {
namespace {

bool HasInstructions() {
  unsigned a, b, c, d;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0) return false;
  if ((c & bit_SSSE3) == 0 || (c & bit_SSE4_1) == 0) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & (1u << 29)) != 0;
}

// The instructions keep the state as ABEF and CDGH.
__attribute__((target("sha,sse4.1,ssse3"))) void Fold(std::uint32_t* state,
                                                      const unsigned char* blocks,
                                                      std::size_t count,
                                                      const std::uint32_t* round) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  auto* memory = reinterpret_cast<__m128i*>(state);
  const __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128(memory), 0xb1);
  const __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(memory + 1), 0x1b);
  __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
  for (; count > 0; --count, blocks += 64) {
    const __m128i abef_before = abef;
    const __m128i cdgh_before = cdgh;
    __m128i w[4];  // the last sixteen words of the schedule, four a vector
    for (int i = 0; i < 16; ++i) {
      __m128i& next = w[i % 4];
      const __m128i& w1 = w[(i + 3) % 4];
      const __m128i& w2 = w[(i + 2) % 4];
      const __m128i& w3 = w[(i + 1) % 4];
      if (i < 4) {
        next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(blocks) + i);
        next = _mm_shuffle_epi8(next, big_endian);
      } else {
        next = _mm_add_epi32(_mm_sha256msg1_epu32(next, w3), _mm_alignr_epi8(w1, w2, 4));
        next = _mm_sha256msg2_epu32(next, w1);
      }
      const __m128i k = _mm_loadu_si128(reinterpret_cast<const __m128i*>(round) + i);
      const __m128i sum = _mm_add_epi32(next, k);
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  const __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
  const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128(memory, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128(memory + 1, _mm_alignr_epi8(dchg, feba, 8));
}

}  // namespace

bool Sha256BlocksX86(std::uint32_t* state, const unsigned char* blocks, std::size_t count,
                     const std::uint32_t* round) {
  static const bool has_instructions = HasInstructions();
  if (has_instructions) Fold(state, blocks, count, round);
  return has_instructions;
}

}  // namespace strata

#else

namespace strata {

bool Sha256BlocksX86(std::uint32_t*, const unsigned char*, std::size_t, const std::uint32_t*) {
  return false;
}

}  // namespace strata

#endif
