#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>

#include "absl/strings/str_format.h"
#include "base/valid_utf8.h"
#include "report/findings.h"

namespace strata::report {
namespace {

// Text for XML 1.0, attribute or content: control characters have no place in it.
std::string Xml(const std::string& text) {
  std::string out;
  for (const char c : ValidUtf8(text)) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\n' || c == '\t') {
      out += c == '\n' ? "&#10;" : "&#9;";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  return out;
}

struct Case {
  std::string name;
  std::string failures;
  std::size_t failed = 0;
};

void Add(Case& test, const Finding& finding) {
  const Diagnostic& d = *finding.diagnostic;
  if (d.severity == Severity::kNote) return;
  ++test.failed;
  const std::string place =
      absl::StrFormat("%s:%d:%d", finding.path, finding.begin.line, finding.begin.column);
  absl::StrAppendFormat(&test.failures, "      <failure type=\"%s\" message=\"%s\">%s</failure>\n",
                        Xml(d.rule), Xml(d.message),
                        Xml(d.help.empty() ? place : place + "\nhelp: " + d.help));
}

}  // namespace

std::string Junit(const std::vector<Finding>& findings, const MigrationSet& set) {
  std::vector<Case> cases;
  std::map<std::uint64_t, std::size_t> owners;
  for (const Migration& migration : set.migrations) {
    owners[migration.version] = cases.size();
    const std::string_view file = migration.up.file;
    cases.push_back({std::string(file.substr(0, file.rfind(".up.sql"))), "", 0});
  }
  Case folder{"the folder", "", 0};
  for (const Finding& finding : findings) {
    const auto owner = owners.find(finding.diagnostic->migration.value_or(0));
    const bool owned = finding.diagnostic->migration.has_value() && owner != owners.end();
    Add(owned ? cases[owner->second] : folder, finding);
  }
  if (folder.failed > 0 || cases.empty()) cases.push_back(folder);

  std::size_t failed = 0;
  std::string body;
  for (const Case& test : cases) {
    failed += test.failed > 0 ? 1 : 0;
    absl::StrAppendFormat(&body, "    <testcase classname=\"strata\" name=\"%s\"", Xml(test.name));
    body += test.failures.empty() ? "/>\n" : ">\n" + test.failures + "    </testcase>\n";
  }
  return absl::StrFormat(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
      "  <testsuite name=\"strata\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\">\n"
      "%s  </testsuite>\n</testsuites>\n",
      cases.size(), failed, body);
}

}  // namespace strata::report
