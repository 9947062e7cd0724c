#include "verify/keeper.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "base/files.h"
#include "verify/server_programs.h"

namespace strata::verify {
namespace {

namespace fs = std::filesystem;

constexpr char kPrefix[] = "strata-pg-";
constexpr int kStartMilliseconds = 60000;

volatile sig_atomic_t told_to_end = 0;
void TellToEnd(int) { told_to_end = 1; }

// A socket's whole path has about 107 bytes; the server's user has to be able to go there.
std::string TemporaryFolder(const ServerUser& user) {
  const char* given = std::getenv("TMPDIR");
  if (user.switches || given == nullptr || *given != '/' || std::strlen(given) > 70) return "/tmp";
  return given;
}

// The file that a keeper holds locked as long as it lives.
int LockAlive(const std::string& home) {
  const int fd = open((home + "/alive").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
  if (fd >= 0) close(fd);
  return -1;
}

// Removes what keepers that were killed left behind: old folders of this user whose lock is free.
void Sweep(const std::string& parent) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(parent, error)) {
    if (entry.path().filename().string().rfind(kPrefix, 0) != 0) continue;
    const std::string home = entry.path();
    struct stat info;
    if (lstat((home + "/alive").c_str(), &info) != 0 || info.st_uid != geteuid()) continue;
    if (std::time(nullptr) - info.st_mtime < 60) continue;  // may be about to be locked
    const int lock = LockAlive(home);
    if (lock < 0) continue;
    std::error_code ignored;
    fs::remove_all(home, ignored);
    close(lock);
  }
}

absl::StatusOr<std::string> MakeHome(const ServerUser& user) {
  const std::string parent = TemporaryFolder(user);
  Sweep(parent);
  std::string home = parent + "/" + kPrefix + "XXXXXX";
  if (mkdtemp(home.data()) == nullptr ||
      (user.switches && chown(home.c_str(), user.uid, user.gid) != 0)) {
    return absl::UnavailableError("cannot make " + home + ": " + std::strerror(errno));
  }
  return home;
}

// The server writes a line that begins with "ready" into its postmaster.pid once it answers.
bool Ready(const std::string& home) {
  const absl::StatusOr<std::string> text = ReadFile(home + "/data/postmaster.pid");
  return text.ok() && text->find("\nready") != std::string::npos;
}

absl::Status WaitUntilReady(const std::string& home, pid_t server) {
  for (int waited = 0; waited < kStartMilliseconds; waited += 2) {
    if (Ready(home)) return absl::OkStatus();
    int status;
    if (waitpid(server, &status, WNOHANG) == server) {
      const absl::StatusOr<std::string> log = ReadFile(home + "/log");
      return absl::UnavailableError("postgres does not start: " + (log.ok() ? *log : ""));
    }
    poll(nullptr, 0, 2);
  }
  kill(server, SIGQUIT);
  waitpid(server, nullptr, 0);
  return absl::UnavailableError("postgres did not answer within a minute");
}

absl::StatusOr<pid_t> StartServer(const std::string& programs, const ServerUser& user,
                                  const std::string& home) {
  RETURN_IF_ERROR(MakeDataFolder(programs, user, home + "/data"));
  std::vector<std::string> arguments = {
      programs + "/postgres", "-D", home + "/data", "-k", home, "-F"};
  for (const char* setting :
       {"listen_addresses=", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off",
        "shared_buffers=16MB", "max_connections=60", "logging_collector=off"}) {
    arguments.insert(arguments.end(), {"-c", setting});
  }
  ASSIGN_OR_RETURN(const pid_t server, Spawn(user, arguments, home + "/log", true));
  RETURN_IF_ERROR(WaitUntilReady(home, server));
  return server;
}

void CloseFilesBut(int a, int b, int c) {
  const int null = open("/dev/null", O_RDWR);
  for (int fd = 0; fd < 3; ++fd) dup2(null, fd);
  for (int fd = 3; fd < 256; ++fd) {
    if (fd != a && fd != b && fd != c) close(fd);
  }
}

void Say(int pipe, const std::string& text) {
  if (write(pipe, text.data(), text.size()) < 0) return;  // nobody listens any more
}

// The keeper's whole life. Answers on `answer` with "+" or the reason why there is no server.
void Keep(const std::string& programs, const ServerUser& user, const std::string& home,
          const std::function<bool()>& wanted, int keep_open, int answer) {
  setsid();
  signal(SIGHUP, SIG_IGN);
  signal(SIGINT, SIG_IGN);
  struct sigaction action = {};
  action.sa_handler = TellToEnd;  // without SA_RESTART: a blocked `wanted` wakes up
  sigaction(SIGTERM, &action, nullptr);
  const int lock = LockAlive(home);
  CloseFilesBut(keep_open, answer, lock);
  const absl::StatusOr<pid_t> server = StartServer(programs, user, home);
  Say(answer, server.ok() ? "+" : std::string(server.status().message()));
  close(answer);
  if (server.ok()) {
    while (told_to_end == 0 && wanted() && waitpid(*server, nullptr, WNOHANG) == 0) {
    }
    kill(*server, SIGQUIT);
    while (waitpid(*server, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  std::error_code ignored;  // a later sweep tries again
  fs::remove_all(home, ignored);
}

// Reads until the other end closes.
std::string ReadAll(int pipe) {
  std::string text;
  char buffer[4096];
  ssize_t got;
  while ((got = read(pipe, buffer, sizeof buffer)) > 0 || (got < 0 && errno == EINTR)) {
    if (got > 0) text.append(buffer, got);
  }
  return text;
}

}  // namespace

absl::StatusOr<Kept> StartKeeper(const std::function<bool()>& wanted, int keep_open) {
  ASSIGN_OR_RETURN(const std::string programs, FindServerPrograms());
  ASSIGN_OR_RETURN(const ServerUser user, ChooseServerUser());
  ASSIGN_OR_RETURN(const std::string home, MakeHome(user));
  int answer[2];
  if (pipe2(answer, O_CLOEXEC) != 0) return absl::UnavailableError("cannot make a pipe");
  const pid_t keeper = fork();
  if (keeper == 0) {
    close(answer[0]);
    Keep(programs, user, home, wanted, keep_open, answer[1]);
    _exit(0);
  }
  close(answer[1]);
  const std::string text = keeper > 0 ? ReadAll(answer[0]) : "cannot fork";
  close(answer[0]);
  if (text == "+") return Kept{keeper, "postgresql://strata@/postgres?host=" + home};
  if (keeper > 0) waitpid(keeper, nullptr, 0);
  return absl::UnavailableError(text.empty() ? "the server's keeper was killed" : text);
}

}  // namespace strata::verify
