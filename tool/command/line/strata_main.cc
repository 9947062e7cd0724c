#include "command/line/strata_main.h"

#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "command/context.h"
#include "command/line/build_target.h"
#include "command/line/help.h"
#include "command/line/many.h"
#include "command/line/open.h"
#include "driver/early.h"

namespace strata {
namespace {

std::string ProgramName(const char* argument) {
  const std::string path = argument == nullptr ? "strata" : argument;
  return path.substr(path.find_last_of('/') + 1);
}

void PrintFault(Terminal& terminal, const std::string& who, const std::string& message) {
  terminal.Err(
      absl::StrFormat("%s: %s %s\n", who, terminal.PaintErr(Style::kRed, "error:"), message));
}

Terminal::Color ColorOf(const std::string& word) {
  if (word == "always") return Terminal::Color::kAlways;
  return word == "never" ? Terminal::Color::kNever : Terminal::Color::kAuto;
}

Exit Usage(Terminal& terminal, const std::string& program, const absl::Status& status) {
  PrintFault(terminal, program, std::string(status.message()));
  return Exit::kUsage;
}

// Opens what the command's row says it needs, and runs it.
Exit RunCommand(Context& context) {
  if (context.baked != nullptr && context.settings.dir_given) {
    return Fail(context, Exit::kUsage, "--dir is not for a program with its migrations baked in",
                context.program + " export DIR writes them out");
  }
  const std::string& format = context.settings.format;
  if (format != "text" && format != "json" && !context.arguments.command->prints_findings) {
    return Fail(context, Exit::kUsage,
                "--format " + format + " is for check and lint; here it is text or json");
  }
  if (NamesMany(context)) return RunOnMany(context);
  const Command& command = *context.arguments.command;
  if (command.begin != nullptr) command.begin(context);
  if (std::optional<Exit> exit = Open(context)) return *exit;
  return command.run(context);
}

// Whether the command needs both a set and one database.
bool NamesOne(const Context& context) {
  const Needs needs = context.arguments.command->needs;
  if (needs != Needs::kDatabase && needs != Needs::kRun) return false;
  return !context.settings.urls.empty() && !NamesMany(context);
}

Exit Run(Terminal& terminal, const std::string& program, const std::vector<std::string>& words,
         const MigrationSet& (*baked)()) {
  Arguments arguments;
  absl::Status understood = ParseArguments(words, &arguments);
  const std::string who =
      arguments.command == nullptr ? program : program + " " + arguments.command->name;
  if (!understood.ok()) return Usage(terminal, who, understood);
  if (arguments.help || (arguments.command == nullptr && arguments.version)) {
    if (!arguments.help) {
      terminal.Out(VersionLine());
    } else if (arguments.command == nullptr) {
      terminal.Out(OverviewHelp(program));
    } else {
      terminal.Out(CommandHelp(program, *arguments.command));
    }
    return Exit::kDone;
  }
  if (arguments.command == nullptr) {
    terminal.Err(OverviewHelp(program));
    return Exit::kUsage;
  }
  absl::StatusOr<Settings> settings = ResolveSettings(arguments);
  if (!settings.ok()) return Usage(terminal, who, settings.status());
  terminal.SetColor(ColorOf(settings->color));
  Context context{arguments, *settings, terminal, program, nullptr, nullptr,
                  nullptr,   false,     {},       {},      "",      nullptr};
  std::optional<EarlyConnection> early;  // made while the set is read
  if (NamesOne(context)) early.emplace(settings->urls.back());
  if (baked != nullptr) context.baked = &baked();
  return RunCommand(context);
}

}  // namespace

Exit Fail(Context& context, Exit exit, const std::string& message, const std::string& help) {
  PrintFault(context.terminal, context.program + " " + context.arguments.command->name, message);
  if (!help.empty()) {
    context.terminal.Err(
        absl::StrFormat("%s %s\n", context.terminal.PaintErr(Style::kCyan, "help:"), help));
  }
  return exit;
}

int StrataMain(int argc, char** argv, const MigrationSet& (*baked)()) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is seen at the write,
  std::signal(SIGXFSZ, SIG_IGN);  // and so is a file that may not grow
  Terminal terminal;
  const std::string program = ProgramName(argc > 0 ? argv[0] : nullptr);
  std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  const absl::Status named = AddNameOfTarget(&words);
  Exit exit = named.ok() ? Run(terminal, program, words, baked) : Usage(terminal, program, named);
  if (const std::string lost = terminal.Finish(); !lost.empty()) {
    PrintFault(terminal, program, "cannot write the output: " + lost);
    if (exit == Exit::kDone) exit = Exit::kUsage;
  }
  return static_cast<int>(exit);
}

}  // namespace strata
