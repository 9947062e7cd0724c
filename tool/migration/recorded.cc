#include "migration/recorded.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "migration/lexical.h"

namespace strata {
namespace {

std::string Upper(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return upper;
}

// BEGIN, COMMIT or END, alone or with one more word ("BEGIN TRANSACTION").
bool IsWrapper(const std::string& statement) {
  const std::size_t end = std::min(statement.find_first_of(" \t\r\n"), statement.size());
  const std::string first = statement.substr(0, end);
  if (first != "BEGIN" && first != "COMMIT" && first != "END") return false;
  return statement.size() < 20 && statement.find(';') == std::string::npos;
}

}  // namespace

Script RecordedScript(std::string_view text, Dialect dialect) {
  Script script;
  script.file = "recorded down script";
  script.text = text;
  script.transactional = text.find("-- strata: no-transaction") == std::string_view::npos;
  for (const Cut& cut : Lex(text, dialect).statements) {
    Statement statement;
    statement.begin = static_cast<std::uint32_t>(cut.statement.begin);
    statement.end = static_cast<std::uint32_t>(cut.statement.end);
    const std::string upper =
        Upper(text.substr(cut.statement.begin, cut.statement.end - cut.statement.begin));
    if (IsWrapper(upper)) statement.flags |= Statement::kWrapper;
    if (upper.find("CONCURRENTLY") != std::string::npos &&
        upper.find("MATERIALIZED VIEW") == std::string::npos) {
      statement.flags |= Statement::kOutsideTransaction;
      script.transactional = false;
    }
    if (cut.copy_from_stdin) {
      statement.flags |= Statement::kCopyFromStdin;
      statement.data_begin = static_cast<std::uint32_t>(cut.copy_data.begin);
      statement.data_end = static_cast<std::uint32_t>(cut.copy_data.end);
    }
    script.statements.push_back(statement);
  }
  return script;
}

}  // namespace strata
