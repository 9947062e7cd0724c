#include "lint/allowances.h"

#include "base/nearest.h"
#include "lint/rules/rule.h"

namespace strata::lint {

Allowances::Allowances(const sql::LoadedSet& set) {
  for (std::size_t i = 0; i < set.set.migrations.size(); ++i) {
    const Migration& migration = set.set.migrations[i];
    if (i < set.parsed.size()) {
      const sql::ParsedMigration& parsed = set.parsed[i];
      Collect(i, migration, migration.up, parsed.up.directives);
      if (parsed.down) Collect(i, migration, *migration.down, parsed.down->directives);
      if (parsed.verify) Collect(i, migration, *migration.verify, parsed.verify->directives);
      continue;
    }
    Diagnostics ignored;  // reported where the folder was loaded
    Collect(i, migration, migration.up,
            ReadDirectives(migration.up.text, Dialect::kSqlite, ScriptHome::kUp, &ignored));
    if (!migration.down) continue;
    Collect(i, migration, *migration.down,
            ReadDirectives(migration.down->text, Dialect::kSqlite, ScriptHome::kDown, &ignored));
  }
}

void Allowances::Collect(std::size_t index, const Migration& migration, const Script& script,
                         const std::vector<Directive>& directives) {
  for (const Directive& directive : directives) {
    if (directive.kind != Directive::Kind::kAllow) continue;
    Allowance allowance{index, &migration, &script, directive, std::nullopt};
    if (directive.anchor) {
      allowance.statement = Span{*directive.anchor, *directive.anchor};
      for (const Statement& s : script.statements) {
        if (*directive.anchor >= s.begin && *directive.anchor < s.end)
          allowance.statement = Span{s.begin, s.end};
      }
    }
    allowances_.push_back(std::move(allowance));
  }
}

bool Allowances::Takes(std::string_view file, std::string_view rule, Span at) {
  bool taken = false;
  for (Allowance& allowance : allowances_) {
    if (allowance.script->file != file || allowance.directive.rule != rule) continue;
    const auto& statement = allowance.statement;
    if (statement && (at.begin < statement->begin || at.begin >= statement->end)) continue;
    allowance.used = taken = true;
  }
  return taken;
}

std::vector<AllowanceFault> Allowances::Faults(std::size_t first) const {
  std::vector<std::string> names;
  for (const Rule* rule : AllRules()) names.emplace_back(rule->name);
  std::vector<AllowanceFault> faults;
  for (const Allowance& a : allowances_) {
    if (a.index < first) continue;
    const std::string& rule = a.directive.rule;
    auto add = [&](std::string by, std::string message, std::string help) {
      faults.push_back({std::move(by), std::move(message), std::move(help), rule, a.migration,
                        a.script, a.directive.span});
    };
    if (FindRule(rule) == nullptr) {
      const auto near = Nearest(rule, names);
      add("allow-unknown-rule", "there is no rule \"" + rule + "\"",
          near ? "did you mean \"" + *near + "\"?" : "strata rules lists them");
      continue;
    }
    if (a.directive.text.empty()) add("allow-without-reason", "the allowance gives no reason", "");
    if (!a.used) {
      const char* what = a.statement ? "the statement below it" : "this file";
      add("allow-without-effect", "\"" + rule + "\" has no finding in " + what, "");
    }
  }
  return faults;
}

}  // namespace strata::lint
