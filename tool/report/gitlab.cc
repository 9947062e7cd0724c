#include "base/json.h"
#include "base/sha256.h"
#include "report/findings.h"

namespace strata::report {
namespace {

const char* GitlabSeverity(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "info";
    case Severity::kWarning:
      return "minor";
    case Severity::kError:
      return "major";
  }
  return "info";
}

// The same finding keeps its fingerprint while lines above it move.
std::string Fingerprint(const Diagnostic& d) {
  return Sha256Hex(d.file + '\n' + d.rule + '\n' + d.message).substr(0, 40);
}

}  // namespace

std::string GitlabCodeQuality(const std::vector<Finding>& findings) {
  JsonWriter json;
  json.BeginArray();
  for (const Finding& finding : findings) {
    const Diagnostic& d = *finding.diagnostic;
    json.BeginObject();
    json.Key("type").String("issue");
    json.Key("check_name").String(d.rule);
    json.Key("description").String(d.help.empty() ? d.message : d.message + " (" + d.help + ")");
    json.Key("categories").BeginArray().String("Bug Risk").EndArray();
    json.Key("severity").String(GitlabSeverity(d.severity));
    json.Key("fingerprint").String(Fingerprint(d));
    json.Key("location").BeginObject().Key("path").String(finding.path);
    json.Key("lines").BeginObject().Key("begin").Int(finding.begin.line);
    json.Key("end").Int(finding.end.line).EndObject();
    json.EndObject().EndObject();
  }
  return json.EndArray().text() + "\n";
}

}  // namespace strata::report
