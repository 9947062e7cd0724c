#include "migration/file_name.h"

#include <algorithm>
#include <cctype>
#include <limits>

namespace strata {
namespace {

constexpr std::string_view kShape = "<version>_<name>.up.sql, for example 0001_create_users.up.sql";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool FitsName(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.';
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

bool TakeEnd(std::string_view* text, std::string_view end) {
  if (text->size() < end.size() || text->substr(text->size() - end.size()) != end) return false;
  text->remove_suffix(end.size());
  return true;
}

std::optional<std::uint64_t> ParseVersion(std::string_view digits) {
  constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
  std::uint64_t version = 0;
  for (char c : digits) {
    const std::uint64_t digit = c - '0';
    if (version > (kMax - digit) / 10) return std::nullopt;
    version = version * 10 + digit;
  }
  return version;
}

std::string Quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::nullopt_t Refuse(FileNameFault* fault, std::string message, std::string help) {
  *fault = {std::move(message), std::move(help)};
  return std::nullopt;
}

std::nullopt_t RefuseEnding(std::string_view file, FileNameFault* fault) {
  const std::string message = Quoted(file) + " ends in neither .up.sql, .down.sql nor .verify.sql";
  const std::string lower = Lower(file);
  for (std::string_view end : {".up.sql", ".down.sql", ".verify.sql"}) {
    std::string_view rest = lower;
    if (TakeEnd(&rest, end)) {
      return Refuse(fault, message, "write the ending in lower case: " + std::string(end));
    }
  }
  return Refuse(fault, message,
                "name it " + std::string(kShape) + ", or move it out of the folder");
}

}  // namespace

bool IsSqlFile(std::string_view file) {
  return file.size() >= 4 && Lower(file.substr(file.size() - 4)) == ".sql";
}

std::optional<FileName> ParseFileName(std::string_view file, FileNameFault* fault) {
  FileName result;
  std::string_view rest = file;
  if (TakeEnd(&rest, ".up.sql")) {
    result.part = FilePart::kUp;
  } else if (TakeEnd(&rest, ".down.sql")) {
    result.part = FilePart::kDown;
  } else if (TakeEnd(&rest, ".verify.sql")) {
    result.part = FilePart::kVerify;
  } else {
    return RefuseEnding(file, fault);
  }
  result.sqlite = TakeEnd(&rest, ".sqlite");

  const auto digits_end = std::find_if_not(rest.begin(), rest.end(), IsDigit);
  result.digits = rest.substr(0, digits_end - rest.begin());
  rest.remove_prefix(result.digits.size());
  if (result.digits.empty()) {
    return Refuse(fault, Quoted(file) + " does not begin with a version",
                  "name it " + std::string(kShape));
  }
  const std::optional<std::uint64_t> version = ParseVersion(result.digits);
  if (!version) {
    return Refuse(fault, "version " + std::string(result.digits) + " does not fit in 64 bits",
                  "use a sequence (0001) or a UTC timestamp (20261122103000)");
  }
  result.version = *version;
  if (rest.empty() || rest[0] != '_') {
    const std::string message = rest.empty()
                                    ? Quoted(file) + " has no name after its version"
                                    : Quoted(file) + " has no \"_\" between version and name";
    return Refuse(fault, message, "name it " + std::string(kShape));
  }
  result.name = rest.substr(1);
  if (result.name.empty()) {
    return Refuse(fault, Quoted(file) + " has no name after its version",
                  "name it " + std::string(kShape));
  }
  const auto bad = std::find_if_not(result.name.begin(), result.name.end(), FitsName);
  if (bad != result.name.end()) {
    return Refuse(fault, "the name in " + Quoted(file) + " holds a character that does not fit",
                  "use ASCII letters, digits, \"_\", \"-\" and \".\" only");
  }
  return result;
}

std::string FormatFileName(std::string_view digits, std::string_view name, bool sqlite,
                           FilePart part) {
  std::string file = std::string(digits) + "_" + std::string(name) + (sqlite ? ".sqlite" : "");
  switch (part) {
    case FilePart::kUp:
      return file + ".up.sql";
    case FilePart::kDown:
      return file + ".down.sql";
    case FilePart::kVerify:
      return file + ".verify.sql";
  }
  return file;
}

}  // namespace strata
