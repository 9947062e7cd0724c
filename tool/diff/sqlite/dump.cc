#include <algorithm>

#include "absl/strings/str_cat.h"
#include "diff/sqlite/model.h"
#include "migration/lexical.h"

namespace strata::diff {
namespace {

using shadow::SchemaRow;

std::string Lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// SQLite quotes a name when it renames a table; it is the same name.
std::string WithPlainName(const SchemaRow& row) {
  const std::string quoted = "CREATE TABLE \"" + row.name + "\"";
  if (row.type != "table" || row.sql.compare(0, quoted.size(), quoted) != 0) return row.sql;
  const std::size_t rest = row.sql.find_first_not_of(" \n\t", quoted.size());
  return "CREATE TABLE " + SqliteName(row.name) + " " +
         row.sql.substr(std::min(rest, row.sql.size()));
}

std::vector<const SchemaRow*> Of(const SqliteModel& model, const std::string& type) {
  std::vector<const SchemaRow*> rows;
  for (const SchemaRow& row : model) {
    if (row.type == type) rows.push_back(&row);
  }
  std::sort(rows.begin(), rows.end(),
            [](const SchemaRow* a, const SchemaRow* b) { return a->name < b->name; });
  return rows;
}

// Parents before children, else by name; a circle is cut at its first name.
std::vector<const SchemaRow*> Tables(const SqliteModel& model) {
  const std::map<std::string, SqliteTable> facts = TablesOf(model);
  std::vector<const SchemaRow*> left = Of(model, "table"), order;
  std::set<std::string> waiting;
  for (const SchemaRow* row : left) waiting.insert(Lower(row->name));
  while (!left.empty()) {
    auto next = std::find_if(left.begin(), left.end(), [&](const SchemaRow* row) {
      const auto table = facts.find(row->name);
      return table == facts.end() ||
             std::none_of(table->second.parents.begin(), table->second.parents.end(),
                          [&](const std::string& parent) {
                            return parent != Lower(row->name) && waiting.count(parent) > 0;
                          });
    });
    if (next == left.end()) next = left.begin();
    waiting.erase(Lower((*next)->name));
    order.push_back(*next);
    left.erase(next);
  }
  return order;
}

void Add(std::string* text, const std::string& sql, bool apart) {
  absl::StrAppend(text, text->empty() || !apart ? "" : "\n", sql, ";\n");
}

}  // namespace

std::string DumpSqlite(const SqliteModel& model) {
  std::string text;
  const std::vector<const SchemaRow*> indexes = Of(model, "index");
  for (const SchemaRow* table : Tables(model)) {
    Add(&text, WithPlainName(*table), true);
    for (const SchemaRow* index : indexes) {
      if (index->table == table->name) Add(&text, index->sql, false);
    }
  }
  for (const char* type : {"view", "trigger"}) {
    for (const SchemaRow* row : Of(model, type)) Add(&text, row->sql, true);
  }
  return text;
}

SqliteDump DumpParts(const SqliteModel& model) {
  SqliteDump dump;
  const std::vector<const SchemaRow*> tables = Tables(model), views = Of(model, "view");
  for (const SchemaRow* table : tables) Add(&dump.tables, WithPlainName(*table), true);
  for (const char* type : {"index", "view", "trigger"}) {
    for (const SchemaRow* row : Of(model, type)) Add(&dump.rest, row->sql, true);
  }
  for (const SchemaRow* view : views)
    absl::StrAppend(&dump.drops, "DROP VIEW ", SqliteName(view->name), ";\n");
  for (auto table = tables.rbegin(); table != tables.rend(); ++table)
    absl::StrAppend(&dump.drops, "DROP TABLE ", SqliteName((*table)->name), ";\n");
  return dump;
}

}  // namespace strata::diff
