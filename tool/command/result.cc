#include "command/context.h"
#include "command/line/test_results.h"
#include "command/line/words.h"

namespace strata {
namespace {

Exit Run(Context& context) {
  const std::vector<std::string>& words = context.arguments.positional;
  std::optional<std::uint64_t> version;
  if (words.size() > 1) {
    const absl::StatusOr<std::uint64_t> parsed = ParseVersion(words[1]);
    if (!parsed.ok()) return Fail(context, Exit::kUsage, std::string(parsed.status().message()));
    version = *parsed;
  }
  const absl::StatusOr<TestResult> result = ReadTestResult(words[0], version);
  if (!result.ok()) return Fail(context, Exit::kFailed, std::string(result.status().message()));
  const std::string& word = result->word;
  const bool good = word == "ok" || word == "irreversible";
  const bool skipped = word == "skipped" || word == "not-tried";
  if (skipped) context.terminal.Out(word == "skipped" ? "skipped: " : "not tried: ");
  good || skipped ? context.terminal.Out(result->text) : context.terminal.Err(result->text);
  return good ? Exit::kDone : skipped ? Exit::kSkipped : Exit::kFindings;
}

}  // namespace

extern const Command kCommand_result;
const Command kCommand_result = {
    .name = "result",
    .group = Group::kInternal,
    .summary = "report what strata test --results found (a test of the build)",
    .arguments = "DIR [VERSION]",
    .example = "strata result build/strata/shop_schema/postgres 4",
    .needs = Needs::kNothing,
    .run = Run,
};

}  // namespace strata
