#include "base/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace strata {
namespace {

absl::Status SystemError(const std::string& verb, const std::string& path, int error) {
  const std::string message = "cannot " + verb + " " + path + ": " + std::strerror(error);
  switch (error) {
    case ENOENT:
      return absl::NotFoundError(message);
    case EACCES:
    case EPERM:
    case EROFS:
      return absl::PermissionDeniedError(message);
    case ENOTDIR:
      return absl::FailedPreconditionError(message);
    default:
      return absl::UnavailableError(message);
  }
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return SystemError("read", path, errno);
  std::string bytes;
  struct stat info;
  std::size_t whole = 0;  // of a regular file: behind it there is nothing to ask for
  if (fstat(fd, &info) == 0 && info.st_size > 0) {
    bytes.reserve(info.st_size);
    if (S_ISREG(info.st_mode)) whole = info.st_size;
  }
  char buffer[1 << 16];
  ssize_t got;
  while ((got = read(fd, buffer, sizeof buffer)) > 0) {
    bytes.append(buffer, got);
    if (bytes.size() == whole) break;
  }
  const int error = errno;
  close(fd);
  if (got < 0) return SystemError("read", path, error);
  return bytes;
}

absl::Status WriteFile(const std::string& path, const std::string& bytes) {
  const std::string temporary = path + ".tmp" + std::to_string(getpid());
  std::FILE* file = std::fopen(temporary.c_str(), "wbe");
  if (file == nullptr) return SystemError("write", path, errno);
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  int error = errno;
  const bool closed = std::fclose(file) == 0;
  if (written && !closed) error = errno;
  if (written && closed) {
    if (std::rename(temporary.c_str(), path.c_str()) == 0) return absl::OkStatus();
    error = errno;
  }
  std::remove(temporary.c_str());
  return SystemError("write", path, error);
}

absl::StatusOr<std::vector<std::string>> ListFiles(const std::string& folder) {
  DIR* dir = opendir(folder.c_str());
  if (dir == nullptr) return SystemError("open folder", folder, errno);
  std::vector<std::string> names;
  while (const dirent* entry = readdir(dir)) {
    bool folder_inside = entry->d_type == DT_DIR;
    if (entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN) {
      struct stat info;
      folder_inside =
          stat(JoinPath(folder, entry->d_name).c_str(), &info) == 0 && S_ISDIR(info.st_mode);
    }
    if (!folder_inside) names.emplace_back(entry->d_name);
  }
  closedir(dir);
  std::sort(names.begin(), names.end());
  return names;
}

std::string JoinPath(const std::string& folder, const std::string& name) {
  if (folder.empty() || (!name.empty() && name[0] == '/')) return name;
  return folder.back() == '/' ? folder + name : folder + "/" + name;
}

}  // namespace strata
