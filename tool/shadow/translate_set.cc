#include "shadow/translate_set.h"

#include <deque>
#include <memory>

#include "catalog/analyze/analyze.h"
#include "catalog/apply/apply.h"
#include "shadow/effects.h"
#include "shadow/input.h"
#include "shadow/translation.h"

namespace strata::shadow {
namespace {

using catalog::Catalog;

// The bytes of the translations, beside what the set stood in before.
struct Texts {
  std::shared_ptr<const void> before;
  std::deque<std::string> texts;
};

// What is left out without harm, and how that is said.
struct LeftOut {
  PgQuery__Node__NodeCase kind;
  const char* note;
};
constexpr LeftOut kLeftOut[] = {
    {PG_QUERY__NODE__NODE_COMMENT_STMT, "comments on objects are not kept on SQLite"},
    {PG_QUERY__NODE__NODE_GRANT_STMT, "SQLite has no privileges: GRANT and REVOKE are left out"},
    {PG_QUERY__NODE__NODE_GRANT_ROLE_STMT,
     "SQLite has no privileges: GRANT and REVOKE are left out"},
    {PG_QUERY__NODE__NODE_ALTER_DEFAULT_PRIVILEGES_STMT,
     "SQLite has no privileges: GRANT and REVOKE are left out"},
    {PG_QUERY__NODE__NODE_ALTER_OWNER_STMT, "SQLite has no roles: owners are left out"},
    {PG_QUERY__NODE__NODE_CREATE_ROLE_STMT, "SQLite has no roles: owners are left out"},
    {PG_QUERY__NODE__NODE_CREATE_POLICY_STMT, "SQLite has no row security: policies are left out"},
    {PG_QUERY__NODE__NODE_ALTER_POLICY_STMT, "SQLite has no row security: policies are left out"},
    {PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT, "functions and procedures do not exist on SQLite"},
    {PG_QUERY__NODE__NODE_RULE_STMT, "rules do not run on SQLite"},
    {PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT, "extensions do not exist on SQLite"},
    {PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT,
     "schemas are prefixes of table names on SQLite: app.users is app_users"},
    {PG_QUERY__NODE__NODE_CREATE_STATS_STMT, "extended statistics are left out on SQLite"},
    {PG_QUERY__NODE__NODE_SELECT_STMT, "SELECT statements in migrations are left out on SQLite"},
};

void NoteLeftOut(const sql::Node* tree, Translation* translation) {
  for (const LeftOut& left_out : kLeftOut) {
    if (tree->node_case == left_out.kind) translation->Note(left_out.note);
  }
  if (const auto* trigger = sql::As<sql::CreateTrigStmt>(tree)) {
    translation->Note(std::string("the trigger \"") + trigger->trigname +
                      "\" does not run on SQLite");
  }
  const auto* index = sql::As<sql::IndexStmt>(tree);
  const auto* drop = sql::As<sql::DropStmt>(tree);
  if ((index != nullptr && index->concurrent) || (drop != nullptr && drop->concurrent)) {
    translation->Note("CONCURRENTLY means nothing on SQLite");
  }
}

// Fails with `reason` as SQLite's error message when it is run.
std::vector<std::string> RefusalStatements(const std::string& reason) {
  return {"CREATE TEMP TABLE strata_refused (reason TEXT)",
          "CREATE TEMP TRIGGER strata_refuses BEFORE INSERT ON strata_refused BEGIN SELECT "
          "RAISE(ABORT, " +
              QuoteText(reason) + "); END",
          "INSERT INTO strata_refused VALUES ('refused')"};
}

class Translator {
 public:
  Translator(sql::LoadedSet* set, Diagnostics* notes)
      : set_(*set), notes_(*notes), texts_(std::make_shared<Texts>()) {
    texts_->before = set->set.storage;
  }

  void Run() {
    for (std::size_t i = 0; i < set_.parsed.size(); ++i) {
      Migration& migration = set_.set.migrations[i];
      const sql::ParsedMigration& parsed = set_.parsed[i];
      const bool own_up = migration.sqlite_up.has_value(),
                 own_down = migration.sqlite_down.has_value();
      Translation up = Translate(&catalog_, migration.up, parsed.up);
      if (!own_up) migration.sqlite_up = Finish(migration, migration.up, Direction::kUp, up);
      if (migration.down && parsed.down && !own_down) {
        Catalog undone = catalog_;
        Translation down = Translate(&undone, *migration.down, *parsed.down);
        migration.sqlite_down = Finish(migration, *migration.down, Direction::kDown, down);
      }
      if (migration.verify && parsed.verify && !migration.sqlite_verify)
        Verify(&migration, *parsed.verify);
    }
    set_.set.storage = texts_;
  }

 private:
  Translation Translate(Catalog* catalog, const Script& script, const sql::ParsedFile& file) {
    Translation translation;
    ++catalog->session.transaction;
    for (std::size_t i = 0; i < file.parsed.statements.size(); ++i) {
      const sql::ParsedStatement& statement = file.parsed.statements[i];
      if (statement.tree == nullptr) {
        translation.Refuse("a statement is not understood");
        continue;
      }
      const Catalog before = *catalog;
      Apply(catalog, script.text, statement, script.transactional);
      Statement(before, *catalog, script.text, statement, &translation);
    }
    return translation;
  }

  static void Statement(const Catalog& before, const Catalog& after, std::string_view text,
                        const sql::ParsedStatement& statement, Translation* translation) {
    NoteLeftOut(statement.tree, translation);
    TranslateChange(before, after, text, statement, translation);
    if (TranslateData(before, after, text, statement, translation)) return;
    const std::string_view written =
        text.substr(statement.span.begin, statement.span.end - statement.span.begin);
    if (const auto* block = sql::As<sql::DoStmt>(statement.tree)) {
      if (MayWriteRows(after, BodyOf(*block)))
        translation->Refuse("a DO block that writes rows has no counterpart on SQLite");
      translation->Note("DO blocks are not run on SQLite");
    }
    const bool calls = sql::As<sql::SelectStmt>(statement.tree) != nullptr ||
                       sql::As<sql::CallStmt>(statement.tree) != nullptr;
    if (calls && CallsWriter(after, written))
      translation->Refuse("a function that writes rows has no counterpart on SQLite");
  }

  Script Finish(const Migration& migration, const Script& source, Direction direction,
                const Translation& translation) {
    for (const std::string& note : translation.notes)
      Say(migration, source, direction, Severity::kNote, "sqlite-approximation", note);
    if (translation.refusal.empty())
      return Written(migration, source, direction, translation.statements);
    const std::string up_or_down =
        direction == Direction::kUp ? ".sqlite.up.sql" : ".sqlite.down.sql";
    const std::string variant = Stem(source.file) + up_or_down;
    Say(migration, source, direction, Severity::kWarning, "no-sqlite-counterpart",
        "this migration cannot run on SQLite: " + translation.refusal);
    notes_.back().help = "write " + variant + ", which then runs instead";
    return Written(migration, source, direction,
                   RefusalStatements(std::string(source.file) +
                                     " cannot run on SQLite: " + translation.refusal + "; write " +
                                     variant + ", which then runs instead"));
  }

  // "0001_users.up.sql" -> "0001_users"
  static std::string Stem(std::string_view file) {
    for (const std::string_view end : {".up.sql", ".down.sql", ".verify.sql"}) {
      if (file.size() > end.size() && file.substr(file.size() - end.size()) == end)
        return std::string(file.substr(0, file.size() - end.size()));
    }
    return std::string(file);
  }

  Script Written(const Migration&, const Script& source, Direction direction,
                 const std::vector<std::string>& statements) {
    std::string text;
    Script script;
    for (const std::string& statement : statements) {
      const auto begin = static_cast<std::uint32_t>(text.size());
      text += statement;
      script.statements.push_back({begin, static_cast<std::uint32_t>(text.size()), 0, 0, 0});
      text += ";\n";
    }
    script.file = Keep(Stem(source.file) +
                       (direction == Direction::kUp ? ".sqlite.up.sql" : ".sqlite.down.sql"));
    script.text = Keep(std::move(text));
    script.checksum = source.checksum;
    return script;
  }

  void Verify(Migration* migration, const sql::ParsedFile& file) {
    Translation translation;
    for (const sql::ParsedStatement& statement : file.parsed.statements) {
      catalog::Findings findings;
      if (statement.tree == nullptr || sql::As<sql::SelectStmt>(statement.tree) == nullptr)
        continue;
      const catalog::QueryPtr query = AnalyzeQuery(catalog_, statement.tree, {}, &findings);
      Translation one;
      const std::string sql = TranslateQuery(catalog_, *query, "a query", &one);
      if (sql.empty()) {
        translation.Note("a verify query is left out on SQLite: " + one.refusal);
      } else {
        translation.Add(sql);
      }
    }
    for (const std::string& note : translation.notes)
      Say(*migration, *migration->verify, Direction::kUp, Severity::kNote, "sqlite-approximation",
          note);
    migration->sqlite_verify =
        Written(*migration, *migration->verify, Direction::kUp, translation.statements);
    migration->sqlite_verify->file = Keep(Stem(migration->verify->file) + ".sqlite.verify.sql");
  }

  void Say(const Migration& migration, const Script& source, Direction direction, Severity severity,
           const char* rule, const std::string& message) {
    if (severity == Severity::kNote && !said_.insert(message).second) return;
    Diagnostic d;
    d.cls = DiagnosticClass::kCoverage;
    d.severity = severity;
    d.rule = rule;
    d.message = message;
    d.file = std::string(source.file);
    d.migration = migration.version;
    d.direction = direction;
    notes_.push_back(std::move(d));
  }

  std::string_view Keep(std::string text) { return texts_->texts.emplace_back(std::move(text)); }

  sql::LoadedSet& set_;
  Diagnostics& notes_;
  std::shared_ptr<Texts> texts_;
  Catalog catalog_;
  std::set<std::string> said_;
};

}  // namespace

void TranslateSet(sql::LoadedSet* set, Diagnostics* notes) {
  if (set->set.dialect == Dialect::kPostgres) Translator(set, notes).Run();
}

}  // namespace strata::shadow
