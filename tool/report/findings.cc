#include "report/findings.h"

#include <utility>

#include "base/files.h"

namespace strata::report {

std::vector<Finding> Resolve(const Diagnostics& diagnostics, const Sources& sources) {
  std::vector<Finding> findings;
  findings.reserve(diagnostics.size());
  for (const Diagnostic& diagnostic : diagnostics) {
    Finding finding{&diagnostic, sources.folder, {}, {}};
    if (!diagnostic.file.empty()) {
      finding.path = JoinPath(sources.folder, diagnostic.file);
      const std::string_view text = sources.TextOf(diagnostic.file);
      finding.begin = PlaceOf(text, diagnostic.span.begin);
      finding.end = PlaceOf(text, diagnostic.span.end);
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace strata::report
