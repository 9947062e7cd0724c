#include "command/line/new_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <optional>

#include "absl/strings/str_format.h"
#include "base/files.h"

namespace strata {

namespace {

std::uint64_t Now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  const auto part = [](int value) { return static_cast<std::uint64_t>(value); };
  return ((((part(utc.tm_year + 1900) * 100 + part(utc.tm_mon + 1)) * 100 + part(utc.tm_mday)) *
               100 +
           part(utc.tm_hour)) *
              100 +
          part(utc.tm_min)) *
             100 +
         part(utc.tm_sec);
}

}  // namespace

absl::Status MakeFolder(const std::string& folder) {
  if (mkdir(folder.c_str(), 0777) == 0 || errno == EEXIST) return absl::OkStatus();
  return absl::UnavailableError("cannot make the folder " + folder + ": " + std::strerror(errno));
}

std::string SlugOf(const std::string& words) {
  std::string slug;
  for (const char c : words) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || c == '-' || c == '.' || c == '_') {
      slug += c;
    } else if (!slug.empty() && slug.back() != '_') {
      slug += '_';
    }
  }
  while (!slug.empty() && slug.back() == '_') slug.pop_back();
  return slug;
}

Numbering StyleOf(const std::vector<std::string>& files) {
  Numbering numbering;
  for (const std::string& file : files) {
    FileNameFault fault;
    const std::optional<FileName> name = ParseFileName(file, &fault);
    if (!name || name->version < numbering.newest) continue;
    numbering.newest = name->version;
    numbering.timestamp = name->digits.size() == 14 && name->version >= 19700101000000;
    numbering.width = name->digits.size();
  }
  return numbering;
}

std::string NextDigits(const Numbering& numbering, bool timestamp) {
  if (timestamp) return std::to_string(std::max(Now(), numbering.newest + 1));
  const std::size_t width = numbering.timestamp ? 4 : numbering.width;
  return absl::StrFormat("%0*d", static_cast<int>(width), numbering.newest + 1);
}

absl::StatusOr<std::string> NextVersion(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::vector<std::string> files, ListFiles(folder));
  const Numbering numbering = StyleOf(files);
  return NextDigits(numbering, numbering.timestamp);
}

}  // namespace strata
