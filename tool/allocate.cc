// The tool's `new` and `delete`: a check makes and drops small objects by the million, and most of
// malloc's work is to merge free blocks and to split them again. Here a freed block of up to 512
// bytes is kept for the next object of its size; it goes back to the system with the process. Only
// the tool is linked with this, never a program that uses the libraries.
#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>

namespace {

constexpr std::size_t kStep = 16, kLargest = 512;

struct Block {
  Block* next;
};

// By size in steps. Every block is one of malloc's, so that free() takes it too.
thread_local Block* kept[kLargest / kStep + 1];

Block*& KeptOf(std::size_t size) { return kept[(size + kStep - 1) / kStep]; }

}  // namespace

void* operator new(std::size_t size) {
  if (size <= kLargest) {
    if (Block*& first = KeptOf(size); first != nullptr) return std::exchange(first, first->next);
    size = size == 0 ? kStep : (size + kStep - 1) / kStep * kStep;
  }
  if (void* block = std::malloc(size)) return block;
  throw std::bad_alloc();
}

void operator delete(void* block, std::size_t size) noexcept {
  if (block == nullptr) return;
  if (size > kLargest) return std::free(block);
  Block*& first = KeptOf(size);
  first = new (block) Block{first};
}

void operator delete(void* block) noexcept { std::free(block); }
