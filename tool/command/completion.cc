#include "command/context.h"
#include "command/line/completions.h"

namespace strata {
namespace {

Exit Run(Context& context) {
  const std::string& kind = context.arguments.positional[0];
  if (kind == "bash") {
    context.terminal.Out(BashCompletion());
  } else if (kind == "zsh") {
    context.terminal.Out(ZshCompletion());
  } else {
    context.terminal.Out(FishCompletion());
  }
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_completion;
const Command kCommand_completion = {
    .name = "completion",
    .group = Group::kServe,
    .summary = "what a shell completes after strata",
    .arguments = "bash|zsh|fish",
    .notes = "An installed strata brings them along; this is for one that is not.",
    .example = "eval \"$(strata completion bash)\"",
    .needs = Needs::kNothing,
    .run = Run,
};

}  // namespace strata
