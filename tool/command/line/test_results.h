// What one run of `strata test` found, in a folder: a file for each migration, so that a build can
// report each as a test of its own without running the whole again.
//
// <folder>/<version> and <folder>/summary: the first line is a word, the rest is what to print.
// <folder>/skipped: there was no server, and why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/status.h"

namespace strata {

class TestResults {
 public:
  // Empties the folder of what an earlier run left in it; makes it where it is not there.
  static absl::StatusOr<TestResults> Open(const std::string& folder);

  absl::Status Write(const std::string& name, const std::string& word, const std::string& text);

 private:
  explicit TestResults(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_;
};

struct TestResult {
  std::string word;  // "ok", "irreversible", "differs", …; "not-tried", "skipped"
  std::string text;
};

// Of one migration, or of the whole run. Errors: kNotFound where the run left none.
absl::StatusOr<TestResult> ReadTestResult(const std::string& folder,
                                          std::optional<std::uint64_t> version);

}  // namespace strata
