#include "absl/strings/str_format.h"
#include "base/diagnostic_text.h"
#include "base/json.h"
#include "command/context.h"
#include "command/line/running.h"
#include "sql/load_set.h"

namespace strata {
namespace {

const char* KindName(VerifyFinding::Kind kind) {
  switch (kind) {
    case VerifyFinding::Kind::kModified:
      return "modified";
    case VerifyFinding::Kind::kDownModified:
      return "down-modified";
    case VerifyFinding::Kind::kVerifyModified:
      return "verify-modified";
    case VerifyFinding::Kind::kMissing:
      return "missing";
    case VerifyFinding::Kind::kDirty:
      return "dirty";
    case VerifyFinding::Kind::kVerifyFailed:
      return "verify-failed";
  }
  return "";
}

Diagnostic AsDiagnostic(const VerifyFinding& finding) {
  Diagnostic diagnostic;
  diagnostic.rule = KindName(finding.kind);
  diagnostic.message = finding.message;
  diagnostic.file = finding.file;
  diagnostic.span = {finding.begin, finding.end};
  diagnostic.migration = finding.version;
  return diagnostic;
}

// The texts that the findings' places are counted in.
Sources TextsOf(const Context& context) {
  if (context.loaded != nullptr) return context.loaded->sources;
  Sources sources;
  for (const Migration& migration : context.set->migrations) {
    if (migration.verify) {
      sources.texts[std::string(migration.verify->file)] = migration.verify->text;
    }
  }
  return sources;
}

std::string Json(const VerifyReport& report, const Sources& sources) {
  JsonWriter json;
  json.BeginObject().Key("applied").Unsigned(report.applied);
  json.Key("queries").Unsigned(report.queries).Key("findings").BeginArray();
  for (const VerifyFinding& finding : report.findings) {
    const LineColumn place = PlaceOf(sources.TextOf(finding.file), finding.begin);
    json.BeginObject().Key("kind").String(KindName(finding.kind));
    json.Key("version").Unsigned(finding.version).Key("name").String(finding.name);
    json.Key("file").String(finding.file).Key("line").Int(place.line);
    json.Key("column").Int(place.column).Key("message").String(finding.message).EndObject();
  }
  return json.EndArray().EndObject().text() + "\n";
}

Exit Run(Context& context) {
  absl::StatusOr<VerifyReport> report = Verify(*context.set, context.url, RunOptions(context));
  if (!report.ok()) return ReportFailure(context, report.status());
  const Sources sources = TextsOf(context);
  if (context.settings.format == "json") {
    context.terminal.Out(Json(*report, sources));
  } else {
    for (const VerifyFinding& finding : report->findings) {
      context.terminal.Err(
          DiagnosticText(AsDiagnostic(finding), sources, context.terminal.paints_err()));
    }
    if (!context.settings.quiet) {
      context.terminal.Out(absl::StrFormat(
          "%s compared, %d verify quer%s run, %s\n", Count(report->applied, "applied migration"),
          report->queries, report->queries == 1 ? "y" : "ies",
          report->findings.empty() ? "all as it should be"
                                   : Count(report->findings.size(), "finding")));
    }
  }
  return report->findings.empty() ? Exit::kDone : Exit::kFindings;
}

}  // namespace

extern const Command kCommand_verify;
const Command kCommand_verify = {
    .name = "verify",
    .group = Group::kAsk,
    .summary = "compare the live database with the set",
    .notes =
        "Checksums of what was applied, and the verify scripts, run in a read-only transaction\n"
        "that is rolled back: safe on production. Exits 1 where anything differs.",
    .example = "strata verify --url postgresql://localhost/shop",
    .needs = Needs::kDatabase,
    .run = Run,
};

}  // namespace strata
