#include "verify/run_script.h"

#include <utility>

#include "catalog/apply/apply.h"
#include "catalog/apply/session.h"
#include "sql/place.h"

namespace strata::verify {
namespace {

class Runner {
 public:
  Runner(const sql::ParsedFile& file, std::uint64_t version, Direction direction, Model* model,
         const Watch& watch)
      : file_(file), version_(version), direction_(direction), model_(model), watch_(watch) {}

  ScriptRun Run() {
    BeginSession(model_);
    const std::vector<sql::ParsedStatement>& statements = file_.parsed.statements;
    for (std::size_t i = 0; i < statements.size(); ++i) {
      const bool wrapper = (file_.script->statements[i].flags & Statement::kWrapper) != 0;
      if (!file_.script->transactional) ++model_->catalog.session.transaction;
      if (wrapper) {
        ++run_.counts.modelled;
      } else {
        RunStatement(i, statements[i]);
      }
    }
    BeginSession(model_);  // what was temporary is gone before anyone compares
    return std::move(run_);
  }

 private:
  void RunStatement(std::size_t index, const sql::ParsedStatement& statement) {
    if (statement.tree == nullptr) return RunUnparsed(index, statement);
    const catalog::Catalog before = model_->catalog;
    const catalog::ApplyResult applied =
        catalog::Apply(&model_->catalog, file_.parsed.text, statement, file_.script->transactional);
    if (watch_) watch_(index, before, model_->catalog);
    const bool accepted = applied.findings.problems.empty();
    const shadow::RunResult shadowed =
        model_->shadow.Run(before, model_->catalog, file_.parsed.text, statement, accepted);
    for (const catalog::Problem& problem : applied.findings.problems)
      Reject(problem, statement.span);
    if (accepted) {
      for (const catalog::Problem& problem : shadowed.problems) Reject(problem, statement.span);
    }
    Count(applied, shadowed, statement.span);
  }

  // A statement without a tree: a syntax error, which the loader has reported, or one that a
  // directive vouches for as newer than the grammar.
  void RunUnparsed(std::size_t index, const sql::ParsedStatement& statement) {
    if (watch_) watch_(index, model_->catalog, model_->catalog);
    if (statement.error.message.empty()) {
      Skip(statement.unread, statement.span);
    } else {
      run_.refused = true;
      ++run_.counts.modelled;
    }
  }

  void Count(const catalog::ApplyResult& applied, const shadow::RunResult& shadowed,
             Span statement) {
    if (shadowed.kind == shadow::RunResult::Kind::kExecuted) {
      ++run_.counts.executed;
    } else if (applied.coverage == catalog::Coverage::kModelled ||
               !applied.findings.problems.empty()) {
      ++run_.counts.modelled;
    } else {
      const std::vector<std::string>& reasons = applied.findings.unchecked;
      Skip(reasons.empty() ? "its effect is not modelled" : reasons.front(), statement);
    }
  }

  void Skip(const std::string& reason, Span statement) {
    Diagnostic diagnostic = At(statement);
    diagnostic.cls = DiagnosticClass::kCoverage;
    diagnostic.severity = Severity::kNote;
    diagnostic.rule = "not-checked";
    diagnostic.message = "not checked: " + reason;
    run_.diagnostics.push_back(std::move(diagnostic));
    run_.unchecked.push_back(reason);
    ++run_.counts.skipped;
  }

  void Reject(const catalog::Problem& problem, Span statement) {
    Diagnostic diagnostic = At(sql::Underlined(file_.parsed.text, problem.at, statement));
    diagnostic.cls = DiagnosticClass::kReject;
    diagnostic.severity = Severity::kError;
    diagnostic.rule = problem.rule;
    diagnostic.message = problem.message;
    diagnostic.help = problem.help.empty() ? HelpAt(problem, diagnostic.span) : problem.help;
    run_.diagnostics.push_back(std::move(diagnostic));
    run_.refused = true;
  }

  // Double quotes where a text was meant: the commonest way to a column that does not exist.
  std::string HelpAt(const catalog::Problem& problem, Span span) const {
    const std::string_view text = file_.parsed.text.substr(span.begin, span.end - span.begin);
    const bool quoted = text.size() > 2 && text.front() == '"' && text.back() == '"';
    if (problem.rule != "undefined-column" || !quoted) return "";
    return "double quotes make it a name; write '" + std::string(text.substr(1, text.size() - 2)) +
           "' for a text";
  }

  Diagnostic At(Span span) const {
    Diagnostic diagnostic;
    diagnostic.file = std::string(file_.script->file);
    diagnostic.migration = version_;
    diagnostic.direction = direction_;
    diagnostic.span = span;
    return diagnostic;
  }

  const sql::ParsedFile& file_;
  const std::uint64_t version_;
  const Direction direction_;
  Model* const model_;
  const Watch& watch_;
  ScriptRun run_;
};

}  // namespace

ModelSnapshot Save(Model* model) { return {model->catalog, model->shadow.Save()}; }

void Restore(const ModelSnapshot& snapshot, Model* model) {
  model->catalog = snapshot.catalog;
  model->shadow.Restore(snapshot.rows);
}

void BeginSession(Model* model) {
  catalog::StartSession(&model->catalog);
  model->shadow.BeginTransaction();
}

ScriptRun RunScript(const sql::ParsedFile& file, std::uint64_t version, Direction direction,
                    Model* model, const Watch& watch) {
  return Runner(file, version, direction, model, watch).Run();
}

}  // namespace strata::verify
