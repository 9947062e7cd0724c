#include "command/line/child.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

extern char** environ;

namespace strata {
namespace {

std::vector<std::string> Environment(
    const std::vector<std::pair<std::string, std::string>>& variables) {
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    bool replaced = false;
    for (const auto& [name, value] : variables) replaced |= text.rfind(name + "=", 0) == 0;
    if (!replaced) environment.push_back(text);
  }
  for (const auto& [name, value] : variables) environment.push_back(name + "=" + value);
  return environment;
}

std::vector<char*> Pointers(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& text : strings) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Takes what is there; at the end the descriptor is closed and becomes -1.
void Take(int& descriptor, std::string& text) {
  char buffer[4096];
  const ssize_t size = read(descriptor, buffer, sizeof buffer);
  if (size > 0) {
    text.append(buffer, static_cast<std::size_t>(size));
  } else if (size == 0 || errno != EINTR) {
    close(descriptor);
    descriptor = -1;
  }
}

void Reap(Child& child) {
  int status = 0;
  while (waitpid(child.pid, &status, 0) < 0 && errno == EINTR) {
  }
  child.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

absl::StatusOr<Child> StartChild(
    const std::vector<std::string>& arguments,
    const std::vector<std::pair<std::string, std::string>>& variables) {
  int out[2];
  int err[2];
  if (pipe2(out, O_CLOEXEC) != 0) return absl::UnavailableError(std::strerror(errno));
  if (pipe2(err, O_CLOEXEC) != 0) {
    close(out[0]);
    close(out[1]);
    return absl::UnavailableError(std::strerror(errno));
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
  std::vector<std::string> words = {"strata"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment = Environment(variables);
  Child child;
  const int fault = posix_spawn(&child.pid, "/proc/self/exe", &actions, nullptr,
                                Pointers(words).data(), Pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  close(out[1]);
  close(err[1]);
  child.out = out[0];
  child.err = err[0];
  if (fault == 0) return child;
  close(out[0]);
  close(err[0]);
  return absl::UnavailableError(std::string("cannot start a process: ") + std::strerror(fault));
}

void ReadChildren(std::vector<Child*>& children) {
  std::vector<pollfd> waits;
  std::vector<std::pair<int*, std::string*>> targets;
  for (Child* child : children) {
    for (auto [descriptor, text] :
         {std::pair(&child->out, &child->out_text), std::pair(&child->err, &child->err_text)}) {
      if (*descriptor < 0) continue;
      waits.push_back({*descriptor, POLLIN, 0});
      targets.emplace_back(descriptor, text);
    }
  }
  if (poll(waits.data(), waits.size(), -1) < 0) return;
  for (std::size_t i = 0; i < waits.size(); ++i) {
    if (waits[i].revents != 0) Take(*targets[i].first, *targets[i].second);
  }
  for (Child* child : children) {
    if (!child->open()) Reap(*child);
  }
}

}  // namespace strata
