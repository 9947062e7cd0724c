#include <cstddef>
#include <map>

#include "base/diagnostic_text.h"
#include "base/json.h"
#include "report/findings.h"

namespace strata::report {
namespace {

// A URI reference: what is not unreserved in a path is written as %XX.
std::string Uri(const std::string& path) {
  static const char kHex[] = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '-' || c == '_' || c == '~';
    if (plain) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += '%';
      uri += kHex[byte >> 4];
      uri += kHex[byte & 15];
    }
  }
  return path.empty() || path[0] != '/' ? uri : "file://" + uri;
}

void WriteResult(JsonWriter& json, const Finding& finding, std::size_t rule) {
  const Diagnostic& d = *finding.diagnostic;
  json.BeginObject();
  json.Key("ruleId").String(d.rule);
  json.Key("ruleIndex").Unsigned(rule);
  json.Key("level").String(SeverityName(d.severity));
  json.Key("message").BeginObject().Key("text");
  json.String(d.help.empty() ? d.message : d.message + "\nhelp: " + d.help).EndObject();
  json.Key("locations").BeginArray().BeginObject().Key("physicalLocation").BeginObject();
  json.Key("artifactLocation").BeginObject().Key("uri").String(Uri(finding.path)).EndObject();
  json.Key("region").BeginObject();
  json.Key("startLine").Int(finding.begin.line).Key("startColumn").Int(finding.begin.column);
  json.Key("endLine").Int(finding.end.line).Key("endColumn").Int(finding.end.column);
  json.EndObject().EndObject().EndObject().EndArray().EndObject();
}

}  // namespace

std::string Sarif(const std::vector<Finding>& findings, const std::string& tool_version) {
  std::map<std::string, std::size_t> rules;
  for (const Finding& finding : findings) rules.emplace(finding.diagnostic->rule, 0);
  std::size_t next = 0;
  for (auto& [name, index] : rules) index = next++;

  JsonWriter json;
  json.BeginObject();
  json.Key("$schema").String("https://json.schemastore.org/sarif-2.1.0.json");
  json.Key("version").String("2.1.0");
  json.Key("runs").BeginArray().BeginObject();
  json.Key("tool").BeginObject().Key("driver").BeginObject();
  json.Key("name").String("strata").Key("version").String(tool_version);
  json.Key("rules").BeginArray();
  for (const auto& [name, index] : rules) json.BeginObject().Key("id").String(name).EndObject();
  json.EndArray().EndObject().EndObject();
  json.Key("columnKind").String("unicodeCodePoints");
  json.Key("results").BeginArray();
  for (const Finding& finding : findings) {
    WriteResult(json, finding, rules[finding.diagnostic->rule]);
  }
  json.EndArray().EndObject().EndArray().EndObject();
  return json.text() + "\n";
}

}  // namespace strata::report
