#include "command/context.h"
#include "command/line/help.h"

namespace strata {
namespace {

Exit Run(Context& context) {
  context.terminal.Out(VersionLine());
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_version;
const Command kCommand_version = {
    .name = "version",
    .summary = "print the version",
    .example = "strata version",
    .run = Run,
};

}  // namespace strata
