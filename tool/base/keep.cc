#include "base/keep.h"

#include <mutex>
#include <utility>
#include <vector>

namespace strata {

void KeepToTheEnd(std::shared_ptr<const void> value) {
  static std::mutex& mutex = *new std::mutex;
  static auto& kept = *new std::vector<std::shared_ptr<const void>>;
  const std::lock_guard<std::mutex> lock(mutex);
  kept.push_back(std::move(value));
}

}  // namespace strata
