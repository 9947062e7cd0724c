#include "diff/sqlite/model.h"

#include <sqlite3.h>

#include <algorithm>
#include <cctype>
#include <functional>

#include "absl/strings/str_cat.h"
#include "migration/history.h"
#include "migration/lexical.h"

namespace strata::diff {
namespace {

constexpr char kSchema[] = R"sql(
SELECT type, name, tbl_name, sql FROM sqlite_schema
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
  AND name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')
ORDER BY rowid)sql";

// One line for each thing that SQLite says of a table, or of all: the table, what it is, its
// values.
constexpr char kFacts[] = R"sql(
WITH own AS MATERIALIZED (SELECT name FROM sqlite_schema WHERE type = 'table'
                          AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name = coalesce(?1, name))
SELECT own.name, 'column', c.name, upper(c.type), coalesce(c.dflt_value, ''), c."notnull", c.pk,
       c.hidden, c.dflt_value IS NOT NULL FROM own, pragma_table_xinfo(own.name) c
UNION ALL
SELECT name, 'table', iif(wr, 'WITHOUT ROWID', ''), iif(strict, 'STRICT', ''), '', 0, 0, 0, 0
FROM pragma_table_list WHERE schema = 'main' AND (wr OR strict) AND name = coalesce(?1, name)
UNION ALL
SELECT name, 'reference', "table", group_concat("from" || ' to ' || coalesce("to", 'its key'), ', '),
       'on update ' || on_update || ', on delete ' || on_delete, on_delete = 'CASCADE', 0, 0, 0
FROM (SELECT own.name, f.* FROM own, pragma_foreign_key_list(own.name) f
      ORDER BY own.name, f.id, f.seq) GROUP BY name, id
UNION ALL
SELECT own.name, 'key', iif(i.origin = 'pk', 'primary key', 'unique'),
       (SELECT group_concat(c.name, ', ') FROM pragma_index_info(i.name) c), '', 0, 0, 0, 0
FROM own, pragma_index_list(own.name) i WHERE i.origin <> 'c'
)sql";

std::string Text(sqlite3_stmt* statement, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  return text == nullptr ? "" : text;
}

// Calls `row` for each row; does nothing where the query fails. Where `value` is not empty it is
// the query's parameter.
void Each(shadow::Database& database, const char* sql, const std::string& value,
          const std::function<void(sqlite3_stmt*)>& row) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database.handle(), sql, -1, &statement, nullptr) != SQLITE_OK) return;
  if (!value.empty()) sqlite3_bind_text(statement, 1, value.c_str(), -1, SQLITE_STATIC);
  while (sqlite3_step(statement) == SQLITE_ROW) row(statement);
  sqlite3_finalize(statement);
}

// The history of another set in the same database.
bool IsHistory(const std::string& sql) {
  return sql.find("down_checksum") != std::string::npos &&
         sql.find("tool_version") != std::string::npos;
}

// Words of a part whose meaning no pragma tells.
bool OnlyTheTextTells(const TableItem& item) {
  static const std::set<std::string> kWords = {"generated", "conflict", "deferrable", "initially",
                                               "match",     "check",    "collate",    "desc"};
  return std::any_of(item.tokens.begin(), item.tokens.end(),
                     [](const std::string& token) { return kWords.count(token) > 0; }) ||
         std::adjacent_find(item.tokens.begin(), item.tokens.end(),
                            [](const std::string& a, const std::string& b) {
                              return a == "as" && b == "(";
                            }) != item.tokens.end();
}

std::string Joined(const std::vector<std::string>& tokens) {
  std::string text;
  for (const std::string& token : tokens) absl::StrAppend(&text, text.empty() ? "" : " ", token);
  return text;
}

// A fact other than a column, in words.
std::string RuleOf(const std::string& kind, sqlite3_stmt* row) {
  const std::string first = Text(row, 2), second = Text(row, 3);
  if (kind == "table") return first + (first.empty() || second.empty() ? "" : ", ") + second;
  if (kind == "key") return first + " (" + Folded(second) + ")";
  return "foreign key " + Folded(second) + " of " + Folded(first) + ", " + Text(row, 4);
}

void AddText(const std::string& sql, SqliteTable* table) {
  for (const TableItem& item : ItemsOf(sql)) {
    if (OnlyTheTextTells(item)) table->rules.push_back(Joined(item.tokens));
    const auto at = std::find(item.tokens.begin(), item.tokens.end(), "autoincrement");
    if (at != item.tokens.end()) table->rules.push_back("AUTOINCREMENT");
  }
}

// Behind a quote, a comment or one character.
std::size_t Skip(const std::string& sql, std::size_t at) {
  const char c = sql[at];
  if (c == '\'' || c == '"' || c == '`' || c == '[') {
    const std::size_t end = sql.find(c == '[' ? ']' : c, at + 1);
    return end == std::string::npos ? sql.size() : end + 1;
  }
  if (sql.compare(at, 2, "--") == 0) return std::min(sql.find('\n', at), sql.size());
  if (sql.compare(at, 2, "/*") == 0) {
    const std::size_t end = sql.find("*/", at + 2);
    return end == std::string::npos ? sql.size() : end + 2;
  }
  return at + 1;
}

TableItem ItemOf(const std::string& sql, std::size_t begin, std::size_t end) {
  begin = SkipBlanks(sql, begin, Dialect::kSqlite);
  while (end > begin && std::isspace(static_cast<unsigned char>(sql[end - 1]))) --end;
  TableItem item;
  if (begin >= end) return item;
  item.text = sql.substr(begin, end - begin);
  item.tokens = shadow::SqliteTokens(item.text);
  static const std::set<std::string> kConstraints = {"constraint", "primary", "unique", "check",
                                                     "foreign"};
  const bool quoted = item.text[0] == '"' || item.text[0] == '`' || item.text[0] == '[';
  if (!item.tokens.empty() && (quoted || kConstraints.count(item.tokens[0]) == 0))
    item.column = item.tokens[0];
  return item;
}

void AddFact(sqlite3_stmt* row, SqliteTable* table) {
  const std::string kind = Text(row, 1);
  if (kind == "column") {
    SqliteColumn column;
    column.name = Text(row, 2);
    column.type = Text(row, 3);
    if (sqlite3_column_int(row, 8) != 0) column.default_value = Text(row, 4);
    column.not_null = sqlite3_column_int(row, 5) != 0;
    column.key = sqlite3_column_int(row, 6);
    column.hidden = sqlite3_column_int(row, 7);
    return table->columns.push_back(std::move(column));
  }
  if (const std::string rule = RuleOf(kind, row); !rule.empty()) table->rules.push_back(rule);
  if (kind != "reference") return;
  table->parents.insert(Folded(Text(row, 2)));
  if (sqlite3_column_int(row, 5) != 0) table->cascades.insert(Folded(Text(row, 2)));
}

}  // namespace

std::string Folded(std::string name) {
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return name;
}

SqliteIndex::SqliteIndex(const SqliteModel& model) {
  for (const shadow::SchemaRow& row : model) rows_[{row.type, Folded(row.name)}] = &row;
}

const shadow::SchemaRow* SqliteIndex::Find(const std::string& type, const std::string& name) const {
  const auto found = rows_.find({type, Folded(name)});
  return found == rows_.end() ? nullptr : found->second;
}

SqliteModel ReadModel(shadow::Database& database) {
  SqliteModel model;
  Each(database, kSchema, "", [&](sqlite3_stmt* row) {
    model.push_back({Text(row, 0), Text(row, 1), Text(row, 2), Text(row, 3)});
  });
  return model;
}

absl::StatusOr<SqliteModel> ReadModel(Database& database, const std::string& history_table) {
  ASSIGN_OR_RETURN(const TableName history, ParseTableName(history_table));
  ASSIGN_OR_RETURN(const Rows rows, database.Query(kSchema));
  std::set<std::string> own = {history.name};
  for (const Row& row : rows.rows) {
    if (IsHistory(*row[3])) own.insert(*row[1]);
  }
  SqliteModel model;
  for (const Row& row : rows.rows) {
    const std::string& table = *row[2];
    const bool log = table.size() > 4 && table.compare(table.size() - 4, 4, "_log") == 0;
    if (own.count(table) > 0 || (log && own.count(table.substr(0, table.size() - 4)) > 0)) continue;
    model.push_back({*row[0], *row[1], table, *row[3]});
  }
  return model;
}

SqliteModel ModelOf(const MigrationSet& set, std::uint64_t last) {
  shadow::Database database;
  for (const Migration& migration : set.migrations) {
    if (migration.version <= last) RunSqlite(migration.up.text, &database);
  }
  return ReadModel(database);
}

std::string RunSqlite(std::string_view script, shadow::Database* database) {
  std::string first;
  for (const Cut& cut : Lex(script, Dialect::kSqlite).statements) {
    const std::string sql(
        script.substr(cut.statement.begin, cut.statement.end - cut.statement.begin));
    const std::optional<shadow::SqliteError> error = database->Execute(sql);
    if (error && first.empty()) first = error->message + ", in: " + sql;
  }
  return first;
}

std::string Replay(const SqliteModel& model, shadow::Database* database) {
  for (const char* type : {"table", "index", "view", "trigger"}) {
    for (const shadow::SchemaRow& row : model) {
      if (row.type != type) continue;
      if (const auto error = database->Execute(row.sql)) return error->message + ", in: " + row.sql;
    }
  }
  return "";
}

std::size_t BodyBegin(const std::string& sql) {
  std::size_t at = 0;
  while (at < sql.size() && sql[at] != '(') at = Skip(sql, at);
  return at;
}

std::vector<TableItem> ItemsOf(const std::string& sql) {
  std::vector<TableItem> items;
  std::size_t at = BodyBegin(sql) + 1;
  std::size_t begin = at;
  int depth = 1;
  while (at < sql.size() && depth > 0) {
    const char c = sql[at];
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (depth == 0 || (c == ',' && depth == 1)) {
      TableItem item = ItemOf(sql, begin, at);
      if (!item.text.empty()) items.push_back(std::move(item));
      begin = at + 1;
    }
    at = Skip(sql, at);
  }
  return items;
}

std::map<std::string, SqliteTable> TablesOf(shadow::Database& database, const SqliteModel& model,
                                            const std::string& only) {
  std::map<std::string, SqliteTable> tables;
  Each(database, kFacts, only, [&](sqlite3_stmt* row) { AddFact(row, &tables[Text(row, 0)]); });
  for (const shadow::SchemaRow& row : model) {
    if (row.type == "table" && (only.empty() || row.name == only))
      AddText(row.sql, &tables[row.name]);
  }
  for (auto& [name, table] : tables) std::sort(table.rules.begin(), table.rules.end());
  return tables;
}

std::map<std::string, SqliteTable> TablesOf(const SqliteModel& model) {
  constexpr std::size_t kAtOnce = 50;  // SQLite reads what there is at each CREATE TABLE
  std::map<std::string, SqliteTable> all;
  SqliteModel some;
  for (std::size_t i = 0; i < model.size(); ++i) {
    if (model[i].type == "table") some.push_back(model[i]);
    if (some.size() < kAtOnce && i + 1 < model.size()) continue;
    shadow::Database database;
    Replay(some, &database);
    all.merge(TablesOf(database, some, ""));
    some.clear();
  }
  return all;
}

std::string SqliteName(const std::string& name) {
  const bool plain = !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
                     std::all_of(name.begin(), name.end(),
                                 [](unsigned char c) {
                                   return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '_';
                                 }) &&
                     sqlite3_keyword_check(name.c_str(), static_cast<int>(name.size())) == 0;
  if (plain) return name;
  std::string quoted = "\"";
  for (char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace strata::diff
