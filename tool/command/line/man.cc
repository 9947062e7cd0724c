#include <string>

#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "command/line/help.h"

namespace strata {
namespace {

// Text for roff: '-' stays a hyphen that can be copied, and no line begins with a control
// character.
std::string Roff(std::string_view text) {
  std::string out;
  const std::vector<std::string> lines = absl::StrSplit(std::string(text), '\n');
  for (const std::string& line : lines) {
    if (!out.empty()) out += '\n';
    if (!line.empty() && (line[0] == '.' || line[0] == '\'')) out += "\\&";
    out += absl::StrReplaceAll(line, {{"\\", "\\e"}, {"-", "\\-"}});
  }
  return out;
}

void AppendOption(std::string& out, const Option& option) {
  out += ".TP\n";
  if (option.letter[0] != '\0') absl::StrAppendFormat(&out, "\\fB%s\\fR, ", Roff(option.letter));
  absl::StrAppendFormat(&out, "\\fB%s\\fR", Roff(option.name));
  if (option.value != nullptr) absl::StrAppendFormat(&out, " \\fI%s\\fR", Roff(option.value));
  absl::StrAppendFormat(&out, "\n%s\n", Roff(option.help));
}

void AppendCommand(std::string& out, const Command& command) {
  absl::StrAppendFormat(&out, ".SS %s", Roff(command.name));
  if (command.arguments[0] != '\0') absl::StrAppendFormat(&out, " %s", Roff(command.arguments));
  absl::StrAppendFormat(&out, "\n%s.\n", Roff(command.summary));
  if (command.notes[0] != '\0') absl::StrAppendFormat(&out, ".PP\n%s\n", Roff(command.notes));
  for (const Option& option : command.options) {
    if (option.name == nullptr) break;
    AppendOption(out, option);
  }
  absl::StrAppendFormat(&out, ".PP\n.EX\n%s\n.EE\n", Roff(command.example));
}

}  // namespace

std::string ManPage() {
  std::string out =
      ".TH STRATA 1 \"\" \"strata " STRATA_VERSION
      "\"\n.SH NAME\n"
      "strata \\- SQL migrations that the build proves and bakes in\n"
      ".SH SYNOPSIS\n\\fBstrata\\fR [\\fIoptions\\fR] \\fICOMMAND\\fR [\\fIoptions\\fR]\n"
      ".SH COMMANDS\n";
  for (const Command* command : AllCommands()) {
    if (command->group != Group::kInternal) AppendCommand(out, *command);
  }
  out += ".SH OPTIONS\nBefore or after the command.\n";
  for (const Option& option : GlobalOptions()) AppendOption(out, option);
  out +=
      ".SH EXIT STATUS\n"
      ".IP 0\nDone, nothing to do included.\n"
      ".IP 1\nFindings: check, lint, test, verify, status \\-\\-exit\\-code.\n"
      ".IP 2\nUsage or configuration.\n"
      ".IP 3\nRefused; nothing was touched.\n"
      ".IP 4\nA migration failed.\n"
      ".IP 5\nThe database cannot be reached, or a lock was not obtained in time.\n"
      ".SH ENVIRONMENT\n.IP DATABASE_URL\nThe database where \\-\\-url is not given.\n"
      ".IP NO_COLOR\nNo colours unless \\-\\-color=always.\n"
      ".SH FILES\n.IP strata.toml\nSettings, beside the folder of the migrations.\n"
      ".IP strata.lock\nIn the folder: what is sealed.\n";
  return out;
}

}  // namespace strata
