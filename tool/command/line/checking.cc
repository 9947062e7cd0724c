#include "command/line/checking.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/diagnostic_text.h"
#include "command/line/lint_settings.h"
#include "sql/load_set.h"

namespace strata {
namespace {

// The files are judged without the schema first; what is said of them then is not said again.
bool Same(const Diagnostic& a, const Diagnostic& b) {
  return a.file == b.file && a.span == b.span && a.message == b.message;
}

// strata.toml cannot be read: said beside what the check finds without it.
Diagnostic Misconfigured(const absl::Status& status) {
  Diagnostic diagnostic;
  diagnostic.rule = "bad-configuration";
  diagnostic.message = std::string(status.message());
  return diagnostic;
}

// Whether a script is not in the set, or not in its place: what the others do then is guesswork.
bool LeavesOut(const Diagnostic& d) {
  static constexpr std::array<std::string_view, 12> kRules = {
      "empty-folder",  "bad-file-name",      "unreadable-file",  "invalid-utf8",
      "nul-byte",      "no-up-file",         "down-without-up",  "duplicate-version",
      "name-mismatch", "baseline-not-first", "baseline-version", "sealed-deleted"};
  return d.severity == Severity::kError &&
         std::find(kRules.begin(), kRules.end(), d.rule) != kRules.end();
}

}  // namespace

verify::CheckResult CheckLoaded(const Context& context, const verify::CheckOptions& options) {
  const bool whole =
      std::none_of(context.diagnostics.begin(), context.diagnostics.end(), LeavesOut);
  verify::CheckResult result;
  result.migrations = static_cast<int>(context.set->migrations.size());
  Diagnostics all = context.diagnostics;
  verify::CheckOptions with = options;
  absl::StatusOr<lint::Settings> settings;
  if (whole && with.lint == nullptr) {
    settings = LintSettings(context, std::nullopt);
    if (settings.ok()) {
      with.lint = &*settings;
    } else {
      all.push_back(Misconfigured(settings.status()));
    }
  }
  if (whole) result = verify::Check(*context.loaded, with);
  for (Diagnostic& diagnostic : result.diagnostics) {
    const bool said = std::any_of(context.diagnostics.begin(), context.diagnostics.end(),
                                  [&](const Diagnostic& other) { return Same(other, diagnostic); });
    if (!said) all.push_back(std::move(diagnostic));
  }
  SortByPlace(&all);
  result.diagnostics = std::move(all);
  return result;
}

}  // namespace strata
