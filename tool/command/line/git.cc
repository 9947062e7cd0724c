#include "command/line/git.h"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace strata {
namespace {

std::string Quoted(const std::string& word) {
  std::string quoted = "'";
  for (char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// Runs git in `folder`; nullopt where it fails.
std::optional<std::string> Git(const std::string& folder, const std::vector<std::string>& words) {
  std::string command = "git -C " + Quoted(folder.empty() ? "." : folder);
  for (const std::string& word : words) command += " " + Quoted(word);
  std::FILE* pipe = popen((command + " 2>/dev/null").c_str(), "re");
  if (pipe == nullptr) return std::nullopt;
  std::string output;
  char buffer[4096];
  while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, pipe))
    output.append(buffer, got);
  if (pclose(pipe) != 0) return std::nullopt;
  while (!output.empty() && output.back() == '\n') output.pop_back();
  return output;
}

}  // namespace

absl::StatusOr<std::set<std::string>> FilesAtRevision(const std::string& folder,
                                                      const std::string& revision) {
  const auto commit =
      Git(folder, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"});
  if (!commit)
    return absl::InvalidArgumentError("\"" + revision +
                                      "\" is neither a version nor a revision that git knows");
  const auto names = Git(folder, {"ls-tree", "--name-only", *commit, "./"});
  std::set<std::string> files;
  std::string name;
  for (char c : names.value_or("") + "\n") {
    if (c == '\n') {
      files.insert(name.substr(name.rfind('/') + 1));
      name.clear();
    } else {
      name += c;
    }
  }
  return files;
}

std::optional<std::set<std::string>> UncommittedFiles(const std::string& folder) {
  const auto lines = Git(folder, {"-c", "core.quotePath=false", "status", "--porcelain",
                                  "--ignored", "--untracked-files=all", "--no-renames", "--", "."});
  if (!lines) return std::nullopt;
  std::set<std::string> files;
  for (std::size_t at = 0; at < lines->size();) {
    const std::size_t end = std::min(lines->find('\n', at), lines->size());
    const std::string path = lines->substr(at, end - at);
    if (path.size() > 3) files.insert(path.substr(std::max(path.rfind('/') + 1, std::size_t{3})));
    at = end + 1;
  }
  return files;
}

std::optional<std::string> BranchPoint(const std::string& folder) {
  const auto head = Git(folder, {"rev-parse", "--verify", "--quiet", "HEAD"});
  if (!head) return std::nullopt;
  for (const char* shared : {"origin/HEAD", "origin/main", "origin/master", "main", "master"}) {
    if (!Git(folder, {"rev-parse", "--verify", "--quiet", shared})) continue;
    const auto base = Git(folder, {"merge-base", shared, "HEAD"});
    if (!base || *base == *head) return std::nullopt;
    return base;
  }
  return std::nullopt;
}

}  // namespace strata
