#include "verify/check.h"

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "lint/lint.h"
#include "shadow/sqlite_set.h"
#include "shadow/translate_set.h"
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

// Walks over a postgres set, under the eyes of the linter and of the translator where there are
// any.
class Walk {
 public:
  Walk(const sql::LoadedSet& set, const CheckOptions& options, CheckResult* result)
      : set_(set), options_(options), result_(*result) {
    if (options.lint != nullptr) linter_.emplace(set, *options.lint);
  }

  void Run() {
    for (std::size_t i = 0; i < set_.parsed.size(); ++i) CheckMigration(i);
    if (linter_) Append(linter_->Finish(), &result_.diagnostics);
  }

 private:
  void CheckMigration(std::size_t index) {
    const sql::ParsedMigration& migration = set_.parsed[index];
    const ModelSnapshot before = Save(&model_);
    ScriptRun up = RunUp(index);
    Add(up.counts, &result_.statements);
    const bool proved = index < options_.proved.size() && options_.proved[index];
    if (migration.verify && !proved) {
      CheckVerifyScript(*migration.verify, migration.migration->version, &model_, &result_);
    }
    Append(std::move(up.diagnostics), &result_.diagnostics);
    if (!proved) CheckDown(index, before, up);
  }

  void CheckDown(std::size_t index, const ModelSnapshot& before, const ScriptRun& up) {
    const sql::ParsedMigration& migration = set_.parsed[index];
    if (migration.down) TranslatorBegins(index, Direction::kDown);
    if (options_.roundtrip) {
      RoundtripOutcome trip = CheckRoundtrip(migration, before, up, &model_, ForTranslator());
      Add(trip.counts, &result_.statements);
      Append(std::move(trip.diagnostics), &result_.diagnostics);
      result_.roundtrip.push_back(std::move(trip.roundtrip));
    } else if (migration.down) {
      RunDown(*migration.down, migration.migration->version);
    }
    if (migration.down) TranslatorEnds();
  }

  ScriptRun RunUp(std::size_t index) {
    const sql::ParsedMigration& migration = set_.parsed[index];
    if (linter_) linter_->BeginFile(index, model_.catalog);
    TranslatorBegins(index, Direction::kUp);
    const Watch watch = [this](std::size_t statement, const catalog::Catalog& before,
                               const catalog::Catalog& after) {
      if (linter_) linter_->Statement(statement, before, after);
      if (options_.translator != nullptr) options_.translator->Statement(statement, before, after);
    };
    ScriptRun up =
        RunScript(migration.up, migration.migration->version, Direction::kUp, &model_, watch);
    if (linter_) linter_->EndFile(model_.catalog);
    TranslatorEnds();
    return up;
  }

  void RunDown(const sql::ParsedFile& file, std::uint64_t version) {
    const ModelSnapshot after_up = Save(&model_);
    ScriptRun down = RunScript(file, version, Direction::kDown, &model_, ForTranslator());
    Restore(after_up, &model_);
    Add(down.counts, &result_.statements);
    Append(std::move(down.diagnostics), &result_.diagnostics);
  }

  void TranslatorBegins(std::size_t index, Direction direction) {
    if (options_.translator != nullptr) options_.translator->Begin(index, direction);
  }
  void TranslatorEnds() {
    if (options_.translator != nullptr) options_.translator->End(model_.catalog);
  }
  Watch ForTranslator() {
    if (options_.translator == nullptr) return {};
    return [this](std::size_t statement, const catalog::Catalog& before,
                  const catalog::Catalog& after) {
      options_.translator->Statement(statement, before, after);
    };
  }

  const sql::LoadedSet& set_;
  const CheckOptions& options_;
  CheckResult& result_;
  Model model_;
  std::optional<lint::Linter> linter_;
};

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
  const auto walk = std::make_shared<Walk>(set, options, &result);
  walk->Run();
  result.remains = walk;
  const std::chrono::duration<double, std::milli> elapsed =
      std::chrono::steady_clock::now() - start;
  result.elapsed_ms = elapsed.count();
  return result;
}

}  // namespace strata::verify
