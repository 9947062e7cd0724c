#include "embed/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace strata::embed {

absl::StatusOr<std::shared_ptr<const MappedFile>> MappedFile::Open(const std::string& path) {
  std::shared_ptr<MappedFile> file(new MappedFile);
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat info;
  void* data = MAP_FAILED;
  if (fd >= 0 && fstat(fd, &info) == 0) {
    file->size_ = static_cast<std::size_t>(info.st_size);
    data = file->size_ == 0 ? nullptr : mmap(nullptr, file->size_, PROT_READ, MAP_PRIVATE, fd, 0);
  }
  const int error = errno;
  if (fd >= 0) close(fd);
  if (data == MAP_FAILED) {
    file->size_ = 0;
    const std::string message = "cannot read " + path + ": " + std::strerror(error);
    return error == ENOENT ? absl::NotFoundError(message) : absl::UnavailableError(message);
  }
  file->data_ = static_cast<const char*>(data);
  return file;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) munmap(const_cast<char*>(data_), size_);
}

}  // namespace strata::embed
