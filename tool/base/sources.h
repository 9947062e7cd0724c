// The texts of a folder's files, so that whoever prints a diagnostic finds its line and column.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace strata {

struct Sources {
  std::string folder;  // as the user named it; printed before the file's name
  std::map<std::string, std::string_view, std::less<>> texts;  // by name inside the folder
  std::shared_ptr<const void> storage;                         // owns the texts

  // Returns the file's text without a byte-order mark, or "" where it was not read.
  std::string_view TextOf(std::string_view file) const {
    const auto found = texts.find(file);
    return found == texts.end() ? std::string_view() : found->second;
  }
};

}  // namespace strata
