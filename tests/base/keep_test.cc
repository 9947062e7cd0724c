#include "base/keep.h"

#include <gtest/gtest.h>

#include <utility>

namespace strata {
namespace {

TEST(Keep, AValueOutlivesItsLastOwner) {
  auto value = std::make_shared<int>(7);
  const std::weak_ptr<int> seen = value;
  KeepToTheEnd(std::move(value));
  EXPECT_EQ(*seen.lock(), 7);
}

}  // namespace
}  // namespace strata
