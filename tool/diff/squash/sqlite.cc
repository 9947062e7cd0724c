#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "diff/squash/squash.h"

namespace strata::diff {
namespace {

// Tables first, each kind in the order in which its statements ran.
constexpr char kSchema[] = R"sql(
SELECT m.type, m.name, m.sql, '"' || replace(m.name, '"', '""') || '"' FROM sqlite_master m
LEFT JOIN pragma_table_list l ON l.schema = 'main' AND l.name = m.name
WHERE m.sql IS NOT NULL AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~'
  AND m.tbl_name NOT IN ('strata_history', 'strata_history_log')
  AND coalesce(l.type, '') <> 'shadow'
ORDER BY CASE m.type WHEN 'table' THEN 0 WHEN 'index' THEN 1 WHEN 'view' THEN 2 ELSE 3 END, m.rowid
)sql";

constexpr char kKeys[] = R"sql(
SELECT m.name, f."table" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
WHERE m.type = 'table')sql";

// Children before parents; in a circle the newest first.
std::vector<const Row*> InDropOrder(std::vector<const Row*> tables,
                                    const std::map<std::string, std::set<std::string>>& children) {
  std::vector<const Row*> order;
  std::set<std::string> gone;
  std::reverse(tables.begin(), tables.end());
  while (!tables.empty()) {
    auto next = std::find_if(tables.begin(), tables.end(), [&](const Row* table) {
      const auto of = children.find(*(*table)[1]);
      return of == children.end() ||
             std::all_of(of->second.begin(), of->second.end(), [&](const std::string& child) {
               return child == *(*table)[1] || gone.count(child) > 0;
             });
    });
    if (next == tables.end()) next = tables.begin();
    gone.insert(*(**next)[1]);
    order.push_back(*next);
    tables.erase(next);
  }
  return order;
}

}  // namespace

absl::StatusOr<SqliteDump> DumpSqlite(Database& database) {
  ASSIGN_OR_RETURN(const Rows schema, database.Query(kSchema));
  ASSIGN_OR_RETURN(const Rows keys, database.Query(kKeys));
  std::map<std::string, std::set<std::string>> children;
  for (const Row& key : keys.rows) children[*key[1]].insert(*key[0]);
  SqliteDump dump;
  std::vector<const Row*> tables, views;
  for (const Row& row : schema.rows) {
    const bool table = *row[0] == "table";
    std::string& text = table ? dump.tables : dump.rest;
    absl::StrAppend(&text, text.empty() ? "" : "\n", *row[2], ";\n");
    if (table) tables.push_back(&row);
    if (*row[0] == "view") views.push_back(&row);
  }
  for (auto view = views.rbegin(); view != views.rend(); ++view)
    absl::StrAppend(&dump.drops, "DROP VIEW ", *(**view)[3], ";\n");
  for (const Row* table : InDropOrder(std::move(tables), children))
    absl::StrAppend(&dump.drops, "DROP TABLE ", *(*table)[3], ";\n");
  return dump;
}

}  // namespace strata::diff
