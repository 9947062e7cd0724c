// The folder of a shared server holds
//   lock      locked by whoever starts or stops
//   alive     locked by the keeper as long as it lives
//   url       where the server is
//   owners/   one file a process that wants it, named by its id; "0": wanted until stopped

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

#include "base/files.h"
#include "verify/cluster.h"
#include "verify/keeper.h"

namespace strata {
namespace {

namespace fs = std::filesystem;

constexpr int kPollMilliseconds = 50;
constexpr int kStopMilliseconds = 30000;

class FileLock {
 public:
  FileLock(const std::string& path, int operation)
      : fd_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)),
        locked_(fd_ >= 0 && Lock(operation)) {}
  ~FileLock() {
    if (fd_ >= 0) close(fd_);
  }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

  bool opened() const { return fd_ >= 0; }
  bool locked() const { return locked_; }
  int fd() const { return fd_; }

 private:
  bool Lock(int operation) {
    int result;
    while ((result = flock(fd_, operation)) != 0 && errno == EINTR) {
    }
    return result == 0;
  }

  int fd_;
  bool locked_;
};

bool IsRunning(const std::string& folder) {
  return access((folder + "/alive").c_str(), F_OK) == 0 &&
         !FileLock(folder + "/alive", LOCK_EX | LOCK_NB).locked();
}

// When the process began, as the system counts it, so that a later process with the same id is not
// taken for it; "" where the system does not say or the process is gone.
std::string StartTime(int process) {
  const absl::StatusOr<std::string> stat = ReadFile("/proc/" + std::to_string(process) + "/stat");
  if (!stat.ok()) return "";
  std::size_t at = stat->rfind(')');  // the name before it may hold anything
  if (at == std::string::npos || stat->compare(at, 3, ") Z") == 0) return "";
  for (int field = 2; field < 22 && at != std::string::npos; ++field) at = stat->find(' ', at + 1);
  return at == std::string::npos ? "" : stat->substr(at + 1, stat->find(' ', at + 1) - at - 1);
}

bool IsAlive(int process, const std::string& start_time) {
  if (process == 0) return true;
  if (kill(process, 0) != 0 && errno == ESRCH) return false;
  return start_time.empty() || StartTime(process) == start_time;
}

std::string OwnerFile(const std::string& folder, int owner) {
  return folder + "/owners/" + std::to_string(owner);
}

// Whether an owner is left; the files of dead ones are removed.
bool HasOwner(const std::string& folder) {
  const absl::StatusOr<std::vector<std::string>> owners = ListFiles(folder + "/owners");
  if (!owners.ok()) return false;
  bool any = false;
  for (const std::string& name : *owners) {
    const std::string path = folder + "/owners/" + name;
    const absl::StatusOr<std::string> start_time = ReadFile(path);
    if (!start_time.ok()) continue;
    if (IsAlive(std::atoi(name.c_str()), *start_time)) {
      any = true;
    } else {
      unlink(path.c_str());
    }
  }
  return any;
}

// The keeper's last question: nobody may join a server that is about to stop. On true the lock is
// held until the keeper has ended. Where the folder is gone nobody can join.
bool MayEnd(const std::string& folder) {
  auto lock = std::make_unique<FileLock>(folder + "/lock", LOCK_EX | LOCK_NB);
  if (!lock->opened() && access(folder.c_str(), F_OK) != 0) return true;
  if (!lock->locked() || HasOwner(folder)) return false;
  lock.release();
  return true;
}

absl::Status MakeFolder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder + "/owners", error);
  if (error) return absl::UnavailableError("cannot make " + folder + ": " + error.message());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> StartSharedCluster(const std::string& given, int owner) {
  RETURN_IF_ERROR(MakeFolder(given));
  const std::string folder = fs::absolute(given);  // the keeper lives elsewhere
  const FileLock lock(folder + "/lock", LOCK_EX);
  if (!lock.locked()) return absl::UnavailableError("cannot lock " + folder);
  RETURN_IF_ERROR(WriteFile(OwnerFile(folder, owner), owner == 0 ? "" : StartTime(owner)));
  if (IsRunning(folder)) return ReadFile(folder + "/url");
  const FileLock alive(folder + "/alive", LOCK_EX);  // a fork shares the lock
  const auto wanted = [&folder] {
    poll(nullptr, 0, kPollMilliseconds);
    return HasOwner(folder) || !MayEnd(folder);
  };
  absl::StatusOr<verify::Kept> kept = verify::StartKeeper(wanted, alive.fd());
  if (!kept.ok()) {
    unlink(OwnerFile(folder, owner).c_str());
    return kept.status();
  }
  RETURN_IF_ERROR(WriteFile(folder + "/url", kept->url));
  return kept->url;
}

absl::Status StopSharedCluster(const std::string& folder, int owner) {
  if (access(folder.c_str(), F_OK) != 0) return absl::OkStatus();
  if (owner != 0) {
    unlink(OwnerFile(folder, owner).c_str());
  } else {
    std::error_code ignored;
    fs::remove_all(folder + "/owners", ignored);
  }
  for (int waited = 0; waited < kStopMilliseconds; waited += 5) {
    if (HasOwner(folder) || !IsRunning(folder)) return absl::OkStatus();
    poll(nullptr, 0, 5);
  }
  return absl::UnavailableError("the server of " + folder + " does not stop");
}

absl::StatusOr<std::string> SharedClusterUrl(const std::string& folder) {
  if (IsRunning(folder)) {
    absl::StatusOr<std::string> url = ReadFile(folder + "/url");
    if (url.ok()) return url;
  }
  return absl::NotFoundError("no server runs for " + folder);
}

}  // namespace strata
