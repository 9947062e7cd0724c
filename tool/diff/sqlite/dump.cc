#include <algorithm>

#include "absl/strings/str_cat.h"
#include "diff/sqlite/model.h"
#include "migration/lexical.h"

namespace strata::diff {
namespace {

using shadow::SchemaRow;

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
  std::map<std::string, const SchemaRow*> left;
  for (const SchemaRow* row : Of(model, "table")) left[Folded(row->name)] = row;
  std::map<std::string, std::set<std::string>> children;
  std::map<std::string, std::size_t> waits;
  for (const auto& [name, row] : left) {
    const auto table = facts.find(row->name);
    if (table == facts.end()) continue;
    for (const std::string& parent : table->second.parents) {
      if (parent != name && left.count(parent) > 0 && children[parent].insert(name).second)
        ++waits[name];
    }
  }
  std::set<std::string> ready;
  for (const auto& [name, row] : left) {
    if (waits[name] == 0) ready.insert(name);
  }
  std::vector<const SchemaRow*> order;
  while (!left.empty()) {
    const std::string name = ready.empty() ? left.begin()->first : *ready.begin();
    ready.erase(name);
    order.push_back(left[name]);
    left.erase(name);
    for (const std::string& child : children[name]) {
      if (waits[child] > 0 && --waits[child] == 0 && left.count(child) > 0) ready.insert(child);
    }
  }
  return order;
}

void Add(std::string* text, const std::string& sql, bool apart) {
  absl::StrAppend(text, text->empty() || !apart ? "" : "\n", sql, ";\n");
}

}  // namespace

std::string DumpSqlite(const SqliteModel& model) {
  std::string text;
  std::map<std::string, std::vector<const SchemaRow*>> indexes;
  for (const SchemaRow* index : Of(model, "index")) indexes[index->table].push_back(index);
  for (const SchemaRow* table : Tables(model)) {
    Add(&text, WithPlainName(*table), true);
    for (const SchemaRow* index : indexes[table->name]) Add(&text, index->sql, false);
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
