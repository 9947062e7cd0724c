// An arena of texts: what is kept stays where it is until the arena goes.
#pragma once

#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace strata {

class Texts {
 public:
  // Returns a copy of `text` that lives as long as the arena.
  std::string_view Keep(std::string_view text) {
    if (text.empty()) return {};
    char* bytes = Take(text.size());
    std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
  }

 private:
  static constexpr std::size_t kBlock = std::size_t{64} * 1024;

  char* Take(std::size_t size) {
    if (size > kBlock / 4) {  // a block of its own; the one at work goes on
      blocks_.push_back(std::unique_ptr<char[]>(new char[size]));
      return blocks_.back().get();
    }
    if (size > left_) {
      blocks_.push_back(std::unique_ptr<char[]>(new char[kBlock]));
      next_ = blocks_.back().get();
      left_ = kBlock;
    }
    char* bytes = next_;
    next_ += size;
    left_ -= size;
    return bytes;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace strata
