#include "command/line/help.h"

#include <string>

#include "command/context.h"

namespace strata {
namespace {

Exit Run(Context& context) {
  if (context.arguments.Has("--man")) {
    context.terminal.Out(ManPage());
    return Exit::kDone;
  }
  if (context.arguments.positional.empty()) {
    context.terminal.Out(OverviewHelp(context.program));
    return Exit::kDone;
  }
  const Command* command = FindCommand(context.arguments.positional[0]);
  if (command == nullptr) {
    return Fail(context, Exit::kUsage,
                "there is no command \"" + context.arguments.positional[0] + "\"",
                context.program + " --help lists them");
  }
  context.terminal.Out(CommandHelp(context.program, *command));
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_help;
const Command kCommand_help = {
    .name = "help",
    .summary = "list the commands, or explain one",
    .arguments = "[COMMAND]",
    .options = {{"--man", nullptr, "the manual page strata(1), in roff"}},
    .example =
        "strata help up\n"
        "strata help --man | man -l -",
    .run = Run,
};

}  // namespace strata
