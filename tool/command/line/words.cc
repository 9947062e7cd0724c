#include "command/line/words.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"

namespace strata {

std::string VersionText(const MigrationSet* set, std::uint64_t version) {
  if (set != nullptr) {
    for (const Migration& migration : set->migrations) {
      if (migration.version != version) continue;
      return std::string(migration.up.file.substr(0, migration.up.file.find('_')));
    }
    if (!set->migrations.empty()) {  // as wide as its neighbours
      const std::size_t width = set->migrations.front().up.file.find('_');
      return absl::StrFormat("%0*d", static_cast<int>(std::min<std::size_t>(width, 20)), version);
    }
  }
  return std::to_string(version);
}

absl::StatusOr<std::uint64_t> ParseVersion(const std::string& text) {
  std::uint64_t version = 0;
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || !absl::SimpleAtoi(text, &version)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("\"%s\" is not a version: versions are numbers, such as 4 or 0004", text));
  }
  return version;
}

absl::StatusOr<std::size_t> ParseSteps(const std::string& text) {
  std::uint32_t steps = 0;
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || !absl::SimpleAtoi(text, &steps) || steps == 0) {
    return absl::InvalidArgumentError(
        absl::StrFormat("\"%s\" is not a number of migrations: 1, 2, …", text));
  }
  return steps;
}

std::string DurationText(double milliseconds) {
  if (milliseconds < 1000) return absl::StrFormat("%.1f ms", milliseconds);
  if (milliseconds < 60000) return absl::StrFormat("%.2f s", milliseconds / 1000);
  const auto seconds = static_cast<std::int64_t>(milliseconds / 1000);
  return absl::StrFormat("%d min %d s", seconds / 60, seconds % 60);
}

std::string Count(std::size_t number, const char* noun) {
  return absl::StrFormat("%d %s%s", number, noun, number == 1 ? "" : "s");
}

}  // namespace strata
