#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "base/diagnostic_text.h"
#include "base/valid_utf8.h"
#include "report/findings.h"

namespace strata::report {
namespace {

std::string Data(const std::string& text) {
  return absl::StrReplaceAll(ValidUtf8(text), {{"%", "%25"}, {"\r", "%0D"}, {"\n", "%0A"}});
}

std::string Property(const std::string& text) {
  return absl::StrReplaceAll(Data(text), {{":", "%3A"}, {",", "%2C"}});
}

}  // namespace

std::string GithubAnnotations(const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& finding : findings) {
    const Diagnostic& d = *finding.diagnostic;
    const std::string_view level =
        d.severity == Severity::kNote ? "notice" : SeverityName(d.severity);
    absl::StrAppendFormat(&out, "::%s file=%s,line=%d,col=%d", level, Property(finding.path),
                          finding.begin.line, finding.begin.column);
    if (finding.end.line == finding.begin.line) {
      absl::StrAppendFormat(&out, ",endColumn=%d", finding.end.column);
    } else {
      absl::StrAppendFormat(&out, ",endLine=%d", finding.end.line);
    }
    absl::StrAppendFormat(&out, ",title=%s::%s", Property(d.rule),
                          Data(d.help.empty() ? d.message : d.message + "\nhelp: " + d.help));
    out += '\n';
  }
  return out;
}

}  // namespace strata::report
