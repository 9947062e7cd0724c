// `-- strata: allow RULE "reason"`: which findings they take off, and which of them take none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/load_set.h"

namespace strata::lint {

// What is wrong with an allowance itself; `rule` is the rule that says so.
struct AllowanceFault {
  std::string rule, message, help;
  std::string subject;  // the rule that it allows
  const Migration* migration = nullptr;
  const Script* script = nullptr;
  Span span;
};

class Allowances {
 public:
  explicit Allowances(const sql::LoadedSet& set);

  // Whether an allowance speaks for a finding of `rule` there; it then counts as used.
  bool Takes(std::string_view file, std::string_view rule, Span at);

  // Allowances of migrations from index `first` on that name no rule, give no reason or took
  // nothing.
  std::vector<AllowanceFault> Faults(std::size_t first) const;

 private:
  struct Allowance {
    std::size_t index;  // of the migration
    const Migration* migration;
    const Script* script;
    Directive directive;
    std::optional<Span> statement;  // the statement it concerns; nullopt: the file
    bool used = false;
  };
  void Collect(std::size_t index, const Migration& migration, const Script& script,
               const std::vector<Directive>& directives);

  std::vector<Allowance> allowances_;
};

}  // namespace strata::lint
