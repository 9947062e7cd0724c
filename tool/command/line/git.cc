#include "command/line/git.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>
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

// Whether git would find a repository: starting it to be told that there is none takes longer than
// checking many a set.
bool MayBeInRepository(const std::string& folder) {
  if (std::getenv("GIT_DIR") != nullptr) return true;
  std::error_code error;
  auto at = std::filesystem::absolute(folder.empty() ? "." : folder, error);
  if (error) return true;
  for (;; at = at.parent_path()) {
    if (std::filesystem::exists(at / ".git", error)) return true;
    if (at == at.parent_path()) return false;
  }
}

// The commit of the first of the branches that people share.
std::optional<std::string> SharedBranch(const std::string& folder) {
  const std::vector<std::string> branches = {"refs/remotes/origin/HEAD", "refs/remotes/origin/main",
                                             "refs/remotes/origin/master", "refs/heads/main",
                                             "refs/heads/master"};
  std::vector<std::string> words = {"for-each-ref", "--format=%(refname) %(objectname)"};
  words.insert(words.end(), branches.begin(), branches.end());
  const std::string found = "\n" + Git(folder, words).value_or("") + "\n";
  for (const std::string& branch : branches) {
    const std::size_t line = found.find("\n" + branch + " ");
    if (line == std::string::npos) continue;
    const std::size_t begin = line + branch.size() + 2;
    return found.substr(begin, found.find('\n', begin) - begin);
  }
  return std::nullopt;
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
  if (!MayBeInRepository(folder)) return std::nullopt;
  const auto head = Git(folder, {"rev-parse", "--verify", "--quiet", "HEAD"});
  if (!head) return std::nullopt;
  const auto shared = SharedBranch(folder);
  if (!shared || *shared == *head) return std::nullopt;
  const auto base = Git(folder, {"merge-base", *shared, "HEAD"});
  if (!base || *base == *head) return std::nullopt;
  return base;
}

}  // namespace strata
