#include "base/toml.h"

#include <utility>

namespace strata {
namespace {

bool IsBare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

class TomlParser {
 public:
  explicit TomlParser(std::string_view text) : text_(text) {}

  absl::StatusOr<std::vector<TomlEntry>> Run() {
    std::string table;
    for (SkipBlankLines(); at_ < text_.size(); SkipBlankLines()) {
      if (text_[at_] == '[') {
        ++at_;
        ASSIGN_OR_RETURN(table, Name());
        if (!Take(']')) return Error("expected \"]\" after the table's name");
      } else {
        TomlEntry entry;
        entry.table = table;
        entry.line = line_;
        ASSIGN_OR_RETURN(entry.key, Name());
        if (!Take('=')) return Error("expected \"=\" after " + entry.key);
        RETURN_IF_ERROR(Value(entry));
        entries_.push_back(std::move(entry));
      }
      SkipBlanks();
      if (at_ < text_.size() && text_[at_] != '\n') return Error("unexpected text after the value");
    }
    return std::move(entries_);
  }

 private:
  absl::Status Error(const std::string& message) const {
    return absl::InvalidArgumentError("line " + std::to_string(line_) + ": " + message);
  }

  // Blanks, a carriage return and a comment; not the line's end.
  void SkipBlanks() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#') {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else if (c == ' ' || c == '\t' || c == '\r') {
        ++at_;
      } else {
        return;
      }
    }
  }

  void SkipBlankLines() {
    for (SkipBlanks(); at_ < text_.size() && text_[at_] == '\n'; SkipBlanks()) {
      ++at_;
      ++line_;
    }
  }

  bool Take(char wanted) {
    SkipBlanks();
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    SkipBlanks();
    return true;
  }

  // A name with dots; each part bare or quoted.
  absl::StatusOr<std::string> Name() {
    std::string name;
    do {
      if (!name.empty()) name += '.';
      SkipBlanks();
      if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
        ASSIGN_OR_RETURN(std::string part, String());
        name += part;
      } else {
        const std::size_t begin = at_;
        while (at_ < text_.size() && IsBare(text_[at_])) ++at_;
        if (at_ == begin) return Error("expected a name");
        name.append(text_.substr(begin, at_ - begin));
      }
    } while (Take('.'));
    return name;
  }

  absl::StatusOr<std::string> String() {
    const char quote = text_[at_++];
    std::string value;
    for (; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\n') break;
      if (text_[at_] != '\\' || quote == '\'') {
        value += text_[at_];
        continue;
      }
      if (++at_ >= text_.size()) break;
      const char c = text_[at_];
      if (c == 'n')
        value += '\n';
      else if (c == 't')
        value += '\t';
      else if (c == '"' || c == '\\')
        value += c;
      else
        return Error(std::string("unknown escape \\") + c);
    }
    if (at_ >= text_.size() || text_[at_] != quote) return Error("the string is not closed");
    ++at_;
    return value;
  }

  absl::Status Value(TomlEntry& entry) {
    if (at_ < text_.size() && text_[at_] == '[') return Array(entry);
    if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
      ASSIGN_OR_RETURN(std::string value, String());
      entry.values.push_back(std::move(value));
      return absl::OkStatus();
    }
    const std::size_t begin = at_;
    while (at_ < text_.size() && IsBare(text_[at_])) ++at_;
    const std::string word(text_.substr(begin, at_ - begin));
    const bool boolean = word == "true" || word == "false";
    if (!boolean && (word.empty() || word.find_first_not_of("0123456789") != std::string::npos)) {
      return Error("expected a value: a \"string\", a number, true, false or [ … ]");
    }
    entry.kind = boolean ? TomlEntry::Kind::kBoolean : TomlEntry::Kind::kInteger;
    entry.values.push_back(word);
    return absl::OkStatus();
  }

  absl::Status Array(TomlEntry& entry) {
    entry.kind = TomlEntry::Kind::kArray;
    ++at_;
    for (SkipBlankLines(); at_ < text_.size() && text_[at_] != ']'; SkipBlankLines()) {
      if (text_[at_] != '"' && text_[at_] != '\'')
        return Error("expected a \"string\" in the array");
      ASSIGN_OR_RETURN(std::string value, String());
      entry.values.push_back(std::move(value));
      SkipBlankLines();
      if (!Take(',')) break;
    }
    SkipBlankLines();
    if (!Take(']')) return Error("the array is not closed");
    return absl::OkStatus();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::vector<TomlEntry> entries_;
};

}  // namespace

absl::StatusOr<std::vector<TomlEntry>> ParseToml(std::string_view text) {
  return TomlParser(text).Run();
}

}  // namespace strata
