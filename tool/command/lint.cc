#include "lint/lint.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "base/diagnostic_text.h"
#include "base/files.h"
#include "command/context.h"
#include "command/line/lint_settings.h"
#include "command/line/words.h"
#include "lint/apply_fixes.h"
#include "report/check_json.h"
#include "report/lock_table.h"
#include "sql/load_set.h"

namespace strata {
namespace {

Exit PrintLocks(Context& context, const lint::Settings& settings) {
  const std::vector<lint::LockRow> rows = lint::LockTable(*context.loaded, settings);
  const Sources& sources = context.loaded->sources;
  const std::string text = context.settings.format == "json" ? report::LockTableJson(rows, sources)
                           : context.arguments.Has("--markdown")
                               ? report::LockTableMarkdown(rows, sources)
                               : report::LockTableText(rows, sources);
  context.terminal.Out(text.empty() ? "no table is locked that stood before\n" : text);
  return Exit::kDone;
}

Exit WriteFixes(Context& context, const std::vector<lint::FixableFinding>& fixable) {
  const std::vector<lint::ChangedFile> files = lint::ApplyFixes(*context.loaded, fixable);
  for (const lint::ChangedFile& file : files) {
    const absl::Status status = WriteFile(JoinPath(context.settings.dir, file.name), file.text);
    if (!status.ok()) return Fail(context, Exit::kUsage, std::string(status.message()));
    context.terminal.Out(std::string(file.is_new ? "wrote " : "changed ") + file.name + "\n");
  }
  if (files.empty()) context.terminal.Out("nothing that could be mended by itself\n");
  return Exit::kDone;
}

void PrintText(Context& context, const Diagnostics& diagnostics, std::size_t judged) {
  const Sources& sources = context.loaded->sources;
  context.terminal.Err(DiagnosticsText(diagnostics, sources, context.terminal.paints_err()));
  if (context.settings.quiet) return;
  std::size_t counts[3] = {};
  for (const Diagnostic& d : diagnostics) ++counts[static_cast<int>(d.severity)];
  std::string line = Count(judged, "migration") + " judged";
  const std::size_t context_only = context.set->migrations.size() - judged;
  if (context_only > 0) line += absl::StrFormat(", %d older as context", context_only);
  line += ": " + Count(counts[static_cast<int>(Severity::kError)], "error") + ", " +
          Count(counts[static_cast<int>(Severity::kWarning)], "warning") + ", " +
          Count(counts[static_cast<int>(Severity::kNote)], "note") + "\n";
  context.terminal.Out(line);
}

void PrintFindings(Context& context, const Diagnostics& diagnostics, std::size_t judged) {
  const std::string& format = context.settings.format;
  if (format == "text") return PrintText(context, diagnostics, judged);
  const std::vector<report::Finding> findings =
      report::Resolve(diagnostics, context.loaded->sources);
  if (format == "github") context.terminal.Out(report::GithubAnnotations(findings));
  if (format == "sarif") context.terminal.Out(report::Sarif(findings, STRATA_VERSION));
  if (format == "gitlab") context.terminal.Out(report::GitlabCodeQuality(findings));
  if (format == "junit") context.terminal.Out(report::Junit(findings, *context.set));
  if (format != "json") return;
  verify::CheckResult result;
  result.migrations = static_cast<int>(judged);
  context.terminal.Out(report::CheckJson(result, findings, context.set->dialect));
}

Exit Run(Context& context) {
  if (context.loaded == nullptr)
    return Fail(context, Exit::kUsage, "a set that is baked in has no files to lint");
  absl::StatusOr<lint::Settings> settings =
      LintSettings(context, context.arguments.Value("--since"));
  if (!settings.ok()) return Fail(context, Exit::kUsage, std::string(settings.status().message()));
  if (context.arguments.Has("--locks")) return PrintLocks(context, *settings);

  std::vector<lint::FixableFinding> fixable;
  const bool broken = HasErrors(context.diagnostics);
  Diagnostics diagnostics = context.diagnostics;
  if (!broken) {
    const Diagnostics found = lint::Lint(*context.loaded, *settings, &fixable);
    diagnostics.insert(diagnostics.end(), found.begin(), found.end());
  }
  if (context.arguments.Has("--fix") && !broken) return WriteFixes(context, fixable);
  const auto& migrations = context.set->migrations;
  const std::size_t judged = std::count_if(
      migrations.begin(), migrations.end(),
      [&](const Migration& m) { return !settings->since || m.version >= *settings->since; });
  PrintFindings(context, diagnostics, judged);
  const bool loud = std::any_of(diagnostics.begin(), diagnostics.end(),
                                [](const Diagnostic& d) { return d.severity != Severity::kNote; });
  return loud ? Exit::kFindings : Exit::kDone;
}

}  // namespace

extern const Command kCommand_lint;
const Command kCommand_lint = {
    .name = "lint",
    .group = Group::kProve,
    .summary = "name what is dangerous in production, with the safe way beside it",
    .options = {{"--since", "V", "judge what is newer than this version or revision", ""},
                {"--locks", nullptr, "print which statement locks which table, and for how long",
                 ""},
                {"--markdown", nullptr, "with --locks: as a table for a pull request", ""},
                {"--fix", nullptr, "write the safe form where a machine can", ""}},
    .notes =
        "Without --since, sealed migrations are context only; without a seal, on a branch, those\n"
        "that the shared branch has. Severities stand in strata.toml under [lint.rules]; a "
        "finding\n"
        "that is meant is allowed above its statement: -- strata: allow RULE \"reason\".\n"
        "Exits 1 where there is a warning or an error.",
    .example = "strata lint --since main\nstrata lint --locks --markdown",
    .needs = Needs::kFiles,
    .run = Run,
};

}  // namespace strata
