#include "command/line/open.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/diagnostic_text.h"
#include "command/line/words.h"
#include "shadow/translate_set.h"
#include "sql/parse_set.h"

namespace strata {
namespace {

absl::StatusOr<sql::LoadedSet> LoadWhole(const std::string& folder, Dialect dialect,
                                         const sql::LoadOptions& options,
                                         Diagnostics* diagnostics) {
  return sql::LoadSet(folder, dialect, options, diagnostics);
}

// Before the first migration there is nothing, which is sound for the command that writes it.
bool BeginsSet(const Context& context) {
  return context.arguments.command->needs == Needs::kSetToBe;
}

// A folder that is not there is no set to be held against something: its name may be mistyped.
bool MakesFolder(const Context& context) {
  const Arguments& arguments = context.arguments;
  const bool set_is_asked = !arguments.Has("--schema") || !arguments.Has("--from-db");
  return BeginsSet(context) && !(arguments.Has("--check") && set_is_asked);
}

std::optional<Exit> OpenFolder(Context& context) {
  sql::LoadOptions options;
  options.require_sealed = context.arguments.Has("--sealed");
  const auto load = context.reads_late ? sql::OpenSet : LoadWhole;
  absl::StatusOr<sql::LoadedSet> loaded =
      load(context.settings.dir, context.settings.dialect, options, &context.diagnostics);
  if (absl::IsNotFound(loaded.status()) && MakesFolder(context)) {
    loaded = sql::LoadedSet();
    loaded->set.dialect = context.settings.dialect;
  }
  if (!loaded.ok()) {
    return Fail(context, Exit::kUsage, std::string(loaded.status().message()),
                "--dir names the folder of the migrations; strata new makes the first pair");
  }
  if (BeginsSet(context) && loaded->set.migrations.empty()) {
    Diagnostics& found = context.diagnostics;
    found.erase(std::remove_if(found.begin(), found.end(),
                               [](const Diagnostic& d) { return d.rule == "empty-folder"; }),
                found.end());
  }
  context.loaded = std::make_shared<sql::LoadedSet>(*std::move(loaded));
  context.set = &context.loaded->set;
  return std::nullopt;
}

std::optional<Exit> RefuseFaulty(Context& context) {
  const absl::Status status = RefuseFaults(context, context.diagnostics);
  if (status.ok()) return std::nullopt;
  return Fail(context, Exit::kRefused, std::string(status.message()));
}

bool OnSqlite(const Context& context) { return context.url.rfind("sqlite:", 0) == 0; }

// On SQLite a postgres set runs in the translation that stands beside its scripts.
void TranslateForSqlite(Context& context) {
  if (context.set->dialect != Dialect::kPostgres || !OnSqlite(context)) return;
  if (context.baked != nullptr) {
    bool translated = true;
    for (const Migration& migration : context.baked->migrations) {
      translated = translated && migration.sqlite_up.has_value();
    }
    if (translated) return;
    context.loaded = std::make_shared<sql::LoadedSet>(sql::ParseSet(*context.baked));
  }
  shadow::TranslateSet(context.loaded.get(), &context.approximations);
  context.set = &context.loaded->set;
}

}  // namespace

absl::Status RefuseFaults(Context& context, const Diagnostics& diagnostics) {
  std::size_t errors = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == Severity::kNote && !context.settings.verbose) continue;
    if (context.settings.quiet && diagnostic.severity != Severity::kError) continue;
    errors += diagnostic.severity == Severity::kError ? 1 : 0;
    context.terminal.Err(
        DiagnosticText(diagnostic, context.loaded->sources, context.terminal.paints_err()));
  }
  if (errors == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrFormat("refused: the migrations in %s have %s; nothing was touched",
                      context.settings.dir, Count(errors, "error")));
}

std::optional<Exit> Open(Context& context) {
  const Needs needs = context.arguments.command->needs;
  if (!context.settings.urls.empty()) context.url = context.settings.urls.back();
  const bool database = needs == Needs::kDatabase || needs == Needs::kRun;
  if ((needs == Needs::kUrl || database) && context.url.empty()) {
    return Fail(context, Exit::kUsage, "no database given",
                "--url sqlite:app.db or --url postgresql://user@host/name, or set DATABASE_URL");
  }
  if (needs == Needs::kNothing || needs == Needs::kUrl) return std::nullopt;
  if (context.baked != nullptr) {
    context.set = context.baked;
    if (needs == Needs::kFiles) {  // what proves or prints files wants their trees
      context.loaded = std::make_shared<sql::LoadedSet>(sql::ParseSet(*context.baked));
      context.set = &context.loaded->set;
    }
  } else {
    // A translation is made from the trees of the whole set.
    const bool translates = context.settings.dialect == Dialect::kPostgres && OnSqlite(context);
    context.reads_late = needs == Needs::kRun && !translates;
    if (std::optional<Exit> exit = OpenFolder(context)) return exit;
    if (needs == Needs::kFiles) return std::nullopt;
    if (std::optional<Exit> exit = RefuseFaulty(context)) return exit;
  }
  if (database || needs == Needs::kSet || needs == Needs::kSetToBe) TranslateForSqlite(context);
  return std::nullopt;
}

std::optional<Exit> OpenSound(Context& context) {
  if (context.baked == nullptr) return ReopenSound(context);
  context.set = context.baked;
  return std::nullopt;
}

std::optional<Exit> ReopenSound(Context& context) {
  context.diagnostics.clear();
  if (std::optional<Exit> exit = OpenFolder(context)) return exit;
  return RefuseFaulty(context);
}

}  // namespace strata
