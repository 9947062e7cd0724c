// A rule is one file of this folder: its name, reason, remedy and check. The build collects the
// rules from the folder; the docs and `strata rules` print what stands here.
//
// To add the rule `frob`: write tool/lint/rules/frob.cc that defines `const Rule kRule_frob` ('_'
// for
// '-'), and tests/golden/lint/frob/ with migrations that break it, migrations that do not, and
// expected.txt.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"

namespace strata {

namespace lint {
struct Step;
struct SqliteStep;
struct File;
struct SetView;
class Report;
}  // namespace lint

// The headings of the docs and of `strata rules`.
enum class RuleFamily {
  kDestructive,
  kCompatibility,
  kLocks,
  kTransactions,
  kDesign,
  kRobustness,
  kDown,
  kSet,
  kSqlite,
  kAllowance,
};
std::string_view FamilyName(RuleFamily family);

// Off by default, or how loud: a note is said and fails nothing.
enum class RuleLevel { kOff, kNote, kWarning, kError };

struct Rule {
  const char* name;
  RuleFamily family;
  RuleLevel level = RuleLevel::kWarning;
  bool once = false;        // a matter of taste, said once a file, with how many more there are
  const char* summary;      // what is found, one line, lower case, no full stop
  const char* why;          // what goes wrong; sentences
  const char* blocks = "";  // what waits meanwhile, or empty
  const char* help;         // one imperative; what a finding says unless it knows better
  const char* bad;          // SQL that breaks the rule
  const char* good;         // the safe way
  const char* source = "";  // where the facts are from
  // The same rule elsewhere, comma separated; empty: it has none.
  const char* squawk = "";
  const char* atlas = "";
  const char* strong_migrations = "";
  const char* eugene = "";

  // Checks; each may be null. The statements of an up file in order, then the file, then the set.
  void (*step)(const lint::Step&, lint::Report*) = nullptr;
  void (*sqlite)(const lint::SqliteStep&, lint::Report*) = nullptr;
  void (*file)(const lint::File&, lint::Report*) = nullptr;
  void (*set)(const lint::SetView&, lint::Report*) = nullptr;
};

// Every rule, by name; made by the build from the files of tool/lint/rules.
const std::vector<const Rule*>& AllRules();
const Rule* FindRule(std::string_view name);

}  // namespace strata
