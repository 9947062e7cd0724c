#include <algorithm>
#include <array>
#include <string_view>

#include "command/line/strata_main.h"
#include "heap.h"

namespace {

// They hold the schema in memory as each migration leaves it. A run keeps little, and gives it
// back.
constexpr std::array<std::string_view, 7> kModelTheSchema = {"check", "diff",   "dump",  "embed",
                                                             "lint",  "report", "squash"};

bool ModelsTheSchema(std::string_view word) {
  return std::find(kModelTheSchema.begin(), kModelTheSchema.end(), word) != kModelTheSchema.end();
}

}  // namespace

int main(int argc, char** argv) {
  if (std::any_of(argv, argv + argc, ModelsTheSchema)) strata::UseLargePages();
  return strata::StrataMain(argc, argv, nullptr);
}
