#include "embed/embed.h"

#include <sys/stat.h>

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/diagnostic_text.h"
#include "base/files.h"
#include "base/keep.h"
#include "command/context.h"
#include "command/line/lint_settings.h"
#include "command/line/words.h"
#include "embed/outputs.h"
#include "embed/proof.h"
#include "migration/blob.h"
#include "shadow/translate_set.h"
#include "sql/load_set.h"
#include "verify/check.h"

namespace strata {
namespace {

struct Paths {
  std::string blob;
  std::string source;
  std::string header;
  std::string tests;
  std::string depfile;
  std::string proof;
  std::string stamp;
};

Paths PathsIn(const std::string& out, const std::string& target) {
  return {out + "/" + target + ".blob",
          out + "/" + target + ".cc",
          out + "/include/" + target + ".h",
          out + "/tests.cmake",
          out + "/depfile",
          out + "/proof",
          out + "/stamp"};
}

std::string Required(const Context& context, const char* option) {
  return context.arguments.Value(option).value_or("");
}

// What the result depends on, read before anything else is.
struct State {
  std::vector<std::string> folders;  // where a file that is new would matter
  std::vector<std::string> inputs;
  std::string key;    // the tool, its options and its configuration
  std::string files;  // the set's files
  std::string Text() const { return key + files; }
};

std::string Parent(const std::string& folder) {
  const std::size_t slash = folder.find_last_of('/');
  return slash == std::string::npos ? "." : folder.substr(0, std::max<std::size_t>(slash, 1));
}

absl::StatusOr<State> ReadState(const Context& context) {
  State state;
  state.folders = {context.settings.dir};
  ASSIGN_OR_RETURN(state.inputs, embed::Inputs(context.settings.dir));
  state.files = embed::Fingerprint(state.inputs);
  for (const auto& [name, values] : context.arguments.options) {
    state.key += name + ' ' + absl::StrJoin(values, " ") + '\n';
  }
  std::vector<std::string> others = {Required(context, "--tool")};
  if (!context.settings.config.empty()) {
    others.push_back(context.settings.config);
    state.inputs.push_back(context.settings.config);
  } else {
    state.folders.push_back(Parent(context.settings.dir));  // strata.toml may come
  }
  state.key += embed::Fingerprint(others);
  return state;
}

bool IsUpToDate(const Paths& paths, const State& state) {
  struct stat info;
  for (const std::string* path : {&paths.blob, &paths.source, &paths.header, &paths.tests}) {
    if (stat(path->c_str(), &info) != 0) return false;
  }
  const absl::StatusOr<std::string> stamp = ReadFile(paths.stamp);
  return stamp.ok() && *stamp == state.Text() && !embed::AnyIsYounger(state.inputs, paths.stamp);
}

absl::Status WriteAll(const Context& context, const MigrationSet& set, const Paths& paths) {
  const std::string target = Required(context, "--target");
  ASSIGN_OR_RETURN(const std::string blob, WriteBlob(set));
  const embed::Options options = {target, Required(context, "--namespace"), paths.blob,
                                  !context.arguments.Has("--literals")};
  RETURN_IF_ERROR(embed::WriteIfChanged(paths.blob, blob));
  RETURN_IF_ERROR(embed::WriteIfChanged(paths.source, embed::Source(blob, options)));
  RETURN_IF_ERROR(embed::WriteIfChanged(paths.header, embed::Header(set, options)));
  std::vector<std::string> result;
  if (const auto folder = context.arguments.Value("--results"))
    result = {Required(context, "--tool"), "result", *folder};
  return embed::WriteIfChanged(
      paths.tests,
      embed::TestList(set, target,
                      {Required(context, "--tool"), "check", "--dir", context.settings.dir,
                       "--dialect", set.dialect == Dialect::kSqlite ? "sqlite" : "postgres"},
                      result));
}

// Prints what is wrong. Whether there is an error among it.
bool Report(Context& context, const Diagnostics& diagnostics) {
  bool error = false;
  for (const Diagnostic& d : diagnostics) {
    error = error || d.severity == Severity::kError;
    if (d.severity == Severity::kNote) continue;
    context.terminal.Err(DiagnosticText(d, context.loaded->sources, context.terminal.paints_err()));
  }
  return error;
}

std::optional<Exit> RefuseLowCoverage(Context& context, const verify::StatementCounts& counts) {
  const std::optional<std::string> text = context.arguments.Value("--min-coverage");
  double wanted = 0;
  if (!text) return std::nullopt;
  if (!absl::SimpleAtod(*text, &wanted)) {
    return Fail(context, Exit::kUsage, "--min-coverage cannot be \"" + *text + "\"");
  }
  if (counts.Coverage() >= wanted) return std::nullopt;
  return Fail(context, Exit::kFindings,
              absl::StrFormat("%d of %d statements were analysed, which is less than %s percent",
                              counts.executed + counts.modelled, counts.Total(), *text),
              "strata check --verbose names the others");
}

// The offline check, which translates for SQLite as it goes; with --lint error every lint warning
// is an error. What is only approximated on SQLite is said by `check`, and by whoever runs it
// there.
absl::StatusOr<verify::CheckResult> Check(const Context& context, embed::Proved proved) {
  Diagnostics approximations;
  shadow::SetTranslator translator(context.loaded.get(), &approximations);
  verify::CheckOptions options;
  options.translator = &translator;
  options.proved = std::move(proved);
  const std::string level = context.arguments.Value("--lint").value_or("warning");
  if (level == "off") return verify::Check(*context.loaded, options);
  ASSIGN_OR_RETURN(const lint::Settings settings, LintSettings(context, std::nullopt));
  options.lint = &settings;
  verify::CheckResult result = verify::Check(*context.loaded, options);
  for (Diagnostic& d : result.diagnostics) {
    const bool raised = level == "error" && d.cls == DiagnosticClass::kLint;
    if (raised && d.severity == Severity::kWarning) d.severity = Severity::kError;
  }
  return result;
}

// Loads the folder; what is wrong has been printed where this is not nullopt.
std::optional<Exit> Load(Context& context) {
  Diagnostics diagnostics;
  absl::StatusOr<sql::LoadedSet> loaded =
      sql::LoadSet(context.settings.dir, context.settings.dialect, &diagnostics);
  if (!loaded.ok()) return Fail(context, Exit::kUsage, std::string(loaded.status().message()));
  context.loaded = std::make_shared<sql::LoadedSet>(*std::move(loaded));
  context.set = &context.loaded->set;
  KeepToTheEnd(context.loaded);
  if (Report(context, diagnostics)) return Exit::kFindings;
  return std::nullopt;
}

// Validates the set; what is wrong has been printed where this is not nullopt. A proof is of no use
// where every statement is to be counted.
std::optional<Exit> Validate(Context& context, const embed::Proof& proof, Diagnostics* found) {
  embed::Proved proved;
  if (!context.arguments.Has("--min-coverage")) proved = proof.Read(&context.loaded->set);
  absl::StatusOr<verify::CheckResult> check = Check(context, std::move(proved));
  if (!check.ok()) return Fail(context, Exit::kUsage, std::string(check.status().message()));
  KeepToTheEnd(std::move(check->remains));
  if (Report(context, check->diagnostics)) return Exit::kFindings;
  *found = std::move(check->diagnostics);
  return RefuseLowCoverage(context, check->statements);
}

// Where a file came or went that is none of the set's, the stamp is dated anew.
absl::Status KeepStamp(const State& state, const std::string& stamp,
                       const embed::StartTime& start) {
  if (!embed::AnyIsYounger(state.folders, stamp)) return absl::OkStatus();
  return start.WriteStamp(stamp, state.Text());
}

Exit Close(Context& context, const absl::Status& written) {
  if (written.ok()) return Exit::kDone;
  return Fail(context, Exit::kUsage, std::string(written.message()));
}

Exit Run(Context& context) {
  for (const char* option : {"--target", "--namespace", "--out", "--tool"}) {
    if (!context.arguments.Has(option)) {
      return Fail(context, Exit::kUsage, absl::StrFormat("%s is missing", option));
    }
  }
  const embed::StartTime start;
  const Paths paths = PathsIn(Required(context, "--out"), Required(context, "--target"));
  absl::StatusOr<State> state = ReadState(context);
  if (!state.ok()) return Fail(context, Exit::kUsage, std::string(state.status().message()));
  if (context.arguments.Has("--if-changed") && IsUpToDate(paths, *state)) {
    return Close(context, KeepStamp(*state, paths.stamp, start));
  }

  if (const std::optional<Exit> exit = Load(context)) return *exit;
  const embed::Proof proof(paths.proof, paths.blob, state->key, *context.set);
  Diagnostics found;
  if (const std::optional<Exit> exit = Validate(context, proof, &found)) return *exit;
  const std::string name = Required(context, "--target");
  context.loaded->set.name = name;
  absl::Status written = WriteAll(context, *context.set, paths);
  if (written.ok()) written = proof.Write(*context.set, found);
  state->inputs.insert(state->inputs.begin(), state->folders.begin(), state->folders.end());
  if (written.ok()) written = WriteFile(paths.depfile, embed::Depfile(paths.stamp, state->inputs));
  if (written.ok()) written = start.WriteStamp(paths.stamp, state->Text());
  return Close(context, written);
}

}  // namespace

extern const Command kCommand_embed;
const Command kCommand_embed = {
    .name = "embed",
    .group = Group::kInternal,
    .summary = "check a set and write the sources that carry it (the build's step)",
    .options =
        {
            {"--target", "NAME", "the library; the header is NAME.h"},
            {"--namespace", "NS", "the C++ namespace of migrations()"},
            {"--out", "DIR", "where the files go; DIR/include has to exist"},
            {"--tool", "PATH", "this program, as the tests will call it"},
            {"--results", "DIR", "where the run on PostgreSQL leaves what the tests report"},
            {"--lint", "error|warning|off", "whether a lint finding fails the step"},
            {"--min-coverage", "P", "percent of statements that have to be understood"},
            {"--literals", nullptr, "for assemblers that have no .incbin"},
            {"--if-changed", nullptr, "do nothing where nothing changed since the last time"},
        },
    .notes =
        "Written are NAME.blob, NAME.cc, include/NAME.h, tests.cmake (one test a migration),\n"
        "depfile (for Ninja and make), proof (which migrations need no second round trip) and\n"
        "stamp. What did not change keeps its date.",
    .example =
        "strata embed --dir migrations --target shop_schema --namespace shop --out build/shop "
        "--tool strata",
    .needs = Needs::kNothing,
    .run = Run,
};

}  // namespace strata
