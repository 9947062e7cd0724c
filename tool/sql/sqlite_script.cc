#include <cctype>
#include <string>

#include "migration/lexical.h"
#include "sql/script.h"
#include "sql/transaction_rules.h"

namespace strata::sql {
namespace {

// The first three words of a statement, upper case, comments left out.
std::vector<std::string> FirstWords(std::string_view text) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (words.size() < 3) {
    at = SkipBlanks(text, at, Dialect::kSqlite);
    std::string word;
    while (at < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[at])) || text[at] == '_')) {
      word += static_cast<char>(std::toupper(static_cast<unsigned char>(text[at++])));
    }
    words.push_back(word);
  }
  return words;
}

// BEGIN [DEFERRED|IMMEDIATE|EXCLUSIVE] [TRANSACTION], (COMMIT|END) [TRANSACTION].
TransactionWord WordOf(const std::vector<std::string>& words) {
  if (words[0] == "BEGIN") return TransactionWord::kBegin;
  if (words[0] == "COMMIT" || words[0] == "END") return TransactionWord::kCommit;
  const bool other = words[0] == "ROLLBACK" || words[0] == "SAVEPOINT" || words[0] == "RELEASE";
  return other ? TransactionWord::kOther : TransactionWord::kNone;
}

// Sources: sqlite.org/lang_vacuum.html, lang_detach.html, pragma.html#pragma_journal_mode ("cannot
// change into wal mode from within a transaction").
std::string OutsideName(const std::vector<std::string>& words) {
  if (words[0] == "VACUUM") return "VACUUM";
  if (words[0] == "DETACH") return "DETACH";
  if (words[0] == "PRAGMA" && words[1] == "JOURNAL_MODE") return "PRAGMA journal_mode";
  return "";
}

}  // namespace

void AnalyseSqliteScript(bool is_verify, Script* script, Diagnostics* diagnostics) {
  std::vector<ClassifiedStatement> classified;
  for (const Cut& cut : Lex(script->text, Dialect::kSqlite).statements) {
    Statement statement;
    statement.begin = static_cast<std::uint32_t>(cut.statement.begin);
    statement.end = static_cast<std::uint32_t>(cut.statement.end);
    script->statements.push_back(statement);
    const std::string_view text =
        script->text.substr(cut.statement.begin, cut.statement.end - cut.statement.begin);
    const std::vector<std::string> words = FirstWords(text);
    classified.push_back({cut.statement, WordOf(words), OutsideName(words)});
  }
  ApplyTransactionRules(script->text, classified, is_verify, script, diagnostics);
}

}  // namespace strata::sql
