#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/diagnostic_text.h"
#include "base/json.h"
#include "command/context.h"
#include "command/line/running.h"
#include "command/line/test_results.h"
#include "command/line/test_server.h"
#include "command/line/words.h"
#include "shadow/translate_set.h"
#include "sql/load_set.h"
#include "verify/live.h"
#include "verify/scratch.h"

namespace strata {
namespace {

using verify::LiveResult;
using verify::LiveRoundtrip;

const char* ResultName(LiveResult result) {
  switch (result) {
    case LiveResult::kOk:
      return "ok";
    case LiveResult::kIrreversible:
      return "irreversible";
    case LiveResult::kDiffers:
      return "differs";
    case LiveResult::kUpFailed:
      return "up-failed";
    case LiveResult::kDownFailed:
      return "down-failed";
    case LiveResult::kUpAgainFailed:
      return "up-again-failed";
  }
  return "";
}

bool IsFinding(LiveResult result) {
  return result != LiveResult::kOk && result != LiveResult::kIrreversible;
}

Exit NoServer(Context& context, const absl::Status& status) {
  const char* required = std::getenv("STRATA_REQUIRE_POSTGRES");
  const bool may_skip =
      context.arguments.Has("--cluster") && (required == nullptr || *required == '\0');
  if (may_skip && absl::IsNotFound(status)) {
    context.terminal.Out(absl::StrFormat("skipped: %s\n", std::string(status.message())));
    return Exit::kSkipped;
  }
  return Fail(context, Exit::kUnreachable, std::string(status.message()),
              "--url postgresql://user@host/name, or install PostgreSQL's server programs");
}

const Migration* Find(const MigrationSet& set, std::uint64_t version) {
  for (const Migration& migration : set.migrations) {
    if (migration.version == version) return &migration;
  }
  return nullptr;
}

// The result as a diagnostic at the place that is to blame.
Diagnostic ToDiagnostic(const MigrationSet& set, const LiveRoundtrip& roundtrip) {
  const Migration& migration = *Find(set, roundtrip.migration);
  Diagnostic d;
  d.migration = roundtrip.migration;
  const bool down = roundtrip.result == LiveResult::kDownFailed ||
                    (roundtrip.result == LiveResult::kDiffers && roundtrip.after_down);
  d.direction = down ? Direction::kDown : Direction::kUp;
  d.file = std::string(down ? migration.down->file : migration.up.file);
  if (roundtrip.result == LiveResult::kDiffers) {
    d.cls = DiagnosticClass::kRoundtrip;
    d.rule = "roundtrip-differs";
    d.message = roundtrip.after_down
                    ? "the down script does not restore what was there before the up"
                    : "applied a second time, the up script makes something else";
    d.help = absl::StrJoin(roundtrip.differences, "; ");
    return d;
  }
  d.cls = DiagnosticClass::kReject;
  d.rule = ResultName(roundtrip.result);
  d.message = roundtrip.message;
  if (roundtrip.failure) {
    const Failure& failure = *roundtrip.failure;
    if (!failure.file.empty()) d.file = failure.file;
    d.span = {failure.begin, failure.end};
    d.message = failure.message;
    d.help = failure.hint;
  }
  return d;
}

std::string Json(const MigrationSet& set, const std::vector<LiveRoundtrip>& results) {
  JsonWriter json;
  json.BeginObject();
  json.Key("version").Int(1);
  json.Key("migrations").Unsigned(set.migrations.size());
  json.Key("roundtrip").BeginArray();
  for (const LiveRoundtrip& roundtrip : results) {
    json.BeginObject();
    json.Key("migration").Unsigned(roundtrip.migration);
    json.Key("result").String(ResultName(roundtrip.result));
    json.Key("differences").BeginArray();
    for (const std::string& difference : roundtrip.differences) json.String(difference);
    json.EndArray();
    if (!roundtrip.message.empty()) json.Key("message").String(roundtrip.message);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.text() + "\n";
}

// The scripts' texts, for line and column; a set baked in has no folder to print.
Sources SourcesOf(const Context& context) {
  if (context.loaded != nullptr) return context.loaded->sources;
  Sources sources;
  for (const Migration& migration : context.set->migrations) {
    sources.texts[std::string(migration.up.file)] = migration.up.text;
    if (migration.down) sources.texts[std::string(migration.down->file)] = migration.down->text;
  }
  return sources;
}

std::string ResultLine(const Context& context, const LiveRoundtrip& roundtrip) {
  const Migration& migration = *Find(*context.set, roundtrip.migration);
  return absl::StrFormat("%s %s: %s\n", VersionText(context.set, roundtrip.migration),
                         migration.name, ResultName(roundtrip.result));
}

std::string FindingText(const Context& context, const LiveRoundtrip& roundtrip, bool paints) {
  if (!IsFinding(roundtrip.result)) return "";
  return DiagnosticText(ToDiagnostic(*context.set, roundtrip), SourcesOf(context), paints);
}

void PrintResult(Context& context, const LiveRoundtrip& roundtrip) {
  if (context.settings.format != "text") return;
  if (!context.settings.quiet) context.terminal.Out(ResultLine(context, roundtrip));
  context.terminal.Err(FindingText(context, roundtrip, context.terminal.paints_err()));
}

// The last line: what was tried, and what was not.
std::string Summary(const Context& context, const std::vector<LiveRoundtrip>& results) {
  std::size_t counts[3] = {};
  for (const LiveRoundtrip& roundtrip : results) {
    if (roundtrip.result == LiveResult::kOk) ++counts[0];
    if (roundtrip.result == LiveResult::kIrreversible) ++counts[1];
    if (IsFinding(roundtrip.result)) ++counts[2];
  }
  const std::size_t all =
      context.arguments.Has("--only") ? results.size() : context.set->migrations.size();
  const std::string text =
      absl::StrFormat("%s up, down and up again: %d ok, %d irreversible, %d not ok",
                      Count(all, "migration"), counts[0], counts[1], counts[2]);
  const std::size_t left = all - results.size();
  return text + (left == 0 ? "\n" : absl::StrFormat(", %d not tried\n", left));
}

// For `strata result`: each migration's, and all of them.
absl::Status WriteResults(const Context& context, TestResults& folder,
                          const std::vector<LiveRoundtrip>& results) {
  std::string all, last;
  for (const LiveRoundtrip& roundtrip : results) {
    const std::string text =
        ResultLine(context, roundtrip) + FindingText(context, roundtrip, false);
    RETURN_IF_ERROR(
        folder.Write(std::to_string(roundtrip.migration), ResultName(roundtrip.result), text));
    all += text;
    last = ResultLine(context, roundtrip);
  }
  for (std::size_t i = results.size(); i < context.set->migrations.size(); ++i) {
    RETURN_IF_ERROR(folder.Write(std::to_string(context.set->migrations[i].version), "not-tried",
                                 "after " + last));
  }
  const bool good = std::none_of(results.begin(), results.end(),
                                 [](const LiveRoundtrip& r) { return IsFinding(r.result); });
  return folder.Write("summary", good ? "ok" : "findings", all + Summary(context, results));
}

// The one version that --only names, if it is given. Error: no such version.
absl::StatusOr<std::optional<std::uint64_t>> Only(const Context& context) {
  const std::optional<std::string> text = context.arguments.Value("--only");
  if (!text) return std::nullopt;
  ASSIGN_OR_RETURN(const std::uint64_t version, ParseVersion(*text));
  if (Find(*context.set, version) == nullptr) {
    return absl::InvalidArgumentError("version " + *text + " is not in the set");
  }
  return version;
}

// Says that there is no server, to whoever reads the results, too.
Exit Skip(Context& context, const absl::Status& why, std::optional<TestResults>& folder) {
  const Exit exit = NoServer(context, why);
  if (!folder || exit != Exit::kSkipped) return exit;
  const absl::Status written =
      folder->Write("skipped", "skipped", std::string(why.message()) + "\n");
  return written.ok() ? exit : ReportFailure(context, written);
}

// Runs the set, or the one migration, on a scratch database of that server.
absl::StatusOr<std::vector<LiveRoundtrip>> RunOn(Context& context, const std::string& url,
                                                 std::optional<std::uint64_t> only) {
  ASSIGN_OR_RETURN(const std::unique_ptr<verify::ScratchDatabase> scratch,
                   verify::ScratchDatabase::Make(url));
  Diagnostics approximations;  // said by `check`
  if (context.loaded != nullptr && url.rfind("sqlite:", 0) == 0 &&
      context.set->dialect == Dialect::kPostgres) {
    shadow::TranslateSet(context.loaded.get(), &approximations);
  }
  return verify::RunLive(*context.set, scratch->url(), only,
                         [&](const LiveRoundtrip& roundtrip) { PrintResult(context, roundtrip); });
}

Exit Run(Context& context) {
  const absl::StatusOr<std::optional<std::uint64_t>> only = Only(context);
  if (!only.ok()) return Fail(context, Exit::kUsage, std::string(only.status().message()));
  std::optional<TestResults> folder;
  if (const auto path = context.arguments.Value("--results")) {
    absl::StatusOr<TestResults> opened = TestResults::Open(*path);
    if (!opened.ok()) return ReportFailure(context, opened.status());
    folder = *std::move(opened);
  }
  const absl::StatusOr<TestServer> server = FindTestServer(context);
  if (!server.ok()) return Skip(context, server.status(), folder);
  const absl::StatusOr<std::vector<LiveRoundtrip>> results = RunOn(context, server->url, *only);
  if (!results.ok()) {
    return Fail(context, Exit::kUnreachable, std::string(results.status().message()));
  }
  if (context.settings.format == "json") {
    context.terminal.Out(Json(*context.set, *results));
  } else if (!context.settings.quiet) {
    context.terminal.Out(Summary(context, *results));
  }
  if (folder) {  // whoever reads them judges
    const absl::Status written = WriteResults(context, *folder, *results);
    return written.ok() ? Exit::kDone : ReportFailure(context, written);
  }
  const bool good = std::none_of(results->begin(), results->end(),
                                 [](const LiveRoundtrip& r) { return IsFinding(r.result); });
  return good ? Exit::kDone : Exit::kFindings;
}

}  // namespace

extern const Command kCommand_test;
const Command kCommand_test = {
    .name = "test",
    .group = Group::kProve,
    .summary = "up, down and up again on a real scratch database",
    .options =
        {
            {"--ephemeral", nullptr, "on a throw-away server, whatever the environment says"},
            {"--only", "V", "this migration alone, on top of the ones below it"},
            {"--cluster", "DIR", "on the server of `strata pg start --cluster DIR` (for CTest)"},
            {"--results", "DIR", "leave the findings there, each migration's apart (for CTest)"},
        },
    .notes =
        "Each migration is applied, rolled back and applied again; after each step the schema is\n"
        "read back from the database and compared. The scratch database is made on the server\n"
        "of --url, else of the environment's STRATA_TEST_DATABASE_URL, else on a throw-away\n"
        "server, and dropped afterwards. DATABASE_URL is not looked at. With an sqlite: URL it\n"
        "is a temporary file.",
    .example =
        "strata test\n"
        "strata test --url postgresql://localhost/postgres --only 4",
    .needs = Needs::kSet,
    .run = Run,
};

}  // namespace strata
