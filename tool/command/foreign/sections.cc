// One file a migration, cut by comments: goose's "-- +goose Up" and dbmate's "-- migrate:up".
#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "base/files.h"
#include "command/foreign/foreign.h"

namespace strata {
namespace {

enum class Mark { kNone, kUp, kDown, kNoTransaction, kDropped, kUnknown };

Mark MarkOf(const std::string& line, ForeignMigration& migration) {
  std::string text(absl::StripAsciiWhitespace(line));
  if (text.rfind("--", 0) != 0) return Mark::kNone;
  text = std::string(absl::StripAsciiWhitespace(text.substr(2)));
  const std::vector<std::string> words = absl::StrSplit(text, ' ', absl::SkipEmpty());
  if (words.empty()) return Mark::kNone;
  if (words[0] == "migrate:up" || words[0] == "migrate:down") {
    for (const std::string& word : words) {
      if (word == "transaction:false") migration.no_transaction = true;
    }
    return words[0] == "migrate:up" ? Mark::kUp : Mark::kDown;
  }
  if (words[0] != "+goose" || words.size() < 2) return Mark::kNone;
  const std::string word = absl::AsciiStrToLower(words[1]);
  if (word == "up") return Mark::kUp;
  if (word == "down") return Mark::kDown;
  if (word == "no") return Mark::kNoTransaction;
  if (word == "statementbegin" || word == "statementend") return Mark::kDropped;
  return Mark::kUnknown;
}

absl::Status Cut(const std::string& file, const std::string& text, ForeignMigration& migration,
                 std::vector<std::string>& notes) {
  std::string* part = nullptr;
  int number = 0;
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  for (const std::string& line : lines) {
    ++number;
    switch (MarkOf(line, migration)) {
      case Mark::kUp:
        part = &migration.up;
        break;
      case Mark::kDown:
        migration.down = migration.down.value_or("");
        part = &*migration.down;
        break;
      case Mark::kNoTransaction:
        migration.no_transaction = true;
        break;
      case Mark::kDropped:
        break;
      case Mark::kUnknown:
        notes.push_back(absl::StrFormat("%s:%d: left out: %s", file, number, line));
        break;
      case Mark::kNone:
        if (part != nullptr) *part += line + "\n";
        break;
    }
  }
  if (part == nullptr) {
    return absl::InvalidArgumentError(file +
                                      " has neither \"-- +goose Up\" nor \"-- migrate:up\" in it");
  }
  return absl::OkStatus();
}

// Blank lines at both ends go; a file keeps its last line feed.
std::string Trimmed(const std::string& text) {
  return std::string(absl::StripAsciiWhitespace(text)) + "\n";
}

}  // namespace

absl::StatusOr<ForeignSet> ReadSections(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::vector<std::string> files, ListFiles(folder));
  ForeignSet set;
  for (const std::string& file : files) {
    const std::size_t line = file.find('_');
    const bool sql = file.size() > 4 && file.compare(file.size() - 4, 4, ".sql") == 0;
    if (!sql || line == std::string::npos || line == 0) {
      set.notes.push_back(file + ": left out, its name is not <version>_<name>.sql");
      continue;
    }
    ASSIGN_OR_RETURN(const std::string text, ReadFile(JoinPath(folder, file)));
    ForeignMigration migration;
    migration.version = file.substr(0, line);
    migration.name = file.substr(line + 1, file.size() - line - 5);
    RETURN_IF_ERROR(Cut(file, text, migration, set.notes));
    migration.up = Trimmed(migration.up);
    if (migration.down) migration.down = Trimmed(*migration.down);
    set.migrations.push_back(std::move(migration));
  }
  return set;
}

}  // namespace strata
