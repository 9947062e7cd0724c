// The desired schema of a set of the sqlite dialect.
#include <algorithm>
#include <memory>

#include "base/files.h"
#include "diff/sqlite/model.h"
#include "migration/directive.h"
#include "migration/lexical.h"
#include "migration/recorded.h"
#include "shadow/sqlite_set.h"

namespace strata::diff {
namespace {

// What SQLite refuses, with its place: the files run as if each were a migration.
void Check(const std::vector<std::pair<std::string, std::string_view>>& texts,
           Diagnostics* diagnostics) {
  MigrationSet set;
  set.dialect = Dialect::kSqlite;
  for (const auto& [file, text] : texts) {
    Migration migration;
    migration.version = set.migrations.size() + 1;
    migration.up = RecordedScript(text, Dialect::kSqlite);
    migration.up.file = file;
    set.migrations.push_back(std::move(migration));
  }
  const shadow::SqliteSetResult result = shadow::RunSqliteSet(set, false);
  diagnostics->insert(diagnostics->end(), result.diagnostics.begin(), result.diagnostics.end());
}

// "CREATE TABLE users (" -> users; "" where the statement makes no table.
std::string TableMade(const std::string& sql) {
  const std::vector<std::string> tokens = shadow::SqliteTokens(sql);
  std::size_t at = 0;
  const auto take = [&](const char* word) {
    const bool is = at < tokens.size() && tokens[at] == word;
    if (is) ++at;
    return is;
  };
  if (!take("create")) return "";
  if (!take("temp")) take("temporary");
  if (!take("table")) return "";
  if (take("if")) at += 2;
  return at < tokens.size() ? tokens[at] : "";
}

// The text without the lines that are told to this tool alone: SQLite keeps comments.
std::string Without(std::string_view text, const std::vector<Directive>& directives) {
  std::string rest(text);
  for (auto d = directives.rbegin(); d != directives.rend(); ++d) {
    std::size_t begin = d->span.begin, end = d->span.end;
    while (begin > 0 && (rest[begin - 1] == ' ' || rest[begin - 1] == '\t')) --begin;
    const bool whole_line = begin == 0 || rest[begin - 1] == '\n';
    if (whole_line) end = std::min(rest.find('\n', end), rest.size() - 1) + 1;
    rest.erase(begin, end - begin);
  }
  return rest;
}

// Takes in what was renamed. Returns the text to run.
std::string Renames(const std::string& file, std::string_view text, SqliteSchemaFiles* schema,
                    Diagnostics* diagnostics) {
  const std::size_t before = diagnostics->size();
  const Lexed lexed = Lex(text, Dialect::kSqlite);
  const std::vector<Directive> directives =
      ReadDirectives(text, Dialect::kSqlite, ScriptHome::kSchema, diagnostics);
  for (const Directive& d : directives) {
    if (d.kind != Directive::Kind::kRenamedFrom || !d.anchor) continue;
    for (const Cut& cut : lexed.statements) {
      const Span s = cut.statement;
      if (*d.anchor < s.begin || *d.anchor >= s.end) continue;
      const std::string table = TableMade(std::string(text.substr(s.begin, s.end - s.begin)));
      if (table.empty()) continue;
      if (*d.anchor == s.begin) {
        schema->renames.push_back({"table", "", "", d.text, table});
      } else {
        const std::vector<std::string> tokens =
            shadow::SqliteTokens(std::string(text.substr(*d.anchor, s.end - *d.anchor)));
        if (!tokens.empty()) schema->renames.push_back({"column", "", table, d.text, tokens[0]});
      }
    }
  }
  for (std::size_t i = before; i < diagnostics->size(); ++i) (*diagnostics)[i].file = file;
  return Without(text, directives);
}

}  // namespace

absl::StatusOr<SqliteSchemaFiles> LoadSqliteSchema(const std::vector<std::string>& paths,
                                                   Diagnostics* diagnostics) {
  SqliteSchemaFiles schema;
  auto texts = std::make_shared<std::map<std::string, std::string>>();
  std::vector<std::pair<std::string, std::string_view>> order;
  ASSIGN_OR_RETURN(std::vector<SchemaFile> files, ReadSchemaFiles(paths));
  for (SchemaFile& file : files)
    order.emplace_back(file.path, (*texts)[file.path] = std::move(file.text));
  Check(order, diagnostics);
  shadow::Database database;
  for (const auto& [file, text] : order) {
    RunSqlite(Renames(file, text, &schema, diagnostics), &database);
    schema.sources.texts[file] = text;
  }
  schema.sources.storage = texts;
  schema.model = ReadModel(database);
  return schema;
}

}  // namespace strata::diff
