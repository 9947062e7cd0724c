#include "embed/outputs.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <utility>

#include "base/files.h"
#include "embed/mapped_file.h"

namespace strata::embed {
namespace {

bool EndsWith(const std::string& name, const std::string& end) {
  return name.size() >= end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

absl::Status WriteIfChanged(const std::string& path, const std::string& bytes) {
  struct stat info;
  if (stat(path.c_str(), &info) == 0 && static_cast<std::size_t>(info.st_size) == bytes.size()) {
    const absl::StatusOr<std::shared_ptr<const MappedFile>> present = MappedFile::Open(path);
    if (present.ok() && (*present)->bytes() == bytes) return absl::OkStatus();
  }
  return WriteFile(path, bytes);
}

absl::StatusOr<std::vector<std::string>> Inputs(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, ListFiles(folder));
  std::vector<std::string> paths;
  for (const std::string& name : names) {
    if (EndsWith(name, ".sql") || name == "strata.lock") paths.push_back(JoinPath(folder, name));
  }
  return paths;
}

std::string Fingerprint(const std::vector<std::string>& paths) {
  std::string text;
  for (const std::string& path : paths) {
    struct stat info;
    if (stat(path.c_str(), &info) != 0) info = {};
    text += path + ' ' + std::to_string(info.st_size) + ' ' + std::to_string(info.st_mtim.tv_sec) +
            '.' + std::to_string(info.st_mtim.tv_nsec) + '\n';
  }
  return text;
}

bool AnyIsYounger(const std::vector<std::string>& paths, const std::string& stamp) {
  struct stat of_stamp;
  if (stat(stamp.c_str(), &of_stamp) != 0) return true;
  const auto time = [](const struct stat& info) {
    return std::pair(info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
  };
  return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
    struct stat info;
    return stat(path.c_str(), &info) != 0 || time(info) > time(of_stamp);
  });
}

// Linux dates files by a clock that stands still for some milliseconds, so that a file written
// later may bear an earlier time than the exact clock shows now. By that clock, and a little less:
// what is written within the same standstill is younger, too.
StartTime::StartTime() {
#ifdef CLOCK_REALTIME_COARSE
  constexpr clockid_t kFileClock = CLOCK_REALTIME_COARSE;
#else
  constexpr clockid_t kFileClock = CLOCK_REALTIME;
#endif
  timespec now;
  clock_gettime(kFileClock, &now);
  seconds_ = now.tv_nsec > 0 ? now.tv_sec : now.tv_sec - 1;
  nanoseconds_ = now.tv_nsec > 0 ? now.tv_nsec - 1 : 999999999;
}

absl::Status StartTime::WriteStamp(const std::string& path, const std::string& bytes) const {
  RETURN_IF_ERROR(WriteFile(path, bytes));
  timespec times[2];
  times[0].tv_sec = times[1].tv_sec = static_cast<time_t>(seconds_);
  times[0].tv_nsec = times[1].tv_nsec = nanoseconds_;
  if (utimensat(AT_FDCWD, path.c_str(), times, 0) == 0) return absl::OkStatus();
  return absl::UnavailableError("cannot date " + path + ": " + std::strerror(errno));
}

}  // namespace strata::embed
