#include "sql/script.h"

#include <algorithm>

#include "base/span.h"
#include "migration/lexical.h"
#include "sql/syntax_help.h"
#include "sql/transaction_rules.h"

namespace strata::sql {
namespace {

TransactionWord WordOf(const Node* tree) {
  const TransactionStmt* control = As<TransactionStmt>(tree);
  if (control == nullptr) return TransactionWord::kNone;
  switch (control->kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
      return control->n_options == 0 ? TransactionWord::kBegin : TransactionWord::kOther;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
      return control->chain ? TransactionWord::kOther : TransactionWord::kCommit;
    default:
      return TransactionWord::kOther;
  }
}

bool IsCopyFromStdin(const Node* tree) {
  const CopyStmt* copy = As<CopyStmt>(tree);
  const bool has_file = copy != nullptr && copy->filename != nullptr && copy->filename[0] != '\0';
  return copy != nullptr && copy->is_from && !copy->is_program && !has_file;
}

// The newer-syntax directive that speaks for the statement, or null.
const Directive* FindVoucher(const std::vector<Directive>& directives, Span statement) {
  const auto found = std::find_if(directives.begin(), directives.end(), [&](const Directive& d) {
    if (d.kind != Directive::Kind::kNewerSyntax) return false;
    return !d.anchor || (*d.anchor >= statement.begin && *d.anchor < statement.end);
  });
  return found == directives.end() ? nullptr : &*found;
}

Diagnostic SyntaxDiagnostic(std::string_view text, const ParsedStatement& statement) {
  Diagnostic d;
  d.cls = DiagnosticClass::kReject;
  d.rule = "syntax-error";
  d.message = statement.error.message;
  d.span = statement.error.at;
  const std::string_view since = NewerSyntaxSince(text, statement.span, statement.error);
  if (since.empty()) {
    d.help = SyntaxHelp(text, statement.span, statement.error);
  } else {
    d.message += " (parsed as PostgreSQL 15)";
    d.help = "PostgreSQL " + std::string(since) +
             " knows this; to accept it unchecked, put above it: -- strata: newer-syntax \"needs "
             "PostgreSQL " +
             std::string(since) + "\"";
  }
  return d;
}

}  // namespace

void AnalyseScript(ParsedScript* parsed, const std::vector<Directive>& directives, bool is_verify,
                   Script* script, Diagnostics* diagnostics) {
  std::vector<ClassifiedStatement> classified;
  for (ParsedStatement& source : parsed->statements) {
    if (!source.error.message.empty()) {
      if (const Directive* voucher = FindVoucher(directives, source.span)) {
        source.error = SyntaxError();
        source.unread = "syntax of a newer server: " + voucher->text;
      } else {
        diagnostics->push_back(SyntaxDiagnostic(parsed->text, source));
      }
    }
    Statement statement;
    statement.begin = static_cast<std::uint32_t>(source.span.begin);
    statement.end = static_cast<std::uint32_t>(source.span.end);
    if (source.copy_from_stdin || IsCopyFromStdin(source.tree)) {
      statement.flags |= Statement::kCopyFromStdin;
      statement.data_begin = static_cast<std::uint32_t>(source.copy_data.begin);
      statement.data_end = static_cast<std::uint32_t>(source.copy_data.end);
    }
    script->statements.push_back(statement);
    classified.push_back({source.span, WordOf(source.tree), OutsideTransactionName(source.tree)});
  }
  ApplyTransactionRules(parsed->text, classified, is_verify, script, diagnostics);
}

}  // namespace strata::sql
