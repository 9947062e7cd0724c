#include <algorithm>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const File& file, Report* report) {
  const auto directive =
      std::find_if(file.up.directives.begin(), file.up.directives.end(),
                   [](const Directive& d) { return d.kind == Directive::Kind::kNoTransaction; });
  if (directive == file.up.directives.end()) return;
  for (const Statement& statement : file.up.script->statements) {
    if ((statement.flags & Statement::kOutsideTransaction) != 0) return;
  }
  // DO and CALL may commit; statements that were not read may be anything.
  for (const sql::ParsedStatement& statement : file.up.parsed.statements) {
    const bool unclear = statement.tree == nullptr || As<sql::DoStmt>(statement.tree) != nullptr ||
                         As<sql::CallStmt>(statement.tree) != nullptr;
    if (unclear) return;
  }
  report->Add(directive->span, "nothing in this file needs to run outside a transaction");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_needless_no_transaction;
const Rule kRule_needless_no_transaction = {
    .name = "needless-no-transaction",
    .family = RuleFamily::kTransactions,
    .summary = "no-transaction in a file that could run in a transaction",
    .why =
        "Outside a transaction a failure leaves the statements before it in place, and the "
        "migration has to be "
        "repaired by hand.",
    .help = "remove the directive",
    .bad = "-- strata: no-transaction\nALTER TABLE users ADD COLUMN plan text;",
    .good = "ALTER TABLE users ADD COLUMN plan text;",
    .file = lint::Check,
};

}  // namespace strata
