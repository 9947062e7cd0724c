#include "report/page.h"

#include "absl/strings/str_format.h"
#include "base/diagnostic_text.h"
#include "report/check_json.h"
#include "report/diagram.h"
#include "report/html.h"
#include "report/lock_table.h"

namespace strata::report {
namespace {

// The first comment lines of a script say what it is for, where they are no directives.
std::string FirstComment(std::string_view text) {
  std::string comment;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.substr(0, 2) != "--") break;
    line.remove_prefix(std::min(line.size(), line.find_first_not_of("- ")));
    if (line.substr(0, 7) == "strata:") continue;
    comment.append(comment.empty() ? "" : " ").append(line);
  }
  return comment;
}

std::string RoundtripCell(const PageInput& input, std::uint64_t version) {
  for (const verify::Roundtrip& roundtrip : input.check->roundtrip) {
    if (roundtrip.migration != version) continue;
    const bool good = roundtrip.result == verify::RoundtripResult::kOk;
    const bool bad = roundtrip.result == verify::RoundtripResult::kDiffers ||
                     roundtrip.result == verify::RoundtripResult::kDownFailed;
    std::string cell = absl::StrFormat("<span class=\"%s\">%s</span>",
                                       good  ? "good"
                                       : bad ? "bad"
                                             : "soft",
                                       RoundtripName(roundtrip.result));
    for (const std::string& difference : roundtrip.differences) {
      cell += "<br><span class=\"soft\">" + Html(difference) + "</span>";
    }
    return cell;
  }
  return "";
}

std::string Timeline(const PageInput& input) {
  std::string rows;
  for (const Migration& migration : input.set->set.migrations) {
    const std::string_view file = migration.up.file;
    std::string remark = Html(FirstComment(migration.up.text));
    if (!migration.irreversible.empty()) {
      remark += absl::StrFormat("%s<span class=\"warn\">irreversible: %s</span>",
                                remark.empty() ? "" : "<br>", Html(migration.irreversible));
    }
    absl::StrAppendFormat(
        &rows,
        "<tr><td><code>%s</code></td><td><code>%s</code></td><td>%d</td><td>%s</td><td>%s</td>"
        "<td>%s</td></tr>\n",
        Html(file.substr(0, file.find('_'))), Html(migration.name), migration.up.statements.size(),
        migration.up.transactional ? "one transaction" : "outside a transaction",
        RoundtripCell(input, migration.version), remark);
  }
  return "<table><tr><th>version</th><th>name</th><th>statements</th><th>runs in</th>"
         "<th>round trip</th><th></th></tr>\n" +
         rows + "</table>\n";
}

std::string FindingRows(const PageInput& input) {
  std::string rows;
  for (const Diagnostic& d : input.check->diagnostics) {
    if (d.severity == Severity::kNote) continue;
    const int line = PlaceOf(input.set->sources.TextOf(d.file), d.span.begin).line;
    absl::StrAppendFormat(&rows,
                          "<tr><td class=\"%s\">%s</td><td><code>%s:%d</code></td><td>%s<br>"
                          "<span class=\"soft\">%s</span></td><td><code>%s</code></td></tr>\n",
                          d.severity == Severity::kError ? "bad" : "warn",
                          std::string(SeverityName(d.severity)), Html(d.file), line,
                          Html(d.message), Html(d.help), Html(d.rule));
  }
  if (rows.empty()) return "<p class=\"good\">None.</p>\n";
  return "<table><tr><th></th><th>where</th><th>what</th><th>rule</th></tr>\n" + rows +
         "</table>\n";
}

std::string Summary(const PageInput& input) {
  const verify::StatementCounts& counts = input.check->statements;
  return absl::StrFormat(
      "<p>%d migrations, %d statements checked offline: %d executed, %d modelled, %d not "
      "checked.</p>\n",
      input.check->migrations, counts.Total(), counts.executed, counts.modelled, counts.skipped);
}

}  // namespace

std::string SetPage(const PageInput& input) {
  std::string body = "<h1>" + Html(input.title) + "</h1>\n" + Summary(input);
  const std::string diagram = input.catalog == nullptr ? "" : SchemaDiagram(*input.catalog);
  if (!diagram.empty()) {
    body += "<h2>The schema after all of them</h2>\n<div class=\"wide\">" + diagram +
            "</div>\n<p class=\"soft\"># primary key, ? may be null</p>\n";
  }
  body += "<h2>Migrations</h2>\n<div class=\"wide\">" + Timeline(input) + "</div>\n";
  body += "<h2>Findings</h2>\n<div class=\"wide\">" + FindingRows(input) + "</div>\n";
  if (input.catalog != nullptr) {
    const std::string locks = LockTableHtml(input.locks, input.set->sources);
    body +=
        "<h2>Locks</h2>\n<p class=\"soft\">What each statement locks on tables that stood before "
        "its migration, and what waits for it.</p>\n<div class=\"wide\">" +
        (locks.empty() ? "<p class=\"good\">None.</p>\n" : locks) + "</div>\n";
  }
  return HtmlPage(input.title, body);
}

}  // namespace strata::report
