#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/span.h"
#include "catalog/quote.h"
#include "diff/run.h"
#include "diff/squash/squash.h"
#include "sql/walk.h"

namespace strata::diff {
namespace {

bool Calls(const sql::Node* tree) {
  bool calls = false;
  sql::Walk(tree, [&](const sql::Node* node) {
    calls = calls || sql::As<sql::FuncCall>(node) != nullptr;
    return !calls;
  });
  return calls;
}

bool Inserts(const sql::Node* tree) {
  bool inserts = false;
  sql::Walk(tree, [&](const sql::Node* node) {
    inserts = inserts || sql::As<sql::InsertStmt>(node) != nullptr;
    return !inserts;
  });
  return inserts;
}

// An UPDATE or DELETE alone changes nothing in a database that nobody has put rows into.
std::string PutsRowsIn(const sql::Node* tree) {
  if (sql::As<sql::InsertStmt>(tree) != nullptr) return "INSERT";
  if (sql::As<sql::CopyStmt>(tree) != nullptr) return "COPY";
  if (sql::As<sql::MergeStmt>(tree) != nullptr) return "MERGE";
  if (sql::As<sql::CallStmt>(tree) != nullptr) return "CALL";
  if (sql::As<sql::DoStmt>(tree) != nullptr) return "the DO block";
  if (const auto* as = sql::As<sql::CreateTableAsStmt>(tree)) {
    return as->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE ? "CREATE TABLE AS" : "";
  }
  if (const auto* select = sql::As<sql::SelectStmt>(tree)) {
    if (select->into_clause != nullptr) return "SELECT INTO";
    return Calls(tree) ? "the function that SELECT calls" : "";
  }
  const bool changes =
      sql::As<sql::UpdateStmt>(tree) != nullptr || sql::As<sql::DeleteStmt>(tree) != nullptr;
  return changes && Inserts(tree) ? "WITH … INSERT" : "";
}

bool IsOfRoles(const sql::Node* tree) {
  return sql::As<sql::CreateRoleStmt>(tree) != nullptr ||
         sql::As<sql::AlterRoleStmt>(tree) != nullptr ||
         sql::As<sql::DropRoleStmt>(tree) != nullptr ||
         sql::As<sql::GrantRoleStmt>(tree) != nullptr;
}

// Roles belong to the server, where another database's baseline may have made them.
std::string OfRoles(const sql::Node* tree, const std::string& source) {
  const auto* create = sql::As<sql::CreateRoleStmt>(tree);
  if (create == nullptr) return source;
  return absl::StrCat("DO $role$ BEGIN\n    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ",
                      catalog::QuoteLiteral(create->role), ") THEN\n        ", source,
                      ";\n    END IF;\nEND $role$");
}

class Surveyor {
 public:
  Survey Run(const sql::LoadedSet& loaded, std::uint64_t last) {
    for (const sql::ParsedMigration& migration : loaded.parsed) {
      if (migration.migration->version > last) break;
      const Script& script = *migration.up.script;
      StartSession(&catalog_);
      ++catalog_.session.transaction;
      for (const sql::ParsedStatement& statement : migration.up.parsed.statements) {
        Look(script, statement);
      }
    }
    return std::move(survey_);
  }

 private:
  void Look(const Script& script, const sql::ParsedStatement& statement) {
    const std::string source(
        script.text.substr(statement.span.begin, statement.span.end - statement.span.begin));
    const int line = PlaceOf(script.text, statement.span.begin).line;
    const std::string place = absl::StrCat(std::string(script.file), ":", line, ": ");
    if (statement.tree == nullptr) {
      return Set(&survey_.unclear, place + "a statement in a syntax that this version cannot read");
    }
    if (SetsSearchPath(&catalog_, source)) return;
    if (IsOfRoles(statement.tree)) survey_.head += OfRoles(statement.tree, source) + ";\n";
    const std::string what = PutsRowsIn(statement.tree);
    if (!what.empty()) Set(&survey_.rows, place + what + " may put rows in");
    const catalog::ApplyResult result =
        ApplyWithRoles(&catalog_, script.text, statement, script.transactional);
    if (result.coverage != catalog::Coverage::kSkipped) return;
    const bool seen_on_a_server =
        !what.empty() || sql::As<sql::CreateExtensionStmt>(statement.tree) != nullptr;
    Set(seen_on_a_server ? &survey_.unclear : &survey_.lost, place + Kind(source));
  }

  // The first three words.
  static std::string Kind(const std::string& source) {
    std::size_t end = 0;
    for (int words = 0; words < 3 && end < source.size(); ++words) {
      end = std::min(source.find_first_of(" \n\t(", end + 1), source.size());
    }
    return source.substr(0, end);
  }

  static void Set(std::string* first, std::string text) {
    if (first->empty()) *first = std::move(text);
  }

  catalog::Catalog catalog_;
  Survey survey_;
};

}  // namespace

Survey SurveyOf(const sql::LoadedSet& loaded, std::uint64_t last) {
  return Surveyor().Run(loaded, last);
}

}  // namespace strata::diff
