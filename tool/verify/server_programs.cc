#include "verify/server_programs.h"

#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/files.h"

namespace strata::verify {
namespace {

namespace fs = std::filesystem;

bool HasPrograms(const std::string& folder) {
  return access((folder + "/initdb").c_str(), X_OK) == 0 &&
         access((folder + "/postgres").c_str(), X_OK) == 0;
}

// The folders of `parent` whose name begins with `prefix`, with `suffix` appended; newest version
// first.
std::vector<std::string> Versions(const std::string& parent, const std::string& prefix,
                                  const std::string& suffix) {
  std::vector<std::pair<double, std::string>> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(parent, error)) {
    const std::string name = entry.path().filename();
    if (name.rfind(prefix, 0) != 0) continue;
    found.emplace_back(std::atof(name.c_str() + prefix.size()), entry.path().string() + suffix);
  }
  std::sort(found.rbegin(), found.rend());
  std::vector<std::string> folders;
  for (auto& [version, folder] : found) folders.push_back(std::move(folder));
  return folders;
}

std::vector<std::string> Candidates() {
  std::vector<std::string> folders;
  const char* path = std::getenv("PATH");
  std::string rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    folders.push_back(rest.substr(0, colon));
    rest = colon == std::string::npos ? "" : rest.substr(colon + 1);
  }
  for (const auto& [parent, prefix, suffix] :
       {std::array<const char*, 3>{"/usr/lib/postgresql", "", "/bin"},
        {"/usr", "pgsql-", "/bin"},
        {"/opt/homebrew/opt", "postgresql@", "/bin"},
        {"/usr/local/opt", "postgresql@", "/bin"}}) {
    for (std::string& folder : Versions(parent, prefix, suffix)) folders.push_back(folder);
  }
  folders.push_back("/usr/local/pgsql/bin");
  return folders;
}

absl::Status SystemError(const std::string& what) {
  return absl::UnavailableError(what + ": " + std::strerror(errno));
}

// Becomes `user`. Called in a child, between fork and exec.
bool BecomeUser(const ServerUser& user) {
  if (!user.switches) return true;
  return setgroups(1, &user.gid) == 0 && setgid(user.gid) == 0 && setuid(user.uid) == 0;
}

// Waits for the child; whether it ended with 0.
bool Succeeded(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// Runs `work` in a child that is `user`, so that what it makes belongs to that user.
bool RunAs(const ServerUser& user, const std::function<bool()>& work) {
  if (!user.switches) return work();
  const pid_t child = fork();
  if (child == 0) _exit(BecomeUser(user) && work() ? 0 : 1);
  return child > 0 && Succeeded(child);
}

// The folder for templates, which belongs to `user` and lies where nobody else can put one; ""
// where there is no such place. Root keeps those of its servers' user in the system's cache.
std::string CacheFolder(const ServerUser& user) {
  std::string folder;
  if (user.switches) {
    folder = "/var/cache/strata";
  } else if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache == '/') {
    folder = std::string(cache) + "/strata";
  } else if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
    folder = std::string(home) + "/.cache/strata";
  } else {
    return "";
  }
  std::error_code error;
  if (fs::create_directories(folder, error)) {
    chmod(folder.c_str(), 0700);
    if (user.switches && chown(folder.c_str(), user.uid, user.gid) != 0) return "";
  }
  struct stat info;
  const uid_t owner = user.switches ? user.uid : getuid();
  if (lstat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != owner)
    return "";
  return folder;
}

// A template's name changes with the programs that made it.
std::string TemplateName(const std::string& programs) {
  struct stat info = {};
  stat((programs + "/postgres").c_str(), &info);
  std::string name = "cluster" + programs + "-" + std::to_string(info.st_mtime);
  std::replace(name.begin(), name.end(), '/', '-');
  return name;
}

absl::Status RunInitdb(const std::string& programs, const ServerUser& user,
                       const std::string& folder, const std::string& log) {
  absl::StatusOr<pid_t> child =
      Spawn(user,
            {programs + "/initdb", "-D", folder, "-U", "strata", "--auth=trust", "--encoding=UTF8",
             "--locale=C", "--no-sync", "--no-instructions"},
            log, true);
  if (!child.ok()) return child.status();
  if (Succeeded(*child)) return absl::OkStatus();
  const absl::StatusOr<std::string> text = ReadFile(log);
  return absl::UnavailableError("initdb failed: " + (text.ok() ? *text : std::string()));
}

bool CopyFolder(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::copy(from, to, fs::copy_options::recursive, error);
  return !error && chmod(to.c_str(), 0700) == 0;
}

}  // namespace

absl::StatusOr<std::string> FindServerPrograms() {
  if (const char* given = std::getenv("STRATA_PG_BINDIR"); given != nullptr && *given != '\0') {
    if (HasPrograms(given)) return std::string(given);
    return absl::NotFoundError(std::string("STRATA_PG_BINDIR is ") + given +
                               ", which holds no initdb and postgres");
  }
  for (const std::string& folder : Candidates()) {
    if (!folder.empty() && HasPrograms(folder)) return folder;
  }
  return absl::NotFoundError("this machine has no initdb and postgres (Debian: postgresql)");
}

absl::StatusOr<ServerUser> ChooseServerUser() {
  if (geteuid() != 0) return ServerUser{};
  for (const char* name : {"postgres", "nobody"}) {
    if (const passwd* entry = getpwnam(name); entry != nullptr && entry->pw_uid != 0) {
      return ServerUser{true, entry->pw_uid, entry->pw_gid};
    }
  }
  return absl::NotFoundError(
      "PostgreSQL does not run as root, and there is no user postgres or nobody");
}

absl::StatusOr<pid_t> Spawn(const ServerUser& user, const std::vector<std::string>& arguments,
                            const std::string& log, bool dies_with_parent) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child < 0) return SystemError("cannot fork");
  if (child > 0) return child;
  const int output = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int input = open("/dev/null", O_RDONLY);
  if (output < 0 || input < 0) _exit(127);
  dup2(input, 0);
  dup2(output, 1);
  dup2(output, 2);
  for (int fd = 3; fd < 256; ++fd) close(fd);
  if (!BecomeUser(user) || chdir("/") != 0) _exit(127);
#if defined(__linux__)
  // After the change of user, which would clear it.
  if (dies_with_parent) prctl(PR_SET_PDEATHSIG, SIGQUIT);
#else
  (void)dies_with_parent;
#endif
  for (const char* name : {"LC_ALL", "LANG", "PGDATA", "PGPORT", "PGHOST"}) unsetenv(name);
  setenv("LC_ALL", "C", 1);
  execv(argv[0], argv.data());
  _exit(127);
}

absl::Status MakeDataFolder(const std::string& programs, const ServerUser& user,
                            const std::string& folder) {
  const std::string log = folder + ".initdb";
  const std::string cache = CacheFolder(user);
  if (cache.empty()) return RunInitdb(programs, user, folder, log);
  const std::string kept = cache + "/" + TemplateName(programs);
  if (access(kept.c_str(), F_OK) != 0) {
    // Two that do this at once each make a whole one, and one of the renames comes first.
    const std::string fresh = kept + "." + std::to_string(getpid());
    RETURN_IF_ERROR(RunInitdb(programs, user, fresh, log));
    if (std::rename(fresh.c_str(), kept.c_str()) != 0) {
      std::error_code ignored;  // the other one serves
      fs::remove_all(fresh, ignored);
    }
  }
  if (RunAs(user, [&] { return CopyFolder(kept, folder); })) return absl::OkStatus();
  return absl::UnavailableError("cannot copy " + kept + " to " + folder);
}

}  // namespace strata::verify
