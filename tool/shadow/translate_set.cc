#include "shadow/translate_set.h"

#include <deque>
#include <memory>

#include "catalog/analyze/analyze.h"
#include "catalog/apply/apply.h"
#include "catalog/apply/session.h"
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

}  // namespace

class SetTranslator::Run {
 public:
  Run(sql::LoadedSet* set, Diagnostics* notes)
      : set_(*set), notes_(*notes), texts_(std::make_shared<Texts>()) {
    texts_->before = set->set.storage;
    set_.set.storage = texts_;
  }

  void Begin(std::size_t migration, Direction direction) {
    migration_ = &set_.set.migrations[migration];
    parsed_ = &set_.parsed[migration];
    direction_ = direction;
    translation_ = Translation();
    const OptionalScript& own =
        direction == Direction::kUp ? migration_->sqlite_up : migration_->sqlite_down;
    own_ = own.has_value();
  }

  void Statement(std::size_t index, const Catalog& before, const Catalog& after) {
    if (own_) return;
    const sql::ParsedFile& file = direction_ == Direction::kUp ? parsed_->up : *parsed_->down;
    const sql::ParsedStatement& statement = file.parsed.statements[index];
    if (statement.tree == nullptr) {
      translation_.Refuse("a statement is not understood");
    } else {
      TranslateStatement(before, after, file.script->text, statement, &translation_);
    }
  }

  void End(const Catalog& schema) {
    if (!own_ && direction_ == Direction::kUp) {
      migration_->sqlite_up = Finish(*migration_, migration_->up, direction_, translation_);
    } else if (!own_) {
      migration_->sqlite_down = Finish(*migration_, *migration_->down, direction_, translation_);
    }
    const bool verified = migration_->verify && parsed_->verify && !migration_->sqlite_verify;
    if (direction_ == Direction::kUp && verified) Verify(schema, migration_, *parsed_->verify);
  }

 private:
  static void TranslateStatement(const Catalog& before, const Catalog& after, std::string_view text,
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

  void Verify(const Catalog& catalog, Migration* migration, const sql::ParsedFile& file) {
    Translation translation;
    for (const sql::ParsedStatement& statement : file.parsed.statements) {
      catalog::Findings findings;
      if (statement.tree == nullptr || sql::As<sql::SelectStmt>(statement.tree) == nullptr)
        continue;
      const catalog::QueryPtr query = AnalyzeQuery(catalog, statement.tree, {}, &findings);
      Translation one;
      const std::string sql = TranslateQuery(catalog, *query, "a query", &one);
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
  std::set<std::string> said_;

  // The script that is running.
  Migration* migration_ = nullptr;
  const sql::ParsedMigration* parsed_ = nullptr;
  Direction direction_ = Direction::kUp;
  bool own_ = false;  // it has a variant for SQLite, written by hand
  Translation translation_;
};

SetTranslator::SetTranslator(sql::LoadedSet* set, Diagnostics* notes)
    : run_(std::make_unique<Run>(set, notes)) {}
SetTranslator::~SetTranslator() = default;
void SetTranslator::Begin(std::size_t migration, Direction direction) {
  run_->Begin(migration, direction);
}
void SetTranslator::Statement(std::size_t statement, const Catalog& before, const Catalog& after) {
  run_->Statement(statement, before, after);
}
void SetTranslator::End(const Catalog& schema) { run_->End(schema); }

namespace {

// Applies the script in a session of its own.
void Translate(const sql::ParsedFile& file, Catalog* catalog, SetTranslator* translator) {
  catalog::StartSession(catalog);
  for (std::size_t i = 0; i < file.parsed.statements.size(); ++i) {
    const sql::ParsedStatement& statement = file.parsed.statements[i];
    const Catalog before = *catalog;
    if (!file.script->transactional) ++catalog->session.transaction;
    if (statement.tree != nullptr)
      Apply(catalog, file.parsed.text, statement, file.script->transactional);
    translator->Statement(i, before, *catalog);
  }
  catalog::StartSession(catalog);
  translator->End(*catalog);
}

}  // namespace

void TranslateSet(sql::LoadedSet* set, Diagnostics* notes) {
  if (set->set.dialect != Dialect::kPostgres) return;
  SetTranslator translator(set, notes);
  Catalog catalog;
  for (std::size_t i = 0; i < set->parsed.size(); ++i) {
    const sql::ParsedMigration& migration = set->parsed[i];
    translator.Begin(i, Direction::kUp);
    Translate(migration.up, &catalog, &translator);
    if (!migration.down) continue;
    Catalog undone = catalog;
    translator.Begin(i, Direction::kDown);
    Translate(*migration.down, &undone, &translator);
  }
}

}  // namespace strata::shadow
