#include <algorithm>
#include <deque>
#include <future>
#include <iostream>
#include <optional>

#include "absl/strings/str_format.h"
#include "base/diagnostic_text.h"
#include "base/files.h"
#include "base/json.h"
#include "command/context.h"
#include "command/line/live_schema.h"
#include "command/line/new_file.h"
#include "command/line/running.h"
#include "command/line/words.h"
#include "diff/asked.h"
#include "diff/likely.h"
#include "diff/plan.h"
#include "diff/run.h"
#include "diff/schema.h"
#include "diff/words_of.h"

namespace strata {
namespace {

struct Asked {
  catalog::Catalog from, to;
  std::vector<std::string> left_out;  // of a database
  diff::PlanOptions options;
};

// Prints what is wrong with the desired schema. Returns whether it can not be used.
bool Show(Context& context, const Diagnostics& faults, const Sources& sources) {
  if (!faults.empty())
    context.terminal.Err(DiagnosticsText(faults, sources, context.terminal.paints_err()));
  return HasErrors(faults);
}

// The files of the desired schema, which shares nothing with the set, read while the set is.
struct Reading {
  Diagnostics faults;
  std::future<absl::StatusOr<diff::Schema>> schema;
};

void Begin(Context& context) {
  std::vector<std::string> files = context.arguments.Values("--schema");
  const Dialect dialect =
      context.baked == nullptr ? context.settings.dialect : context.baked->dialect;
  if (files.empty() || dialect != Dialect::kPostgres) return;
  auto reading = std::make_shared<Reading>();
  reading->schema = std::async(
      std::launch::async | std::launch::deferred,
      [reading = reading.get(), files] { return diff::LoadSchema(files, &reading->faults); });
  context.begun = std::move(reading);
}

// The desired schema: of files, else of the database.
absl::StatusOr<catalog::Catalog> Desired(Context& context, Asked* asked, bool* faulty) {
  if (context.begun == nullptr)
    return LiveCatalog(context, *context.arguments.Value("--from-db"), &asked->from,
                       &asked->left_out);
  Reading& reading = *static_cast<Reading*>(context.begun.get());
  ASSIGN_OR_RETURN(diff::Schema schema, reading.schema.get());
  *faulty = Show(context, reading.faults, schema.sources);
  asked->options.renames.insert(asked->options.renames.end(), schema.renames.begin(),
                                schema.renames.end());
  return std::move(schema.catalog);
}

absl::Status ReadOptions(const Context& context, diff::PlanOptions* options) {
  const Arguments& arguments = context.arguments;
  if (!arguments.Has("--schema") && !arguments.Has("--from-db")) {
    return absl::InvalidArgumentError(
        "needs --schema FILE, the schema to come to, or --from-db URL");
  }
  options->online = !arguments.Has("--simple");
  for (const std::string& text : arguments.Values("--rename")) {
    ASSIGN_OR_RETURN(diff::Rename rename, diff::ParseRename(text));
    options->renames.push_back(std::move(rename));
  }
  return absl::OkStatus();
}

// Those of --rename, which stand before those of the schema's files. What is said there may be done
// already; what is typed has to be true.
absl::Status CheckTyped(const Context& context, const std::vector<diff::Shape>& from,
                        const std::vector<diff::Shape>& to, diff::PlanOptions* options) {
  const auto end = options->renames.begin() +
                   static_cast<std::ptrdiff_t>(context.arguments.Values("--rename").size());
  std::vector<diff::Rename> typed(options->renames.begin(), end);
  RETURN_IF_ERROR(diff::ResolveRenames(from, to, &typed));
  std::copy(typed.begin(), typed.end(), options->renames.begin());
  return absl::OkStatus();
}

catalog::Catalog OfSet(const Context& context) {
  return context.loaded == nullptr ? diff::CatalogOf(*context.set)
                                   : diff::CatalogOf(*context.loaded);
}

absl::StatusOr<Asked> ReadAsked(Context& context, bool* faulty) {
  const Arguments& arguments = context.arguments;
  Asked asked;
  RETURN_IF_ERROR(ReadOptions(context, &asked.options));
  if (arguments.Has("--schema") && arguments.Has("--from-db")) {
    ASSIGN_OR_RETURN(asked.from,
                     LiveCatalog(context, *arguments.Value("--from-db"), nullptr, &asked.left_out));
  } else {
    asked.from = OfSet(context);
  }
  ASSIGN_OR_RETURN(asked.to, Desired(context, &asked, faulty));
  return asked;
}

void Json(Context& context, const diff::Plan& plan, const std::vector<std::string>& left_out,
          const std::vector<std::string>& written) {
  JsonWriter json;
  json.BeginObject().Key("version").Int(1).Key("differences").BeginArray();
  for (const diff::Difference& d : plan.differences) {
    json.BeginObject().Key("kind").String(diff::KindOf(d)).Key("object").String(d.object);
    json.Key("message")
        .String(diff::InWords(d, "the migrations", "the desired schema"))
        .EndObject();
  }
  json.EndArray().Key("not_checked").BeginArray();
  for (const diff::Difference& d : plan.unchecked)
    json.String(diff::InWords(d, "the migrations", "the desired schema"));
  json.EndArray().Key("left_out").BeginArray();
  for (const std::string& object : left_out) json.String(object);
  json.EndArray().Key("files").BeginArray();
  for (const std::string& path : written) json.String(path);
  context.terminal.Out(json.EndArray().EndObject().text() + "\n");
}

Exit ReportCheck(Context& context, const diff::Plan& plan,
                 const std::vector<std::string>& left_out) {
  if (context.settings.format == "json") Json(context, plan, left_out, {});
  for (const diff::Difference& d : plan.differences) {
    context.terminal.Err(diff::InWords(d, "the migrations", "the desired schema") + "\n");
  }
  return Exit::kFindings;
}

absl::StatusOr<std::vector<std::string>> WriteFiles(Context& context, const diff::Plan& plan) {
  std::string name = SlugOf(context.arguments.positional[0]);
  std::vector<std::string> written;
  RETURN_IF_ERROR(MakeFolder(context.settings.dir));
  for (const diff::PlannedFile& file : plan.files) {
    ASSIGN_OR_RETURN(const std::string digits, NextVersion(context.settings.dir));
    for (const bool up : {true, false}) {
      const std::string path = JoinPath(
          context.settings.dir,
          FormatFileName(digits, name + file.suffix, false, up ? FilePart::kUp : FilePart::kDown));
      RETURN_IF_ERROR(WriteFile(path, up ? file.up : file.down));
      written.push_back(path);
    }
  }
  return written;
}

// On a terminal a person is asked what was renamed; else the old is dropped and the new added.
bool Asks(const Context& context) {
  const Terminal& terminal = context.terminal;
  return terminal.in_is_terminal() && terminal.err_is_terminal() &&
         context.settings.format == "text" && !context.arguments.Has("--check");
}

bool Hints(const Context& context) {
  return context.settings.format == "text" && !context.arguments.Has("--check");
}

void AskForRenames(Context& context, const std::vector<diff::Shape>& from,
                   const std::vector<diff::Shape>& to, diff::PlanOptions* options) {
  options->renames =
      diff::AskRenames(from, to, std::move(options->renames), [&](const diff::Rename& rename) {
        context.terminal.Err(diff::InWords(rename) + ": was it renamed? [y/N] ");
        std::string answer;
        std::getline(std::cin, answer);
        return answer == "y" || answer == "Y" || answer == "yes";
      });
}

// Where nobody can be asked: what to type if it was a rename after all.
std::vector<std::string> LikelyRenames(const std::vector<diff::Shape>& from,
                                       const std::vector<diff::Shape>& to,
                                       const diff::PlanOptions& options) {
  std::vector<std::string> hints;
  diff::AskRenames(from, to, options.renames, [&](const diff::Rename& rename) {
    hints.push_back(diff::InWords(rename) + ": if it was renamed, delete these files and add " +
                    diff::AsOption(rename));
    return true;
  });
  return hints;
}

struct Planned {
  diff::Plan plan;
  std::vector<std::string> left_out;  // of a database
  std::vector<std::string> hints;
  bool faulty = false;  // the desired schema; nothing was planned
};

absl::StatusOr<Planned> PlanOnPostgres(Context& context) {
  Planned planned;
  // Taking two large catalogs apart costs as much as to compare them: they go with the process.
  static auto* const kept = new std::deque<Asked>;
  Asked& asked = kept->emplace_back();
  ASSIGN_OR_RETURN(asked, ReadAsked(context, &planned.faulty));
  if (planned.faulty) return planned;
  if (context.arguments.Has("--rename")) {
    RETURN_IF_ERROR(CheckTyped(context, diff::EveryShapeOf(asked.from),
                               diff::EveryShapeOf(asked.to), &asked.options));
  }
  if (Asks(context)) {
    AskForRenames(context, diff::ShapesOf(asked.from), diff::ShapesOf(asked.to), &asked.options);
  } else if (Hints(context)) {
    planned.hints =
        LikelyRenames(diff::ShapesOf(asked.from), diff::ShapesOf(asked.to), asked.options);
  }
  planned.left_out = asked.left_out;
  planned.plan = diff::MakePlan(asked.from, asked.to, asked.options);
  return planned;
}

absl::StatusOr<Planned> PlanOnSqlite(Context& context) {
  const Arguments& arguments = context.arguments;
  Planned planned;
  diff::PlanOptions options;
  RETURN_IF_ERROR(ReadOptions(context, &options));
  diff::SqliteModel from = diff::ModelOf(*context.set), to;
  if (const auto url = arguments.Value("--from-db")) {
    ASSIGN_OR_RETURN(arguments.Has("--schema") ? from : to, LiveModel(context, *url));
  }
  if (arguments.Has("--schema")) {
    Diagnostics faults;
    ASSIGN_OR_RETURN(diff::SqliteSchemaFiles schema,
                     diff::LoadSqliteSchema(arguments.Values("--schema"), &faults));
    planned.faulty = Show(context, faults, schema.sources);
    options.renames.insert(options.renames.end(), schema.renames.begin(), schema.renames.end());
    to = std::move(schema.model);
  }
  if (planned.faulty) return planned;
  RETURN_IF_ERROR(CheckTyped(context, diff::ShapesOf(from), diff::ShapesOf(to), &options));
  if (Asks(context)) {
    AskForRenames(context, diff::ShapesOf(from), diff::ShapesOf(to), &options);
  } else if (Hints(context)) {
    planned.hints = LikelyRenames(diff::ShapesOf(from), diff::ShapesOf(to), options);
  }
  planned.plan = diff::MakeSqlitePlan(from, to, options);
  return planned;
}

Exit Run(Context& context) {
  const bool check = context.arguments.Has("--check");
  if (!check &&
      (context.arguments.positional.empty() || SlugOf(context.arguments.positional[0]).empty())) {
    return Fail(context, Exit::kUsage, "needs a name for the migration",
                "strata diff add_orders --schema schema.sql");
  }
  const bool sqlite = context.set->dialect == Dialect::kSqlite;
  const absl::StatusOr<Planned> planned = sqlite ? PlanOnSqlite(context) : PlanOnPostgres(context);
  if (!planned.ok()) return ReportFailure(context, planned.status());
  if (planned->faulty)
    return Fail(context, Exit::kRefused, "the desired schema has errors; nothing was written");
  const diff::Plan& plan = planned->plan;
  for (const diff::Difference& d : plan.unchecked) {
    context.terminal.Err(
        "note: left out: " + diff::InWords(d, "the migrations", "the desired schema") +
        "; what they make of it cannot be followed\n");
  }
  if (plan.files.empty() && plan.refusal.empty()) {
    if (context.settings.format == "json") Json(context, plan, planned->left_out, {});
    if (!context.settings.quiet && context.settings.format != "json") {
      context.terminal.Out("no difference: the migrations make the desired schema\n");
    }
    return Exit::kDone;
  }
  if (check) return ReportCheck(context, plan, planned->left_out);
  if (!plan.refusal.empty()) {
    return Fail(context, Exit::kRefused, "refused, nothing was written: " + plan.refusal,
                "write this migration by hand");
  }
  absl::StatusOr<std::vector<std::string>> written = WriteFiles(context, plan);
  if (!written.ok()) return Fail(context, Exit::kUsage, std::string(written.status().message()));
  if (context.settings.format == "json") {
    Json(context, plan, planned->left_out, *written);
  } else {
    for (const std::string& path : *written) context.terminal.Out(path + "\n");
  }
  for (const diff::PlannedFile& file : plan.files) {
    for (const std::string& warning : file.warnings)
      context.terminal.Err("careful: " + warning + "\n");
  }
  for (const std::string& hint : planned->hints) context.terminal.Err("help: " + hint + "\n");
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_diff;
const Command kCommand_diff = {
    .name = "diff",
    .group = Group::kWrite,
    .summary = "write the migration that leads to a desired schema, and its way back",
    .arguments = "[NAME]",
    .options =
        {{"--schema", "PATH",
          "the desired schema: an SQL file or a folder of them; may be repeated"},
         {"--from-db", "URL",
          "take the schema of a database: the desired one, or with --schema the present one"},
         {"--rename", "OLD=NEW",
          "table=new, table=schema.new or table.column=new; may be repeated"},
         {"--simple", nullptr, "plain statements in one file, for tables that are not in use"},
         {"--check", nullptr, "write nothing; exit 1 where anything differs"}},
    .notes =
        "Up and down are proven on the model before they are written. What was renamed is said by\n"
        "--rename, or by a line `-- strata: renamed-from OLD` above it in the schema, or is asked\n"
        "on a terminal; else the old is dropped and the new added. Without --simple, indexes on\n"
        "tables in use are built concurrently and constraints validated apart, in files of their\n"
        "own. On SQLite what ALTER TABLE cannot do becomes a new table with copied rows.",
    .example =
        "strata diff add_orders --schema schema.sql\n"
        "strata diff --check --schema schema.sql   # for CI",
    .needs = Needs::kSetToBe,
    .begin = Begin,
    .run = Run,
};

}  // namespace strata
