#include <string>

#include "absl/strings/str_format.h"
#include "base/files.h"
#include "command/context.h"
#include "command/line/checking.h"
#include "command/line/lint_settings.h"
#include "lint/lint.h"
#include "report/page.h"
#include "sql/load_set.h"
#include "verify/run_script.h"

namespace strata {
namespace {

// The schema that the set makes.
catalog::Catalog FinalCatalog(const sql::LoadedSet& set) {
  verify::Model model;
  for (const sql::ParsedMigration& migration : set.parsed) {
    verify::RunScript(migration.up, migration.migration->version, Direction::kUp, &model);
  }
  return model.catalog;
}

std::string Title(const Context& context) {
  if (context.set->name.empty()) return "Migrations in " + context.settings.dir;
  return "Migrations of " + std::string(context.set->name);
}

Exit Run(Context& context) {
  const std::string file = context.arguments.Value("--output").value_or("");
  if (file.empty())
    return Fail(context, Exit::kUsage, "needs -o FILE", "strata report -o shop.html");
  const verify::CheckResult check = CheckLoaded(context, verify::CheckOptions());
  report::PageInput input{Title(context), context.loaded.get(), &check, nullptr, {}};
  catalog::Catalog catalog;
  if (context.set->dialect == Dialect::kPostgres) {
    catalog = FinalCatalog(*context.loaded);
    input.catalog = &catalog;
    absl::StatusOr<lint::Settings> settings = LintSettings(context, std::nullopt);
    if (!settings.ok()) {
      return Fail(context, Exit::kUsage, std::string(settings.status().message()));
    }
    settings->since.reset();  // the page is about all of them
    input.locks = lint::LockTable(*context.loaded, *settings);
  }
  if (absl::Status status = WriteFile(file, report::SetPage(input)); !status.ok()) {
    return Fail(context, Exit::kUsage, std::string(status.message()));
  }
  if (!context.settings.quiet) context.terminal.Out(file + " written\n");
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_report;
const Command kCommand_report = {
    .name = "report",
    .group = Group::kProve,
    .summary = "write a self-contained page: schema diagram, migrations, findings, locks",
    .options = {{"--output", "FILE", "the page to write", "-o"}},
    .notes =
        "The page needs no network and no other file. It says what the "
        "set makes, not what a\n"
        "database has.",
    .example = "strata report -o shop.html",
    .needs = Needs::kFiles,
    .run = Run,
};

}  // namespace strata
