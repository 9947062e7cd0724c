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

// The schema asked for: of files, of a live database, or of the set.
absl::StatusOr<catalog::Catalog> SchemaAsked(Context& context, Diagnostics* faults,
                                             Sources* sources) {
  const std::vector<std::string> files = context.arguments.Values("--schema");
  if (context.arguments.Has("--live")) {
    if (context.url.empty())
      return absl::InvalidArgumentError("--live needs a database: --url or DATABASE_URL");
    return LiveCatalog(context, context.url, nullptr);
  }
  if (files.empty()) return diff::CatalogOf(*context.set);
  ASSIGN_OR_RETURN(diff::Schema schema, diff::LoadSchema(files, faults));
  *sources = std::move(schema.sources);
  return std::move(schema.catalog);
}

std::string Json(const std::string& dump, const diff::Steps& steps) {
  JsonWriter json;
  json.BeginObject().Key("version").Int(1).Key("objects").BeginArray();
  for (std::size_t i = 0; i < steps.differences.size(); ++i) {
    json.BeginObject().Key("object").String(steps.differences[i].object);
    json.Key("sql").String(steps.sql[i]).EndObject();
  }
  return json.EndArray().Key("sql").String(dump).EndObject().text() + "\n";
}

Exit CheckFresh(Context& context, const std::string& dump, const std::string& path) {
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok() && !absl::IsNotFound(text.status())) return ReportFailure(context, text.status());
  if (text.ok() && *text == dump) return Exit::kDone;
  context.terminal.Err(path +
                       (text.ok() ? " is not what the migrations make\n" : " is not there\n"));
  context.terminal.Err("help: write it anew with strata dump --output " + path + "\n");
  return Exit::kFindings;
}

Exit Run(Context& context) {
  const bool own = !context.arguments.Has("--schema") && !context.arguments.Has("--live");
  if (own) {
    if (const std::optional<Exit> exit = OpenSound(context)) return *exit;
  }
  Diagnostics faults;
  Sources sources;
  absl::StatusOr<catalog::Catalog> schema = SchemaAsked(context, &faults, &sources);
  if (!schema.ok()) return ReportFailure(context, schema.status());
  if (!faults.empty()) {
    context.terminal.Err(DiagnosticsText(faults, sources, context.terminal.paints_err()));
    if (HasErrors(faults)) return Exit::kRefused;
  }
  const std::string dump = diff::Dump(*schema);
  if (const auto path = context.arguments.Value("--check")) return CheckFresh(context, dump, *path);
  if (const auto path = context.arguments.Value("--output")) {
    const absl::Status written = WriteFile(*path, dump);
    return written.ok() ? Exit::kDone : ReportFailure(context, written);
  }
  const bool json = context.settings.format == "json";
  context.terminal.Out(json ? Json(dump, diff::StepsBetween(catalog::Catalog(), *schema)) : dump);
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
