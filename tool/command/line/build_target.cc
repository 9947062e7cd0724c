#include "command/line/build_target.h"

#include <cstdlib>

namespace strata {
namespace {

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

absl::Status AddNameOfTarget(std::vector<std::string>* words) {
  const std::string target = Environment("STRATA_TARGET");
  if (!EndsWith(target, "db_new") && !EndsWith(target, "db_diff")) return absl::OkStatus();
  const std::string name = Environment("NAME");
  if (name.empty()) {
    return absl::InvalidArgumentError(
        "the environment variable NAME names the new migration: NAME=add_users cmake --build build "
        "--target " +
        target);
  }
  words->push_back(name);
  return absl::OkStatus();
}

}  // namespace strata
