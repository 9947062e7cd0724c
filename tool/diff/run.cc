#include "diff/run.h"

#include <cctype>
#include <set>

#include "catalog/quote.h"
#include "diff/doubt.h"
#include "sql/parse.h"
#include "sql/token.h"

namespace strata::diff {

void StartSession(catalog::Catalog* catalog) {
  std::set<std::string> doubtful = std::move(catalog->session.doubtful);
  catalog->session = catalog::Session();
  catalog->session.doubtful = std::move(doubtful);
}

bool SetsSearchPath(catalog::Catalog* catalog, std::string_view statement) {
  std::string first(statement.substr(sql::NextToken(statement, 0).span.begin).substr(0, 6));
  for (char& c : first) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (first != "SELECT") return false;
  const std::size_t call = statement.find("set_config('search_path', '");
  if (call == std::string_view::npos) return false;
  const std::size_t begin = statement.find("', '", call) + 4;
  const std::size_t end = statement.find('\'', begin);
  if (end == std::string_view::npos) return false;
  catalog->session.search_path.clear();
  const std::string path(statement.substr(begin, end - begin));
  for (std::size_t at = 0; at < path.size();) {
    const sql::Token token = sql::NextToken(path, at);
    if (token.kind == sql::TokenKind::kEnd || token.span.end <= at) break;
    at = token.span.end;
    const std::string name = sql::ValueOf(path, token);
    if (name != "," && name != "$user") catalog->session.search_path.push_back(name);
  }
  return true;
}

namespace {

// The role that a problem says does not exist; "": it is about something else.
std::string MissingRole(const catalog::Problem& problem) {
  constexpr std::string_view kHead = "role \"", kTail = "\" does not exist";
  const std::string& message = problem.message;
  if (!message.starts_with(kHead) || !message.ends_with(kTail)) return "";
  return message.substr(kHead.size(), message.size() - kHead.size() - kTail.size());
}

// Not so the frequent kinds of statement, which are spared a copy of the catalog.
bool MayNameRoles(const sql::ParsedStatement& statement) {
  return sql::As<sql::CreateStmt>(statement.tree) == nullptr &&
         sql::As<sql::IndexStmt>(statement.tree) == nullptr &&
         sql::As<sql::CommentStmt>(statement.tree) == nullptr &&
         sql::As<sql::ViewStmt>(statement.tree) == nullptr &&
         sql::As<sql::CreateSeqStmt>(statement.tree) == nullptr &&
         sql::As<sql::CreateTrigStmt>(statement.tree) == nullptr;
}

// FOR ROLE: whether it is the role that runs the migrations is not known.
bool NamesRoles(const sql::AlterDefaultPrivilegesStmt* statement) {
  if (statement == nullptr) return false;
  for (const sql::Node* n : sql::Each(statement->n_options, statement->options)) {
    const auto* option = sql::As<sql::DefElem>(n);
    if (option != nullptr && std::string_view(option->defname) == "roles") return true;
  }
  return false;
}

// What a block runs was followed; what a function will run is not known yet.
bool MayMakeUpSql(const sql::ParsedStatement& statement, const catalog::ApplyResult& result) {
  return (sql::As<sql::DoStmt>(statement.tree) != nullptr && result.runs_unknown) ||
         sql::As<sql::CreateFunctionStmt>(statement.tree) != nullptr;
}

}  // namespace

catalog::ApplyResult ApplyWithRoles(catalog::Catalog* catalog, std::string_view text,
                                    const sql::ParsedStatement& statement, bool in_transaction) {
  if (!MayNameRoles(statement)) return catalog::Apply(catalog, text, statement, in_transaction);
  const catalog::Catalog before = *catalog;
  catalog::ApplyResult result = catalog::Apply(catalog, text, statement, in_transaction);
  std::set<std::string> missing;
  for (const catalog::Problem& problem : result.findings.problems)
    missing.insert(MissingRole(problem));
  missing.erase("");
  if (missing.empty()) return result;
  *catalog = before;
  for (const std::string& role : missing) {
    const std::string create = "CREATE ROLE " + catalog::QuoteIdentifier(role);
    const sql::ParsedScript script = sql::Parse(create);
    catalog::Apply(catalog, create, script.statements[0], in_transaction);
  }
  return catalog::Apply(catalog, text, statement, in_transaction);
}

std::vector<std::string> RunAll(catalog::Catalog* catalog, std::string_view text,
                                bool in_transaction, std::vector<std::string>* skipped) {
  return RunAll(catalog, sql::Parse(text), in_transaction, skipped);
}

std::vector<std::string> RunAll(catalog::Catalog* catalog, const sql::ParsedScript& script,
                                bool in_transaction, std::vector<std::string>* skipped) {
  const std::string_view text = script.text;
  const int transaction = catalog->session.transaction;
  StartSession(catalog);
  catalog->session.transaction = transaction + 1;
  std::vector<std::string> faults;
  for (const sql::ParsedStatement& statement : script.statements) {
    const std::string_view source =
        text.substr(statement.span.begin, statement.span.end - statement.span.begin);
    std::string message = statement.error.message;
    if (NamesRoles(sql::As<sql::AlterDefaultPrivilegesStmt>(statement.tree)))
      catalog->session.doubtful.insert(std::string(kGrantedByDefault));
    if (message.empty() && statement.tree != nullptr && !SetsSearchPath(catalog, source)) {
      const catalog::ApplyResult result = ApplyWithRoles(catalog, text, statement, in_transaction);
      if (MayMakeUpSql(statement, result)) RememberWords(&catalog->session, source);
      if (!result.findings.problems.empty()) message = result.findings.problems[0].message;
      if (skipped != nullptr && result.coverage == catalog::Coverage::kSkipped &&
          sql::As<sql::DoStmt>(statement.tree) == nullptr)
        skipped->push_back(std::string(source));
      if (!in_transaction) ++catalog->session.transaction;
    }
    if (!message.empty()) faults.push_back(message + ", in: " + std::string(source));
  }
  return faults;
}

std::string RunScript(catalog::Catalog* catalog, std::string_view text, bool in_transaction) {
  const std::vector<std::string> faults = RunAll(catalog, text, in_transaction);
  return faults.empty() ? "" : faults[0];
}

catalog::Catalog CatalogOf(const MigrationSet& set, std::uint64_t last,
                           std::vector<std::string>* skipped) {
  catalog::Catalog catalog;
  for (const Migration& migration : set.migrations) {
    if (migration.version <= last)
      RunAll(&catalog, migration.up.text, migration.up.transactional, skipped);
  }
  StartSession(&catalog);
  return catalog;
}

catalog::Catalog CatalogOf(const sql::LoadedSet& loaded) {
  catalog::Catalog catalog;
  const std::vector<Migration>& migrations = loaded.set.migrations;
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    const Script& up = migrations[i].up;
    const bool parsed = i < loaded.parsed.size() && loaded.parsed[i].up.parsed.text == up.text;
    if (parsed) {
      RunAll(&catalog, loaded.parsed[i].up.parsed, up.transactional);
    } else {
      RunAll(&catalog, up.text, up.transactional);
    }
  }
  StartSession(&catalog);
  return catalog;
}

}  // namespace strata::diff
