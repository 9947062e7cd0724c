#include "heap.h"

#include <cstdint>
#include <cstdlib>

#if defined(__GLIBC__)
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace strata {

#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)
namespace {

constexpr std::uintptr_t kLargePage = 2 << 20;
// Addresses, not memory: what a set of a hundred thousand files comes to.
constexpr int kHeap = 512 << 20;
// What a small command uses, which is cheaper in small pages.
constexpr std::uintptr_t kSmall = 2 * kLargePage;

std::uintptr_t End() { return reinterpret_cast<std::uintptr_t>(sbrk(0)); }

}  // namespace

void UseLargePages() {
  const std::uintptr_t before = End();
  mallopt(M_TRIM_THRESHOLD, 2 * kHeap - 1);  // nothing is given back piecemeal
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TOP_PAD, kHeap);
  void* const volatile block = std::malloc(1 << 20);  // the heap grows by it, and by the padding
  std::free(block);
  mallopt(M_TOP_PAD, 16 << 20);
  const std::uintptr_t begin = (before + kSmall) / kLargePage * kLargePage, end = End();
  if (begin >= end) return;  // the system did not grant it
  // Advice: the system may be without large pages.
  static_cast<void>(madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE));
}
#else
void UseLargePages() {}
#endif

}  // namespace strata
