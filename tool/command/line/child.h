// A process of this same program, with what it prints caught.
#pragma once

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

#include "base/status.h"

namespace strata {

struct Child {
  pid_t pid = -1;
  int out = -1;  // the reading end of its standard output; -1: at its end
  int err = -1;
  std::string out_text;
  std::string err_text;
  int exit = 0;  // after it ended; 128 + the signal's number where one killed it

  bool open() const { return out >= 0 || err >= 0; }
};

// Starts this program with `arguments` and, beside the environment, `variables`.
// Errors: kUnavailable.
absl::StatusOr<Child> StartChild(const std::vector<std::string>& arguments,
                                 const std::vector<std::pair<std::string, std::string>>& variables);

// Waits until one of `children` has something to read, and takes it. A child whose output has come
// to its end is waited for: then !open(), and its exit is set.
void ReadChildren(std::vector<Child*>& children);

}  // namespace strata
