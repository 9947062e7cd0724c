#include "command/line/test_results.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/files.h"

namespace strata {
namespace {

absl::StatusOr<TestResult> ReadOne(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  const std::size_t end = std::min(text.find('\n'), text.size());
  return TestResult{text.substr(0, end), text.substr(std::min(end + 1, text.size()))};
}

bool IsResult(const std::string& name) {
  return name == "summary" || name == "skipped" ||
         name.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

absl::StatusOr<TestResults> TestResults::Open(const std::string& folder) {
  if (mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST)
    return absl::UnavailableError("cannot make " + folder + ": " + std::strerror(errno));
  ASSIGN_OR_RETURN(const std::vector<std::string> files, ListFiles(folder));
  for (const std::string& name : files) {
    if (!IsResult(name)) continue;
    if (std::remove(JoinPath(folder, name).c_str()) != 0)
      return absl::UnavailableError("cannot remove " + name + ": " + std::strerror(errno));
  }
  return TestResults(folder);
}

absl::Status TestResults::Write(const std::string& name, const std::string& word,
                                const std::string& text) {
  return WriteFile(JoinPath(folder_, name), word + "\n" + text);
}

absl::StatusOr<TestResult> ReadTestResult(const std::string& folder,
                                          std::optional<std::uint64_t> version) {
  absl::StatusOr<TestResult> skipped = ReadOne(JoinPath(folder, "skipped"));
  if (skipped.ok()) return skipped;
  const std::string name = version ? std::to_string(*version) : "summary";
  absl::StatusOr<TestResult> result = ReadOne(JoinPath(folder, name));
  if (!absl::IsNotFound(result.status())) return result;
  return absl::NotFoundError("no result of " + (version ? "version " + name : "the whole run") +
                             " in " + folder + ": `strata test --results` did not come to its end");
}

}  // namespace strata
