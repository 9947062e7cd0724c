#include "verify/check.h"

#include <chrono>
#include <optional>
#include <utility>

#include "lint/lint.h"
#include "shadow/sqlite_set.h"
#include "verify/roundtrip.h"
#include "verify/run_script.h"

namespace strata::verify {
namespace {

void Add(const StatementCounts& counts, StatementCounts* sum) {
  sum->executed += counts.executed;
  sum->modelled += counts.modelled;
  sum->skipped += counts.skipped;
}

void Append(Diagnostics&& more, Diagnostics* diagnostics) {
  for (Diagnostic& d : more) diagnostics->push_back(std::move(d));
}

void CheckVerifyScript(const sql::ParsedFile& file, std::uint64_t version, Model* model,
                       CheckResult* result) {
  const ModelSnapshot after_up = Save(model);
  ScriptRun run = RunScript(file, version, Direction::kUp, model);
  Restore(after_up, model);
  Add(run.counts, &result->statements);
  Append(std::move(run.diagnostics), &result->diagnostics);
}

// Runs the up file, under the linter's eyes where there is one.
ScriptRun RunUp(const sql::LoadedSet& set, std::size_t index, Model* model, lint::Linter* linter) {
  const sql::ParsedMigration& migration = set.parsed[index];
  if (linter != nullptr) linter->BeginFile(index, model->catalog);
  ScriptRun up =
      RunScript(migration.up, migration.migration->version, Direction::kUp, model, linter);
  if (linter != nullptr) linter->EndFile(model->catalog);
  return up;
}

void CheckMigration(const sql::LoadedSet& set, std::size_t index, const CheckOptions& options,
                    Model* model, lint::Linter* linter, CheckResult* result) {
  const sql::ParsedMigration& migration = set.parsed[index];
  const std::uint64_t version = migration.migration->version;
  const ModelSnapshot before = Save(model);
  ScriptRun up = RunUp(set, index, model, linter);
  Add(up.counts, &result->statements);
  if (migration.verify) CheckVerifyScript(*migration.verify, version, model, result);
  if (options.roundtrip) {
    RoundtripOutcome trip = CheckRoundtrip(migration, before, up, model);
    Add(trip.counts, &result->statements);
    Append(std::move(up.diagnostics), &result->diagnostics);
    Append(std::move(trip.diagnostics), &result->diagnostics);
    result->roundtrip.push_back(std::move(trip.roundtrip));
  } else {
    Append(std::move(up.diagnostics), &result->diagnostics);
    if (migration.down) {
      const ModelSnapshot after_up = Save(model);
      ScriptRun down = RunScript(*migration.down, version, Direction::kDown, model);
      Restore(after_up, model);
      Add(down.counts, &result->statements);
      Append(std::move(down.diagnostics), &result->diagnostics);
    }
  }
}

RoundtripResult ResultOf(shadow::SqliteRoundtrip result) {
  switch (result) {
    case shadow::SqliteRoundtrip::kOk:
      return RoundtripResult::kOk;
    case shadow::SqliteRoundtrip::kDiffers:
      return RoundtripResult::kDiffers;
    case shadow::SqliteRoundtrip::kDownFailed:
      return RoundtripResult::kDownFailed;
    case shadow::SqliteRoundtrip::kIrreversible:
      return RoundtripResult::kIrreversible;
    case shadow::SqliteRoundtrip::kNotChecked:
      return RoundtripResult::kNotChecked;
  }
  return RoundtripResult::kNotChecked;
}

// A set of SQLite's own dialect needs no model: it runs, in memory.
void CheckSqlite(const MigrationSet& set, bool roundtrip, CheckResult* result) {
  shadow::SqliteSetResult run = shadow::RunSqliteSet(set, roundtrip);
  result->statements.executed = run.executed;
  result->statements.skipped = run.skipped;
  result->diagnostics = std::move(run.diagnostics);
  for (shadow::SqliteRoundtripResult& trip : run.roundtrip) {
    result->roundtrip.push_back({trip.version, ResultOf(trip.result), std::move(trip.differences)});
  }
}

}  // namespace

CheckResult Check(const sql::LoadedSet& set, const CheckOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  CheckResult result;
  result.migrations = static_cast<int>(set.set.migrations.size());
  if (set.set.dialect == Dialect::kSqlite) CheckSqlite(set.set, options.roundtrip, &result);
  Model model;
  std::optional<lint::Linter> linter;
  if (options.lint != nullptr) linter.emplace(set, *options.lint);
  for (std::size_t i = 0; i < set.parsed.size(); ++i) {
    CheckMigration(set, i, options, &model, linter ? &*linter : nullptr, &result);
  }
  if (linter) Append(linter->Finish(), &result.diagnostics);
  const std::chrono::duration<double, std::milli> elapsed =
      std::chrono::steady_clock::now() - start;
  result.elapsed_ms = elapsed.count();
  return result;
}

}  // namespace strata::verify
