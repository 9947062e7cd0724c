#include "sql/transaction_rules.h"

#include <algorithm>

#include "base/span.h"

namespace strata::sql {
namespace {

std::string LineOf(std::string_view text, std::size_t offset) {
  return std::to_string(PlaceOf(text, offset).line);
}

Diagnostic At(Span span, DiagnosticClass cls, std::string rule, std::string message,
              std::string help) {
  Diagnostic d;
  d.cls = cls;
  d.rule = std::move(rule);
  d.message = std::move(message);
  d.help = std::move(help);
  d.span = span;
  return d;
}

bool IsWrapped(const std::vector<ClassifiedStatement>& statements) {
  return statements.size() >= 2 && statements.front().word == TransactionWord::kBegin &&
         statements.back().word == TransactionWord::kCommit;
}

std::string ControlHelp(const ClassifiedStatement& statement, std::string_view text) {
  if (statement.word == TransactionWord::kBegin) {
    return "remove it, or end the file with the COMMIT that belongs to it; the tool runs the file "
           "in a "
           "transaction of its own";
  }
  if (statement.word == TransactionWord::kCommit) {
    return "remove it, or split the file below line " + LineOf(text, statement.span.end);
  }
  return "remove it; the tool runs the file in a transaction of its own";
}

Diagnostic ControlFault(const ClassifiedStatement& statement, std::string_view text) {
  std::string words(text.substr(statement.span.begin, statement.span.end - statement.span.begin));
  words = words.substr(0, words.find('\n'));
  return At(statement.span, DiagnosticClass::kIntegrity, "transaction-control",
            "\"" + words + "\" inside a migration", ControlHelp(statement, text));
}

// Where to cut a file that mixes both kinds: at the statement, or below it where nothing that needs
// the transaction stands above.
std::string SplitHelp(const std::vector<ClassifiedStatement>& statements, std::size_t at,
                      bool wrapped, std::string_view text) {
  const std::string directive = "put -- strata: no-transaction at the top of the file";
  if (wrapped) {
    return "remove BEGIN and COMMIT, and " + directive +
           " or move the statement to a migration of its own";
  }
  auto needs = [](const ClassifiedStatement& s) { return s.outside.empty(); };
  const bool after_others = std::any_of(statements.begin(), statements.begin() + at, needs);
  std::size_t split = at;
  if (!after_others) {
    split = std::find_if(statements.begin() + at, statements.end(), needs) - statements.begin();
  }
  return "split the file at line " + LineOf(text, statements[split].span.begin) + ", or " +
         directive;
}

}  // namespace

void ApplyTransactionRules(std::string_view text,
                           const std::vector<ClassifiedStatement>& statements, bool is_verify,
                           Script* script, Diagnostics* diagnostics) {
  const bool told = !script->transactional;
  const bool wrapped = IsWrapped(statements);
  std::size_t outside = 0, others = 0;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const ClassifiedStatement& statement = statements[i];
    const bool is_wrapper = wrapped && (i == 0 || i + 1 == statements.size());
    if (is_wrapper) script->statements[i].flags |= Statement::kWrapper;
    if (!statement.outside.empty()) script->statements[i].flags |= Statement::kOutsideTransaction;
    if (!is_wrapper && statement.word != TransactionWord::kNone) {
      diagnostics->push_back(ControlFault(statement, text));
    }
    if (!is_wrapper) ++(statement.outside.empty() ? others : outside);
  }
  if (told && wrapped) {
    diagnostics->push_back(At(statements.front().span, DiagnosticClass::kIntegrity,
                              "transaction-control",
                              "the file says no-transaction and is wrapped in a transaction",
                              "remove BEGIN and COMMIT, or the directive"));
  }
  const bool alone = outside > 0 && others == 0 && !wrapped && !is_verify;
  script->transactional = !told && !alone;
  if (!script->transactional || outside == 0) return;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (statements[i].outside.empty()) continue;
    diagnostics->push_back(At(statements[i].span, DiagnosticClass::kReject, "outside-transaction",
                              statements[i].outside + " cannot run inside a transaction block",
                              is_verify
                                  ? "a verify script runs in a transaction; remove the statement"
                                  : SplitHelp(statements, i, wrapped, text)));
  }
}

}  // namespace strata::sql
