#include "absl/strings/str_format.h"
#include "base/diagnostic_text.h"
#include "base/json.h"
#include "command/context.h"
#include "command/line/drift.h"
#include "command/line/running.h"
#include "diff/words_of.h"
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

std::string Json(const VerifyReport& report, const diff::Steps* drift, const Sources& sources) {
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
  if (drift == nullptr) return json.EndArray().EndObject().text() + "\n";
  json.EndArray().Key("drift").BeginArray();
  for (std::size_t i = 0; i < drift->differences.size(); ++i) {
    const diff::Difference& d = drift->differences[i];
    json.BeginObject().Key("kind").String(diff::KindOf(d)).Key("object").String(d.object);
    json.Key("message").String(diff::InWords(d, "the database", "the migrations"));
    json.Key("sql").String(drift->sql[i]).EndObject();
  }
  json.EndArray().Key("not_checked").BeginArray();
  for (const diff::Difference& d : drift->unchecked)
    json.String(diff::InWords(d, "the database", "the migrations"));
  json.EndArray().Key("left_out").BeginArray();
  for (const std::string& object : drift->left_out) json.String(object);
  return json.EndArray().EndObject().text() + "\n";
}

void PrintDrift(Context& context, const diff::Steps& drift) {
  for (const diff::Difference& difference : drift.differences) {
    context.terminal.Err("drift: " + diff::InWords(difference, "the database", "the migrations") +
                         "\n");
  }
  const std::size_t unchecked = drift.unchecked.size();
  if (unchecked > 0 && !context.settings.verbose) {
    context.terminal.Err("note: " + Count(unchecked, "difference") +
                         " not judged, over what the migrations make in a way that cannot be "
                         "followed; --verbose lists them\n");
  }
  for (const diff::Difference& difference : drift.unchecked) {
    if (!context.settings.verbose) break;
    context.terminal.Err(
        "note: not checked: " + diff::InWords(difference, "the database", "the migrations") +
        "; the migrations make it in a way that cannot be followed\n");
  }
  if (!drift.differences.empty())
    context.terminal.Err("help: this would undo it\n\n" + drift.script + "\n");
}

// What a postgres set has made on SQLite is compared by its history and verify scripts alone.
bool ComparesSchema(const Context& context) {
  const bool on_sqlite = context.url.rfind("sqlite:", 0) == 0;
  return !context.arguments.Has("--no-drift") &&
         (context.set->dialect == Dialect::kSqlite) == on_sqlite;
}

Exit Run(Context& context) {
  absl::StatusOr<VerifyReport> report = Verify(*context.set, context.url, RunOptions(context));
  if (!report.ok()) return ReportFailure(context, report.status());
  diff::Steps drift;
  if (ComparesSchema(context)) {
    absl::StatusOr<diff::Steps> found = DriftOf(context);
    if (!found.ok()) return ReportFailure(context, found.status());
    drift = *std::move(found);
  }
  const std::size_t findings = report->findings.size() + drift.differences.size();
  const Sources sources = TextsOf(context);
  if (context.settings.format == "json") {
    context.terminal.Out(Json(*report, ComparesSchema(context) ? &drift : nullptr, sources));
  } else {
    for (const VerifyFinding& finding : report->findings) {
      context.terminal.Err(
          DiagnosticText(AsDiagnostic(finding), sources, context.terminal.paints_err()));
    }
    PrintDrift(context, drift);
    if (report->applied == 0) {
      context.terminal.Err(
          "note: no migration is recorded here: strata up applies them, strata stamp head records "
          "them where the schema was made otherwise\n");
    }
    if (!context.settings.quiet) {
      context.terminal.Out(absl::StrFormat(
          "%s compared, %d verify quer%s run, %s\n", Count(report->applied, "applied migration"),
          report->queries, report->queries == 1 ? "y" : "ies",
          findings == 0 ? "all as it should be" : Count(findings, "finding")));
    }
  }
  return findings == 0 ? Exit::kDone : Exit::kFindings;
}

}  // namespace

extern const Command kCommand_verify;
const Command kCommand_verify = {
    .name = "verify",
    .group = Group::kAsk,
    .summary = "compare the live database with the set",
    .options = {{"--no-drift", nullptr, "do not compare the schema itself"}},
    .notes =
        "Checksums of what was applied, and the verify scripts, run in a read-only transaction\n"
        "that is rolled back; and the schema itself against what the applied migrations make, "
        "with\n"
        "the SQL that would undo each difference. Safe on production. Exits 1 where anything\n"
        "differs.",
    .example = "strata verify --url postgresql://localhost/shop",
    .needs = Needs::kDatabase,
    .run = Run,
};

}  // namespace strata
