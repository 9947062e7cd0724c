#include "command/line/help.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace strata {
namespace {

struct Heading {
  Group group;
  const char* text;
};

constexpr Heading kHeadings[] = {
    {Group::kRun, "Change a database"},
    {Group::kAsk, "Ask a database"},
    {Group::kProve, "Prove without one"},
    {Group::kWrite, "Write files"},
    {Group::kServe, "Also"},
};

using Rows = std::vector<std::pair<std::string, std::string>>;

std::string Aligned(const Rows& rows) {
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, std::min<std::size_t>(row.first.size(), 28));
  std::string text;
  for (const auto& [left, right] : rows) {
    const bool too_long = left.size() > width;
    absl::StrAppendFormat(
        &text, "  %s%s%s\n", left,
        too_long ? "\n" + std::string(width + 4, ' ') : std::string(width + 2 - left.size(), ' '),
        right);
  }
  return text;
}

std::string OptionWord(const Option& option) {
  std::string word;
  if (option.letter[0] != '\0') word = absl::StrFormat("%s, ", option.letter);
  word += option.name;
  if (option.value != nullptr) absl::StrAppendFormat(&word, " %s", option.value);
  return word;
}

std::string Usage(const std::string& program, const Command& command) {
  std::string usage = absl::StrFormat("%s %s", program, command.name);
  if (command.options[0].name != nullptr) usage += " [options]";
  if (command.arguments[0] != '\0') absl::StrAppendFormat(&usage, " %s", command.arguments);
  return usage;
}

// Examples are written with "strata"; a migrator shows its own name.
std::string Example(const std::string& program, const Command& command) {
  std::string text;
  const std::vector<std::string> lines = absl::StrSplit(command.example, '\n');
  for (std::string line : lines) {
    if (line.rfind("strata ", 0) == 0) line.replace(0, 6, program);
    absl::StrAppendFormat(&text, "  %s\n", line);
  }
  return text;
}

}  // namespace

std::string OverviewHelp(const std::string& program) {
  std::string text = absl::StrFormat(
      "SQL migrations that the build proves and bakes in.\n\nUsage: %s [options] COMMAND "
      "[options]\n",
      program);
  for (const Heading& heading : kHeadings) {
    Rows rows;
    for (const Command* command : AllCommands()) {
      if (command->group != heading.group) continue;
      std::string left = command->name;
      if (command->arguments[0] != '\0') absl::StrAppendFormat(&left, " %s", command->arguments);
      rows.emplace_back(left, command->summary);
    }
    if (!rows.empty()) absl::StrAppendFormat(&text, "\n%s:\n%s", heading.text, Aligned(rows));
  }
  Rows options;
  for (const Option& option : GlobalOptions())
    options.emplace_back(OptionWord(option), option.help);
  options.emplace_back("-h, --help", "this, or after a command its own page");
  options.emplace_back("--version", "the version");
  absl::StrAppendFormat(&text, "\nOptions, before or after the command:\n%s", Aligned(options));
  absl::StrAppendFormat(&text, "\nMore about one: %s COMMAND --help\n", program);
  return text;
}

std::string CommandHelp(const std::string& program, const Command& command) {
  std::string text = absl::StrFormat("%s: %s\n\nUsage: %s\n", command.name, command.summary,
                                     Usage(program, command));
  if (command.aliases[0] != '\0') {
    absl::StrAppendFormat(&text, "Also typed as: %s\n",
                          absl::StrReplaceAll(command.aliases, {{" ", ", "}}));
  }
  Rows rows;
  for (const Option& option : command.options) {
    if (option.name == nullptr) break;
    rows.emplace_back(OptionWord(option), option.help);
  }
  if (!rows.empty()) absl::StrAppendFormat(&text, "\nOptions:\n%s", Aligned(rows));
  if (command.notes[0] != '\0') absl::StrAppendFormat(&text, "\n%s\n", command.notes);
  absl::StrAppendFormat(&text, "\nExample:\n%s", Example(program, command));
  absl::StrAppendFormat(&text, "\nOptions of every command: %s --help\n", program);
  return text;
}

std::string VersionLine() { return "strata " STRATA_VERSION "\n"; }

}  // namespace strata
