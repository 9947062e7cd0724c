#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_format.h"
#include "base/diagnostic_text.h"
#include "base/files.h"
#include "base/json.h"
#include "command/context.h"
#include "command/line/live_schema.h"
#include "command/line/open.h"
#include "command/line/running.h"
#include "command/line/words.h"
#include "diff/plan.h"
#include "diff/run.h"
#include "diff/schema.h"

namespace strata {
namespace {

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

// The schema asked for: of files, of a live database, or of the set.
absl::StatusOr<catalog::Catalog> SchemaAsked(Context& context, Diagnostics* faults,
                                             Sources* sources, std::vector<std::string>* left_out) {
  const std::vector<std::string> files = context.arguments.Values("--schema");
  if (context.arguments.Has("--live")) {
    return LiveCatalog(context, context.url, nullptr, left_out);
  }
  if (files.empty()) {
    std::vector<std::string> skipped;
    catalog::Catalog schema = diff::CatalogOf(*context.set, UINT64_MAX, &skipped);
    for (const std::string& statement : skipped)
      left_out->push_back("what this makes: " + FirstLine(statement));
    SayLeftOut(context, *left_out);
    return schema;
  }
  ASSIGN_OR_RETURN(diff::Schema schema, diff::LoadSchema(files, faults));
  *sources = std::move(schema.sources);
  return std::move(schema.catalog);
}

std::string Json(const std::string& dump, const diff::Steps& steps,
                 const std::vector<std::string>& left_out) {
  JsonWriter json;
  json.BeginObject().Key("version").Int(1).Key("objects").BeginArray();
  for (std::size_t i = 0; i < steps.differences.size(); ++i) {
    json.BeginObject().Key("object").String(steps.differences[i].object);
    json.Key("sql").String(steps.sql[i]).EndObject();
  }
  json.EndArray().Key("left_out").BeginArray();
  for (const std::string& object : left_out) json.String(object);
  return json.EndArray().Key("sql").String(dump).EndObject().text() + "\n";
}

// Version control may have given the file CRLF line ends.
std::string WithLf(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  return text;
}

std::string LineAt(const std::string& text, std::size_t offset) {
  const std::size_t begin = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
  return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

// "schema.sql:12: CREATE TABLE a (, but the migrations make CREATE TABLE b ("
std::string FirstDifference(const std::string& path, const std::string& present,
                            const std::string& dump) {
  const std::size_t size = std::min(present.size(), dump.size());
  const std::size_t at = static_cast<std::size_t>(
      std::mismatch(present.begin(), present.begin() + static_cast<std::ptrdiff_t>(size),
                    dump.begin())
          .first -
      present.begin());
  const auto shown = [&](const std::string& text) {
    return at >= text.size() ? std::string("nothing more") : "\"" + LineAt(text, at) + "\"";
  };
  return absl::StrFormat("%s:%d: the file has %s, the migrations make %s\n", path,
                         PlaceOf(present, at).line, shown(present), shown(dump));
}

Exit CheckFresh(Context& context, const std::string& dump, const std::string& path) {
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok() && !absl::IsNotFound(text.status())) return ReportFailure(context, text.status());
  const std::string present = text.ok() ? WithLf(*text) : "";
  if (text.ok() && present == dump) return Exit::kDone;
  context.terminal.Err(path +
                       (text.ok() ? " is not what the migrations make\n" : " is not there\n"));
  if (text.ok()) context.terminal.Err(FirstDifference(path, present, dump));
  const char* target = std::getenv("STRATA_TARGET");
  context.terminal.Err("help: write it anew with " +
                       (target == nullptr ? "strata dump --output " + path
                                          : "cmake --build . --target " + std::string(target)) +
                       "\n");
  return Exit::kFindings;
}

Exit Write(Context& context, const std::string& dump, const std::string& path) {
  const absl::StatusOr<std::string> before = ReadFile(path);
  const bool same = before.ok() && WithLf(*before) == dump;
  if (!same) {
    if (const absl::Status written = WriteFile(path, dump); !written.ok())
      return ReportFailure(context, written);
  }
  if (!context.settings.quiet)
    context.terminal.Out(path + (same ? " is up to date\n" : " written\n"));
  return Exit::kDone;
}

// Of a SQLite database, or of a set or schema files of that dialect.
absl::StatusOr<diff::SqliteModel> SqliteAsked(Context& context, Diagnostics* faults,
                                              Sources* sources) {
  if (context.arguments.Has("--live")) return LiveModel(context, context.url);
  const std::vector<std::string> files = context.arguments.Values("--schema");
  if (files.empty()) return diff::ModelOf(*context.set);
  ASSIGN_OR_RETURN(diff::SqliteSchemaFiles schema, diff::LoadSqliteSchema(files, faults));
  *sources = std::move(schema.sources);
  return std::move(schema.model);
}

bool OnSqlite(const Context& context) {
  if (context.arguments.Has("--live")) return IsSqliteUrl(context.url);
  return (context.set != nullptr ? context.set->dialect : context.settings.dialect) ==
         Dialect::kSqlite;
}

struct Dumped {
  std::string text;
  diff::Steps objects;  // of --format json
  std::vector<std::string> left_out;
};

absl::StatusOr<Dumped> DumpAsked(Context& context, Diagnostics* faults, Sources* sources) {
  Dumped dumped;
  const bool json = context.settings.format == "json";
  if (OnSqlite(context)) {
    ASSIGN_OR_RETURN(const diff::SqliteModel model, SqliteAsked(context, faults, sources));
    dumped.text = diff::DumpSqlite(model);
    if (json) dumped.objects = diff::SqliteStepsBetween({}, model);
    return dumped;
  }
  ASSIGN_OR_RETURN(const catalog::Catalog schema,
                   SchemaAsked(context, faults, sources, &dumped.left_out));
  std::vector<std::string> unprinted;
  dumped.text = diff::Dump(schema, &unprinted);
  SayLeftOut(context, unprinted);
  dumped.left_out.insert(dumped.left_out.end(), unprinted.begin(), unprinted.end());
  if (json) dumped.objects = diff::StepsBetween(catalog::Catalog(), schema);
  return dumped;
}

Exit Run(Context& context) {
  const bool own = !context.arguments.Has("--schema") && !context.arguments.Has("--live");
  if (own) {
    if (const std::optional<Exit> exit = OpenSound(context)) return *exit;
  }
  if (context.arguments.Has("--live") && context.url.empty())
    return Fail(context, Exit::kUsage, "--live needs a database: --url or DATABASE_URL");
  Diagnostics faults;
  Sources sources;
  const absl::StatusOr<Dumped> dumped = DumpAsked(context, &faults, &sources);
  if (!dumped.ok()) return ReportFailure(context, dumped.status());
  if (!faults.empty()) {
    context.terminal.Err(DiagnosticsText(faults, sources, context.terminal.paints_err()));
    if (HasErrors(faults)) return Exit::kRefused;
  }
  const std::string& dump = dumped->text;
  if (const auto path = context.arguments.Value("--check")) return CheckFresh(context, dump, *path);
  if (const auto path = context.arguments.Value("--output")) return Write(context, dump, *path);
  const bool json = context.settings.format == "json";
  context.terminal.Out(json ? Json(dump, dumped->objects, dumped->left_out) : dump);
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_dump;
const Command kCommand_dump = {
    .name = "dump",
    .group = Group::kAsk,
    .summary = "print the schema as SQL",
    .options = {{"--schema", "PATH", "of these SQL files or folders, instead of the migrations'"},
                {"--live", nullptr, "of the database, instead of the migrations'"},
                {"--output", "FILE", "write there", "-o"},
                {"--check", "FILE", "exit 1 where the file is not what would be written"}},
    .notes =
        "The order is that of dependencies and names; there are no dates and no versions in it, "
        "so\n"
        "the same schema always prints the same. It loads into an empty database.",
    .example =
        "strata dump --output schema.sql\n"
        "strata dump --live --url postgresql://localhost/shop",
    .needs = Needs::kNothing,
    .run = Run,
};

}  // namespace strata
