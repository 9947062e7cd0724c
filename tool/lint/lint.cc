#include "lint/lint.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "absl/strings/str_cat.h"
#include "base/diagnostic_text.h"
#include "base/nearest.h"
#include "catalog/apply/apply.h"
#include "lint/allowances.h"
#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata::lint {
namespace {

using catalog::Catalog;

Severity SeverityOf(RuleLevel level) {
  return level == RuleLevel::kError     ? Severity::kError
         : level == RuleLevel::kWarning ? Severity::kWarning
                                        : Severity::kNote;
}

const Directive* FindDirective(const sql::ParsedFile& file, Directive::Kind kind) {
  for (const Directive& d : file.directives) {
    if (d.kind == kind) return &d;
  }
  return nullptr;
}

// The last SET lock_timeout of the file; null: it has none.
const sql::VariableSetStmt* FindLockTimeout(const sql::ParsedFile& file) {
  const sql::VariableSetStmt* found = nullptr;
  for (const sql::ParsedStatement& statement : file.parsed.statements) {
    const auto* set = sql::As<sql::VariableSetStmt>(statement.tree);
    if (set != nullptr && std::string_view(set->name) == "lock_timeout") found = set;
  }
  return found;
}

// SET lock_timeout = 0, '0', '0ms', '0 s'…: for ever.
bool IsForEver(const sql::VariableSetStmt& set) {
  if (set.n_args != 1) return false;
  const auto* constant = sql::As<sql::AConst>(set.args[0]);
  if (constant == nullptr || constant->isnull) return false;
  if (constant->val_case == PG_QUERY__A__CONST__VAL_IVAL) return constant->ival->ival == 0;
  if (constant->val_case != PG_QUERY__A__CONST__VAL_SVAL) return false;
  const char* text = constant->sval->sval;
  return text[0] == '0' && std::atof(text) == 0;
}

}  // namespace

const catalog::Relation* Step::Find(const sql::RangeVar* name) const {
  return name == nullptr ? nullptr : before.FindRelation(name->schemaname, name->relname);
}

const catalog::Relation* Step::FindAfter(const sql::RangeVar* name) const {
  return name == nullptr ? nullptr : after.FindRelation(name->schemaname, name->relname);
}

bool Step::InProduction(const catalog::Relation* relation) const {
  return relation != nullptr && relation->persistence != 't' &&
         known.relation(relation->oid) != nullptr;
}

bool Step::InProduction(const sql::RangeVar* name) const {
  const catalog::Relation* relation = Find(name);
  return relation == nullptr || InProduction(relation);
}

class Linter::Run {
 public:
  Run(const sql::LoadedSet& set, const Settings& settings)
      : set_(set), settings_(settings), allowances_(set) {
    for (const Rule* rule : AllRules()) {
      const bool runs = rule->step != nullptr || rule->file != nullptr || rule->set != nullptr ||
                        rule->sqlite != nullptr;
      if (runs) rules_.push_back(rule);
    }
  }

  void BeginFile(std::size_t migration, const Catalog& start) {
    migration_ = &set_.parsed[migration];
    start_ = start;
    judged_ = !settings_.since || migration_->migration->version >= *settings_.since;
    steps_.clear();
    steps_.reserve(migration_->up.parsed.statements.size());
    pending_.clear();
    if (!settings_.since_is_deployed) known_ = start;
    active_.clear();
    for (const Rule* rule : rules_) {
      if (judged_ && IsOn(*rule, migration_->up.script->file)) active_.push_back(rule);
    }
    const Directive* directive = FindDirective(migration_->up, Directive::Kind::kLockTimeout);
    const sql::VariableSetStmt* set = FindLockTimeout(migration_->up);
    told_lock_timeout_ = directive != nullptr || set != nullptr;
    lock_timeout_off_ = set != nullptr         ? IsForEver(*set)
                        : directive != nullptr ? directive->ms == 0
                                               : settings_.environment.lock_timeout_off;
  }

  void Statement(std::size_t index, const Catalog& before, const Catalog& after) {
    if (!judged_) return;
    const sql::ParsedStatement& statement = migration_->up.parsed.statements[index];
    if (statement.tree == nullptr) return;
    Step step{statement,
              statement.tree,
              migration_->up.script->text,
              index,
              migration_->up.script->transactional,
              *migration_,
              known_,
              before,
              after,
              {},
              steps_,
              settings_.environment,
              lock_timeout_off_};
    step.locks = LocksOf(step.tree, before, after);
    std::erase_if(step.locks, [&](const TableLock& lock) {
      return !step.InProduction(before.relation(lock.table));
    });
    for (const Rule* rule : active_) {
      if (rule->step == nullptr) continue;
      Report report;
      rule->step(step, &report);
      for (Found& found : report.Take()) pending_.push_back({rule, std::move(found)});
    }
    steps_.push_back(std::move(step));
  }

  void EndFile(const Catalog& end) {
    if (!judged_) {
      known_ = end;
      return;
    }
    const File file{*migration_,           migration_->up,    start_, end, steps_,
                    settings_.environment, told_lock_timeout_};
    for (const Rule* rule : active_) {
      if (rule->file == nullptr) continue;
      Report report;
      rule->file(file, &report);
      for (Found& found : report.Take()) pending_.push_back({rule, std::move(found)});
    }
    std::erase_if(pending_, [&](const Pending& p) {
      return p.found.about != 0 && end.relation(p.found.about) == nullptr;
    });
    SayOnce();
    for (Pending& p : pending_) {
      Say(*p.rule, std::move(p.found), *migration_->migration, migration_->migration->up);
    }
    pending_.clear();
  }

  Diagnostics Finish() {
    if (set_.set.dialect == Dialect::kSqlite) LintSqlite();
    LintSet();
    std::size_t first = 0;
    while (first < set_.set.migrations.size() && !Judges(set_.set.migrations[first])) ++first;
    for (AllowanceFault& fault : allowances_.Faults(first)) {
      const Rule* rule = FindRule(fault.rule);
      if (rule == nullptr || !IsOn(*rule, fault.script->file)) continue;
      const Rule* subject = FindRule(fault.subject);
      if (subject != nullptr && !IsOn(*subject, fault.script->file)) continue;
      Diagnostic d =
          Make(*rule, *fault.migration, *fault.script, fault.span, fault.message, fault.help);
      diagnostics_.push_back(std::move(d));
    }
    SortByPlace(&diagnostics_);
    return std::move(diagnostics_);
  }

  const std::vector<FixableFinding>& fixable() const { return fixable_; }

 private:
  struct Pending {
    const Rule* rule;
    Found found;
  };

  bool IsOn(const Rule& rule, std::string_view file) const {
    return LevelOf(settings_, rule, file) != RuleLevel::kOff;
  }
  bool Judges(const Migration& migration) const {
    return !settings_.since || migration.version >= *settings_.since;
  }

  Diagnostic Make(const Rule& rule, const Migration& migration, const Script& script, Span span,
                  std::string message, std::string help) {
    Diagnostic d;
    d.cls = DiagnosticClass::kLint;
    d.severity = SeverityOf(LevelOf(settings_, rule, script.file));
    d.rule = rule.name;
    d.message = std::move(message);
    d.help = help.empty() ? rule.help : std::move(help);
    d.file = std::string(script.file);
    d.span = span;
    d.migration = migration.version;
    const bool down =
        &script != &migration.up && migration.down && script.file == migration.down->file;
    d.direction = down ? Direction::kDown : Direction::kUp;
    return d;
  }

  void Say(const Rule& rule, Found found, const Migration& migration, const Script& script) {
    if (allowances_.Takes(script.file, rule.name, found.span)) return;
    if (found.fix) fixable_.push_back({std::string(script.file), *std::move(found.fix)});
    diagnostics_.push_back(
        Make(rule, migration, script, found.span, std::move(found.message), std::move(found.help)));
  }

  // Leaves the first of the findings of each rule that is said once a file, and counts the others.
  void SayOnce() {
    std::map<const Rule*, std::vector<Pending*>> all;
    for (Pending& p : pending_) {
      const bool taken =
          allowances_.Takes(migration_->migration->up.file, p.rule->name, p.found.span);
      if (p.rule->once && !taken) all[p.rule].push_back(&p);
    }
    for (const auto& [rule, found] : all) {
      if (found.size() < 2) continue;
      absl::StrAppend(&found[0]->found.message, "; and ", found.size() - 1, " more in this file");
      for (std::size_t i = 1; i < found.size(); ++i) found[i]->rule = nullptr;
    }
    std::erase_if(pending_, [](const Pending& p) { return p.rule == nullptr; });
  }

  void LintSet() {
    SetView view{set_, 0, settings_.environment};
    while (view.first < set_.set.migrations.size() && !Judges(set_.set.migrations[view.first]))
      ++view.first;
    for (const Rule* rule : rules_) {
      if (rule->set == nullptr) continue;
      Report report;
      rule->set(view, &report);
      for (Found& found : report.Take()) {
        const Migration& migration = *found.migration;
        const Script& script = *found.script;
        if (IsOn(*rule, script.file)) Say(*rule, std::move(found), migration, script);
      }
    }
  }

  void LintSqlite() {
    std::map<std::string, std::string> tables;
    for (const Migration& migration : set_.set.migrations) {
      const std::vector<SqliteStep> steps = SqliteSteps(migration, tables, settings_.environment);
      for (const SqliteStep& step : steps) {
        if (Judges(migration)) LintSqliteStep(step);
      }
      RememberTables(steps, &tables);
    }
  }

  void LintSqliteStep(const SqliteStep& step) {
    for (const Rule* rule : rules_) {
      if (rule->sqlite == nullptr || !IsOn(*rule, step.migration.up.file)) continue;
      Report report;
      rule->sqlite(step, &report);
      for (Found& found : report.Take())
        Say(*rule, std::move(found), step.migration, step.migration.up);
    }
  }

  const sql::LoadedSet& set_;
  const Settings& settings_;
  Allowances allowances_;
  std::vector<const Rule*> rules_;  // that have a check
  Diagnostics diagnostics_;
  std::vector<FixableFinding> fixable_;

  // Of the file at hand.
  std::vector<const Rule*> active_;  // whose level is not off
  const sql::ParsedMigration* migration_ = nullptr;
  Catalog start_, known_;
  bool judged_ = true;
  bool told_lock_timeout_ = false, lock_timeout_off_ = false;
  std::vector<Step> steps_;
  std::vector<Pending> pending_;
};

Linter::Linter(const sql::LoadedSet& set, const Settings& settings)
    : run_(std::make_unique<Run>(set, settings)) {}
Linter::~Linter() = default;
void Linter::BeginFile(std::size_t migration, const Catalog& start) {
  run_->BeginFile(migration, start);
}
void Linter::Statement(std::size_t statement, const Catalog& before, const Catalog& after) {
  run_->Statement(statement, before, after);
}
void Linter::EndFile(const Catalog& end) { run_->EndFile(end); }
Diagnostics Linter::Finish() { return run_->Finish(); }
const std::vector<FixableFinding>& Linter::fixable() const { return run_->fixable(); }

namespace {

// Applies every up file to one catalog; `visit(migration, statement, before, after)` for each
// statement, with begin and end round each file.
template <typename Begin, typename Visit, typename End>
void ApplyUps(const sql::LoadedSet& set, Begin begin, Visit visit, End end) {
  Catalog catalog;
  for (std::size_t m = 0; m < set.parsed.size(); ++m) {
    const sql::ParsedFile& up = set.parsed[m].up;
    const int transaction = catalog.session.transaction + 1;
    catalog.session = catalog::Session();
    catalog.session.transaction = transaction;
    begin(m, catalog);
    for (std::size_t s = 0; s < up.parsed.statements.size(); ++s) {
      const sql::ParsedStatement& statement = up.parsed.statements[s];
      if (statement.tree == nullptr) continue;
      const Catalog before = catalog;
      catalog::Apply(&catalog, up.parsed.text, statement, up.script->transactional);
      visit(m, s, before, catalog);
    }
    end(m, catalog);
  }
}

}  // namespace

Diagnostics Lint(const sql::LoadedSet& set, const Settings& settings,
                 std::vector<FixableFinding>* fixable) {
  Linter linter(set, settings);
  ApplyUps(
      set, [&](std::size_t m, const Catalog& start) { linter.BeginFile(m, start); },
      [&](std::size_t, std::size_t s, const Catalog& before, const Catalog& after) {
        linter.Statement(s, before, after);
      },
      [&](std::size_t, const Catalog& end) { linter.EndFile(end); });
  Diagnostics diagnostics = linter.Finish();
  if (fixable != nullptr) *fixable = linter.fixable();
  return diagnostics;
}

std::vector<LockRow> LockTable(const sql::LoadedSet& set, const Settings& settings) {
  std::vector<LockRow> rows;
  Catalog known;
  auto judged = [&](std::size_t m) {
    return !settings.since || set.parsed[m].migration->version >= *settings.since;
  };
  ApplyUps(
      set,
      [&](std::size_t, const Catalog& start) {
        if (!settings.since_is_deployed) known = start;
      },
      [&](std::size_t m, std::size_t s, const Catalog& before, const Catalog& after) {
        if (!judged(m)) return;
        const sql::ParsedFile& up = set.parsed[m].up;
        LockRow row;
        row.migration = set.parsed[m].migration;
        row.file = std::string(up.script->file);
        row.span = up.parsed.statements[s].span;
        const Span head = HeadOf(up.script->text, row.span);
        row.statement = std::string(up.script->text.substr(head.begin, head.end - head.begin));
        row.locks = LocksOf(up.parsed.statements[s].tree, before, after);
        std::erase_if(row.locks,
                      [&](const TableLock& lock) { return known.relation(lock.table) == nullptr; });
        row.in_transaction = up.script->transactional;
        rows.push_back(std::move(row));
      },
      [&](std::size_t m, const Catalog& end) {
        if (!judged(m)) known = end;
      });
  return rows;
}

}  // namespace strata::lint
