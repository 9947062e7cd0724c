#include "verify/roundtrip.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "catalog/apply/apply.h"
#include "catalog/compare.h"
#include "verify/touches.h"

namespace strata::verify {
namespace {

class Trip {
 public:
  Trip(const sql::ParsedMigration& migration, const ModelSnapshot& before, Model* model)
      : migration_(migration), before_(before), model_(model) {
    outcome_.roundtrip.migration = version();
  }

  RoundtripOutcome Run(const ScriptRun& up, const Watch& watch) {
    const ModelSnapshot after_up = Save(model_);
    const ScriptRun down = RunScript(*migration_.down, version(), Direction::kDown, model_, watch);
    outcome_.diagnostics = down.diagnostics;
    outcome_.counts = down.counts;
    if (up.refused) {
      NotChecked({"its up is refused"});
    } else if (down.refused) {
      DownFailed(down);
    } else if (!up.unchecked.empty() || !down.unchecked.empty()) {
      std::vector<std::string> reasons = up.unchecked;
      reasons.insert(reasons.end(), down.unchecked.begin(), down.unchecked.end());
      NotChecked(std::move(reasons));
    } else {
      const bool same = CompareWithBefore();
      if (!same || !SameElsewhere()) UpAgain();
    }
    Restore(after_up, model_);
    return std::move(outcome_);
  }

 private:
  std::uint64_t version() const { return migration_.migration->version; }

  void NotChecked(std::vector<std::string> reasons) {
    outcome_.roundtrip.result = RoundtripResult::kNotChecked;
    std::sort(reasons.begin(), reasons.end());
    reasons.erase(std::unique(reasons.begin(), reasons.end()), reasons.end());
    outcome_.roundtrip.differences = std::move(reasons);
  }

  void DownFailed(const ScriptRun& down) {
    outcome_.roundtrip.result = RoundtripResult::kDownFailed;
    for (const Diagnostic& d : down.diagnostics) {
      if (d.cls == DiagnosticClass::kReject) outcome_.roundtrip.differences.push_back(d.message);
    }
    if (outcome_.roundtrip.differences.empty()) {
      outcome_.roundtrip.differences.push_back("the down script has a syntax error");
    }
  }

  // True where the schema is the same in everything that Compare sees.
  bool CompareWithBefore() {
    outcome_.roundtrip.result = RoundtripResult::kOk;
    const std::vector<catalog::Difference> differences =
        catalog::Compare(before_.catalog, model_->catalog);
    const std::vector<std::optional<Span>> undone = StatementsOf(differences);
    for (std::size_t i = 0; i < differences.size(); ++i) {
      const catalog::Difference& d = differences[i];
      const bool note = d.kind == catalog::Difference::Kind::kColumnOrder;
      if (note) {
        AddDiagnostic(d.text, Severity::kNote, DownFile(), {0, 0});
        continue;
      }
      Differs(d.text);
      AddDiagnostic(d.text, Severity::kError, undone[i] ? UpFile() : DownFile(),
                    undone[i].value_or(Span{0, 0}));
    }
    return differences.empty();
  }

  // Whether what Compare does not see is the same too: roles, rows, sequences. What the up meets
  // the second time is then what it met the first time, and it need not run again.
  bool SameElsewhere() {
    return catalog::ObjectMap<catalog::Role>::SameContents(before_.catalog.roles(),
                                                           model_->catalog.roles()) &&
           shadow::Shadow::Same(*before_.rows, *model_->shadow.Save());
  }

  void UpAgain() {
    const ScriptRun again = RunScript(migration_.up, version(), Direction::kUp, model_);
    for (const Diagnostic& d : again.diagnostics) {
      if (d.cls != DiagnosticClass::kReject) continue;
      const std::string text = "the up fails the second time: " + d.message;
      // What the down left behind is usually what the up trips over: said once.
      if (outcome_.roundtrip.result == RoundtripResult::kOk)
        AddDiagnostic(text, Severity::kError, UpFile(), d.span);
      Differs(text);
      return;
    }
  }

  void Differs(const std::string& text) {
    outcome_.roundtrip.result = RoundtripResult::kDiffers;
    outcome_.roundtrip.differences.push_back(text);
  }

  // The up statement that made or changed the object; none where it is not known.
  std::vector<std::optional<Span>> StatementsOf(
      const std::vector<catalog::Difference>& differences) const {
    std::vector<std::optional<Span>> statements(differences.size());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < differences.size(); ++i) {
      if (differences[i].kind != catalog::Difference::Kind::kColumnOrder) open.push_back(i);
    }
    catalog::Catalog catalog = before_.catalog;
    catalog.session = catalog::Session();
    for (const sql::ParsedStatement& statement : migration_.up.parsed.statements) {
      if (open.empty()) break;
      if (statement.tree == nullptr) continue;
      const catalog::Catalog earlier = catalog;
      catalog::Apply(&catalog, migration_.up.parsed.text, statement, true);
      std::erase_if(open, [&](std::size_t i) {
        const bool touched = Touches(earlier, catalog, differences[i].object);
        if (touched) statements[i] = statement.span;
        return touched;
      });
    }
    return statements;
  }

  std::string UpFile() const { return std::string(migration_.up.script->file); }
  std::string DownFile() const { return std::string(migration_.down->script->file); }

  void AddDiagnostic(const std::string& text, Severity severity, const std::string& file,
                     Span span) {
    Diagnostic diagnostic;
    diagnostic.cls = DiagnosticClass::kRoundtrip;
    diagnostic.severity = severity;
    diagnostic.rule = severity == Severity::kNote ? "column-order" : "not-restored";
    diagnostic.message =
        severity == Severity::kNote ? text : "up and down leave another schema: " + text;
    if (severity == Severity::kError) diagnostic.help = "undo it in " + DownFile();
    diagnostic.file = file;
    diagnostic.span = span;
    diagnostic.migration = version();
    diagnostic.direction = Direction::kDown;
    outcome_.diagnostics.push_back(std::move(diagnostic));
  }

  const sql::ParsedMigration& migration_;
  const ModelSnapshot& before_;
  Model* const model_;
  RoundtripOutcome outcome_;
};

}  // namespace

RoundtripOutcome CheckRoundtrip(const sql::ParsedMigration& migration, const ModelSnapshot& before,
                                const ScriptRun& up, Model* model, const Watch& watch) {
  if (!migration.down) {
    RoundtripOutcome outcome;
    outcome.roundtrip = {migration.migration->version, RoundtripResult::kIrreversible, {}};
    return outcome;
  }
  return Trip(migration, before, model).Run(up, watch);
}

}  // namespace strata::verify
