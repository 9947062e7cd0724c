#include "command/line/checking.h"

#include <algorithm>
#include <utility>

#include "base/diagnostic_text.h"
#include "sql/load_set.h"

namespace strata {
namespace {

bool Same(const Diagnostic& a, const Diagnostic& b) {
  return a.rule == b.rule && a.file == b.file && a.span == b.span && a.message == b.message;
}

// The model takes a set whose names and directives are sound; where they are
// not, their faults are what there is to say.
}  // namespace

verify::CheckResult CheckLoaded(const Context& context, const verify::CheckOptions& options) {
  const bool sound =
      std::none_of(context.diagnostics.begin(), context.diagnostics.end(), [](const Diagnostic& d) {
        return d.cls == DiagnosticClass::kIntegrity && d.severity == Severity::kError;
      });
  verify::CheckResult result;
  result.migrations = static_cast<int>(context.set->migrations.size());
  if (sound) result = verify::Check(*context.loaded, options);
  Diagnostics all = context.diagnostics;
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
