#include "verify/check.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "base/diagnostic_text.h"
#include "base/keep.h"
#include "command/context.h"
#include "command/line/checking.h"
#include "command/line/words.h"
#include "report/check_json.h"
#include "sql/load_set.h"

namespace strata {
namespace {

std::size_t CountOf(const Diagnostics& diagnostics, Severity severity) {
  return static_cast<std::size_t>(std::count_if(
      diagnostics.begin(), diagnostics.end(),
      [severity](const Diagnostic& diagnostic) { return diagnostic.severity == severity; }));
}

std::string RoundtripText(const verify::CheckResult& result) {
  std::string text;
  for (const verify::RoundtripResult kind :
       {verify::RoundtripResult::kOk, verify::RoundtripResult::kDiffers,
        verify::RoundtripResult::kDownFailed, verify::RoundtripResult::kIrreversible,
        verify::RoundtripResult::kNotChecked}) {
    const auto number = std::count_if(
        result.roundtrip.begin(), result.roundtrip.end(),
        [kind](const verify::Roundtrip& roundtrip) { return roundtrip.result == kind; });
    if (number == 0) continue;
    absl::StrAppendFormat(&text, "%s%d %s", text.empty() ? "; round trips: " : ", ", number,
                          report::RoundtripName(kind));
  }
  return text;
}

std::string ClosingLine(const verify::CheckResult& result) {
  return absl::StrFormat(
      "%s checked in %s: %s, %s; %s: %d executed, %d modelled, %d not "
      "checked%s\n",
      Count(static_cast<std::size_t>(result.migrations), "migration"),
      DurationText(result.elapsed_ms),
      Count(CountOf(result.diagnostics, Severity::kError), "error"),
      Count(CountOf(result.diagnostics, Severity::kWarning), "warning"),
      Count(static_cast<std::size_t>(result.statements.Total()), "statement"),
      result.statements.executed, result.statements.modelled, result.statements.skipped,
      RoundtripText(result));
}

void PrintText(Context& context, const verify::CheckResult& result) {
  for (const Diagnostic& diagnostic : result.diagnostics) {
    const bool note = diagnostic.severity == Severity::kNote;
    if (note && diagnostic.cls == DiagnosticClass::kCoverage && !context.settings.verbose) continue;
    if (note && context.settings.quiet) continue;
    context.terminal.Err(
        DiagnosticText(diagnostic, context.loaded->sources, context.terminal.paints_err()));
  }
  if (!context.settings.quiet) context.terminal.Out(ClosingLine(result));
}

void Print(Context& context, const verify::CheckResult& result) {
  const std::string& format = context.settings.format;
  if (format == "text") return PrintText(context, result);
  const std::vector<report::Finding> findings =
      report::Resolve(result.diagnostics, context.loaded->sources);
  std::string text;
  if (format == "json") text = report::CheckJson(result, findings, context.set->dialect);
  if (format == "github") text = report::GithubAnnotations(findings);
  if (format == "sarif") text = report::Sarif(findings, STRATA_VERSION);
  if (format == "gitlab") text = report::GitlabCodeQuality(findings);
  if (format == "junit") text = report::Junit(findings, *context.set);
  context.terminal.Out(text);
}

// Keeps what concerns one migration; what concerns the folder as a whole concerns each.
void KeepOnly(std::uint64_t version, verify::CheckResult* result) {
  auto& found = result->diagnostics;
  found.erase(std::remove_if(found.begin(), found.end(),
                             [version](const Diagnostic& d) {
                               return d.migration && *d.migration != version;
                             }),
              found.end());
  auto& trips = result->roundtrip;
  trips.erase(std::remove_if(
                  trips.begin(), trips.end(),
                  [version](const verify::Roundtrip& trip) { return trip.migration != version; }),
              trips.end());
}

Exit Run(Context& context) {
  double min_coverage = 0;
  if (const auto given = context.arguments.Value("--min-coverage")) {
    if (!absl::SimpleAtod(*given, &min_coverage) || !(min_coverage >= 0 && min_coverage <= 100)) {
      return Fail(context, Exit::kUsage,
                  absl::StrFormat("--min-coverage cannot be \"%s\": it is a percentage", *given));
    }
  }
  verify::CheckOptions options;
  options.roundtrip = !context.arguments.Has("--no-roundtrip");
  verify::CheckResult result = CheckLoaded(context, options);
  KeepToTheEnd(std::move(result.remains));
  KeepToTheEnd(context.loaded);
  if (const auto only = context.arguments.Value("--only")) {
    const absl::StatusOr<std::uint64_t> version = ParseVersion(*only);
    if (!version.ok()) return Fail(context, Exit::kUsage, std::string(version.status().message()));
    KeepOnly(*version, &result);
  }
  Print(context, result);
  if (result.statements.Coverage() < min_coverage) {
    return Fail(context, Exit::kFindings,
                absl::StrFormat("%.1f %% of the statements were analysed, --min-coverage is %g %%",
                                result.statements.Coverage(), min_coverage),
                "--verbose says what was not, and why");
  }
  const bool warned = CountOf(result.diagnostics, Severity::kWarning) > 0;
  const bool findings =
      HasErrors(result.diagnostics) || (warned && context.arguments.Has("--werror"));
  return findings ? Exit::kFindings : Exit::kDone;
}

}  // namespace

extern const Command kCommand_check;
const Command kCommand_check = {
    .name = "check",
    .group = Group::kProve,
    .summary = "prove the set without a server: names, seal, SQL, lint, round trips",
    .options = {{"--no-roundtrip", nullptr, "leave out up, down, compare, up"},
                {"--min-coverage", "PERCENT", "fail where fewer statements were analysed"},
                {"--werror", nullptr, "warnings too are findings (exit 1)"},
                {"--sealed", nullptr, "a migration that is not sealed is an error"},
                {"--only", "V", "report on this migration alone"}},
    .notes =
        "Touches no database. Exits 1 where there are errors; what could "
        "not be checked is\n"
        "counted in the last line, and --verbose says why.",
    .example =
        "strata check\n"
        "strata check --format sarif > findings.sarif",
    .needs = Needs::kFiles,
    .prints_findings = true,
    .run = Run,
};

}  // namespace strata
