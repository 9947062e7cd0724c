// A large file's bytes, read as they are looked at.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/status.h"

namespace strata::embed {

// A regular file's bytes as they were when it was opened, provided that it is replaced and never
// written to in place, as WriteFile does (base/files.h).
class MappedFile {
 public:
  // Errors: as ReadFile's.
  static absl::StatusOr<std::shared_ptr<const MappedFile>> Open(const std::string& path);
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::string_view bytes() const { return {data_, size_}; }

 private:
  MappedFile() = default;
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace strata::embed
