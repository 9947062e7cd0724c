#include "absl/strings/str_format.h"
#include "embed/embed.h"

namespace strata::embed {
namespace {

// "0003_add_skills.up.sql" -> "0003_add_skills"
std::string_view Stem(std::string_view file) { return file.substr(0, file.rfind(".up.sql")); }

// A word as CMake reads it, with nothing in it evaluated.
std::string Quoted(const std::string& word) {
  std::string text = "\"";
  for (const char c : word) {
    if (c == '"' || c == '\\' || c == '$' || c == '@') text += '\\';
    text += c;
  }
  return text + '"';
}

}  // namespace

std::string TestList(const MigrationSet& set, const std::string& target,
                     const std::vector<std::string>& check) {
  std::string command;
  for (const std::string& word : check) command += ' ' + Quoted(word);
  std::string text;
  for (const Migration& migration : set.migrations) {
    const std::string name = absl::StrFormat("%s.%s", target, Stem(migration.up.file));
    absl::StrAppendFormat(&text, "add_test(%s%s --only %u)\n", name, command, migration.version);
    absl::StrAppendFormat(&text, "set_tests_properties(%s PROPERTIES LABELS \"strata;offline\")\n",
                          name);
  }
  return text;
}

}  // namespace strata::embed
