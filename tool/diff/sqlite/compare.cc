#include <algorithm>

#include "absl/strings/str_cat.h"
#include "diff/sqlite/model.h"

namespace strata::diff {
namespace {

using Kind = Difference::Kind;
using shadow::SchemaRow;
using shadow::SqliteTokens;

std::vector<std::vector<std::string>> SortedItems(const std::string& sql) {
  std::vector<std::vector<std::string>> items;
  for (TableItem& item : ItemsOf(sql)) items.push_back(std::move(item.tokens));
  std::sort(items.begin(), items.end());
  return items;
}

bool SameColumn(const SqliteColumn& a, const SqliteColumn& b) {
  return a.type == b.type && a.not_null == b.not_null && a.key == b.key && a.hidden == b.hidden &&
         SqliteTokens(a.default_value) == SqliteTokens(b.default_value);
}

const SqliteColumn* Find(const SqliteTable& table, const std::string& name) {
  for (const SqliteColumn& column : table.columns) {
    if (Folded(column.name) == Folded(name)) return &column;
  }
  return nullptr;
}

bool SameTable(const SqliteTable& a, const SqliteTable& b) {
  if (a.columns.size() != b.columns.size() || a.rules != b.rules) return false;
  return std::all_of(a.columns.begin(), a.columns.end(), [&](const SqliteColumn& column) {
    const SqliteColumn* other = Find(b, column.name);
    return other != nullptr && SameColumn(column, *other);
  });
}

std::string Or(const std::string& text, const char* none) { return text.empty() ? none : text; }

std::string DetailOf(const SqliteColumn& a, const SqliteColumn& b) {
  if (a.type != b.type)
    return absl::StrCat("has type ", Or(a.type, "none"), " instead of ", Or(b.type, "none"));
  if (a.not_null != b.not_null) return a.not_null ? "is not null" : "is nullable";
  if (a.key != b.key) return "has another place in the primary key";
  if (a.hidden != b.hidden) return "is generated in another way";
  return absl::StrCat("has ", a.default_value.empty() ? "no default" : "default " + a.default_value,
                      " instead of ", Or(b.default_value, "none"));
}

std::string RulesDetail(const SqliteTable& a, const SqliteTable& b,
                        const std::set<std::string>& told) {
  std::vector<std::string> extra, missing;
  std::set_difference(a.rules.begin(), a.rules.end(), b.rules.begin(), b.rules.end(),
                      std::back_inserter(extra));
  std::set_difference(b.rules.begin(), b.rules.end(), a.rules.begin(), a.rules.end(),
                      std::back_inserter(missing));
  std::string detail;
  const auto add = [&](const char* word, const std::vector<std::string>& rules) {
    for (const std::string& rule : rules) {
      if (told.count(rule.substr(0, rule.find(' '))) > 0) continue;
      absl::StrAppend(&detail, detail.empty() ? "" : ", ", word, rule);
    }
  };
  add("has ", extra);
  add("has no ", missing);
  return detail;
}

void CompareTables(const std::string& name, const SqliteTable& a, const SqliteTable& b,
                   std::vector<Difference>* differences) {
  const std::size_t before = differences->size();
  const auto add = [&](Kind kind, const std::string& object, const std::string& detail) {
    differences->push_back({kind, object, detail, {name}});
  };
  for (const SqliteColumn& column : a.columns) {
    const std::string object = "column " + name + "." + column.name;
    const SqliteColumn* other = Find(b, column.name);
    if (other == nullptr) {
      add(Kind::kExtra, object, "");
    } else if (!SameColumn(column, *other)) {
      add(Kind::kChanged, object, DetailOf(column, *other));
    }
  }
  for (const SqliteColumn& column : b.columns) {
    if (Find(a, column.name) == nullptr)
      add(Kind::kMissing, "column " + name + "." + column.name, "");
  }
  std::set<std::string> told;  // columns whose text is among the rules
  for (std::size_t i = before; i < differences->size(); ++i)
    told.insert(Folded((*differences)[i].object.substr(("column " + name + ".").size())));
  const std::string detail = RulesDetail(a, b, told);
  if (!detail.empty()) add(Kind::kChanged, "table " + name, detail);
}

}  // namespace

bool SameObject(const SchemaRow& a, const SqliteTable* table_a, const SchemaRow& b,
                const SqliteTable* table_b) {
  if (a.type != b.type || Folded(a.table) != Folded(b.table)) return false;
  if (a.type != "table") return SqliteTokens(a.sql) == SqliteTokens(b.sql);
  const auto is_virtual = [](const SchemaRow& row) {
    const std::vector<std::string> tokens = SqliteTokens(row.sql);
    return tokens.size() > 1 && tokens[1] == "virtual";
  };
  if (is_virtual(a) || is_virtual(b)) return SqliteTokens(a.sql) == SqliteTokens(b.sql);
  if (table_a == nullptr || table_b == nullptr) return false;
  return SameTable(*table_a, *table_b) ||
         (SortedItems(a.sql) == SortedItems(b.sql) && table_a->rules == table_b->rules);
}

std::vector<Difference> SqliteDifferences(const SqliteModel& from, const SqliteModel& to) {
  const std::map<std::string, SqliteTable> tables_from = TablesOf(from), tables_to = TablesOf(to);
  const auto table = [](const std::map<std::string, SqliteTable>& tables, const SchemaRow& row) {
    const auto found = tables.find(row.name);
    return found == tables.end() ? nullptr : &found->second;
  };
  const SqliteIndex index_from(from), index_to(to);
  std::vector<Difference> differences;
  for (const SchemaRow& row : from) {
    const SchemaRow* other = index_to.Find(row.type, row.name);
    if (other == nullptr) {
      differences.push_back({Kind::kExtra, row.type + " " + row.name, "", {row.name}});
      continue;
    }
    const SqliteTable *was = table(tables_from, row), *is = table(tables_to, *other);
    if (SameObject(row, was, *other, is)) continue;
    const std::size_t before = differences.size();
    if (row.type == "table" && was != nullptr && is != nullptr)
      CompareTables(row.name, *was, *is, &differences);
    if (differences.size() == before)
      differences.push_back(
          {Kind::kChanged, row.type + " " + row.name, "is defined in another way", {row.name}});
  }
  for (const SchemaRow& row : to) {
    if (index_from.Find(row.type, row.name) == nullptr)
      differences.push_back({Kind::kMissing, row.type + " " + row.name, "", {row.name}});
  }
  return differences;
}

}  // namespace strata::diff
