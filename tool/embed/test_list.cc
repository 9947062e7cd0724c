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

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += ' ' + Quoted(word);
  return text;
}

}  // namespace

std::string TestList(const MigrationSet& set, const std::string& target,
                     const std::vector<std::string>& check,
                     const std::vector<std::string>& result) {
  const std::string offline = Joined(check), postgres = Joined(result);
  std::string text;
  for (const Migration& migration : set.migrations) {
    const std::string name = absl::StrFormat("%s.%s", target, Stem(migration.up.file));
    absl::StrAppendFormat(&text, "add_test(%s%s --only %u)\n", name, offline, migration.version);
    absl::StrAppendFormat(&text, "set_tests_properties(%s PROPERTIES LABELS \"strata;offline\")\n",
                          name);
    if (result.empty()) continue;
    absl::StrAppendFormat(&text, "add_test(%s.postgres%s %u)\n", name, postgres, migration.version);
    absl::StrAppendFormat(&text,
                          "set_tests_properties(%s.postgres PROPERTIES LABELS \"strata;postgres\" "
                          "FIXTURES_REQUIRED %s_postgres SKIP_RETURN_CODE 77)\n",
                          name, target);
  }
  return text;
}

}  // namespace strata::embed
