#include "diff/sqlite/stage.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace strata::diff {
namespace {

using shadow::SchemaRow;

// Sets of names that are to lie together.
class Together {
 public:
  std::size_t Of(const std::string& name) {
    const auto [at, fresh] = numbers_.try_emplace(Folded(name), leader_.size());
    if (fresh) leader_.push_back(at->second);
    return Leader(at->second);
  }
  bool Has(const std::string& name) const { return numbers_.count(name) > 0; }
  void Join(const std::string& a, const std::string& b) { leader_[Of(a)] = Of(b); }
  const std::map<std::string, std::size_t>& names() const { return numbers_; }

 private:
  std::size_t Leader(std::size_t n) {
    while (leader_[n] != n) n = leader_[n] = leader_[leader_[n]];
    return n;
  }
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::size_t> leader_;
};

void JoinNamed(const SqliteModel& model, Together* names) {
  for (const SchemaRow& row : model) {
    names->Join(row.name, row.table);
    if (row.type == "index") continue;
    const std::vector<std::string> tokens = shadow::SqliteTokens(row.sql);
    if (row.type == "table" && (tokens.size() < 2 || tokens[1] != "virtual")) continue;
    for (const std::string& token : tokens) {
      if (names->Has(token)) names->Join(row.name, token);
    }
  }
}

std::string SampleValue(const SqliteColumn& column) {
  if (column.type.find("INT") != std::string::npos) return "1";
  if (column.type.find("BLOB") != std::string::npos) return "x'00'";
  const bool real = column.type.find("REAL") != std::string::npos ||
                    column.type.find("FLOA") != std::string::npos ||
                    column.type.find("DOUB") != std::string::npos;
  return real ? "1.5" : "'x'";
}

void AddSample(const std::string& name, const SqliteTable& table, shadow::Database* database) {
  std::string columns, values;
  for (const SqliteColumn& column : table.columns) {
    if (column.hidden != 0) continue;
    absl::StrAppend(&columns, columns.empty() ? "" : ", ", SqliteName(column.name));
    absl::StrAppend(&values, values.empty() ? "" : ", ", SampleValue(column));
  }
  database->Execute(
      absl::StrCat("INSERT INTO ", SqliteName(name), " (", columns, ") VALUES (", values, ")"));
}

// What a rename says of a view or trigger that is broken; "": all are whole.
std::string Broken(shadow::Database* database) {
  database->Execute("SAVEPOINT look");
  database->Execute("CREATE TABLE strata_look (a)");
  const auto error = database->Execute("ALTER TABLE strata_look RENAME TO strata_looked");
  database->Execute("ROLLBACK TO look");
  database->Execute("RELEASE look");
  return error ? error->message : "";
}

// Whether SQLite reads all views and triggers for it.
bool ReadsAll(const std::string& statement) {
  const std::vector<std::string> tokens = shadow::SqliteTokens(statement);
  return tokens.size() > 3 && tokens[0] == "alter" && tokens[3] != "add";
}

}  // namespace

SqliteStage::SqliteStage(const SqliteModel& from, const SqliteModel& to,
                         const std::map<std::string, SqliteTable>& tables, shadow::Database* whole)
    : tables_(tables) {
  Together names;
  for (const SqliteModel* model : {&from, &to}) {
    for (const SchemaRow& row : *model) names.Of(row.name);
  }
  for (const SqliteModel* model : {&from, &to}) JoinNamed(*model, &names);
  const bool one = whole == nullptr || !Broken(whole).empty();
  std::map<std::size_t, std::size_t> numbers;
  for (const auto& [name, unused] : names.names()) {
    const std::size_t leader = one ? 0 : names.Of(name);
    part_of_[name] = numbers.try_emplace(leader, numbers.size()).first->second;
  }
  parts_.resize(numbers.size());
  for (const SchemaRow& row : from)
    parts_[part_of_.at(Folded(row.name))].rows.push_back({row, next_place_++});
}

void SqliteStage::Fill(Part* part) {
  part->database = std::make_unique<shadow::Database>();
  SqliteModel tables, rest;
  for (const Placed& placed : part->rows)
    (placed.row.type == "table" ? tables : rest).push_back(placed.row);
  part->fault = Replay(tables, part->database.get());
  part->database->Execute("PRAGMA ignore_check_constraints = ON");
  for (const SchemaRow& row : tables) {
    const auto facts = tables_.find(row.name);
    if (facts != tables_.end()) AddSample(row.name, facts->second, part->database.get());
  }
  part->database->Execute("PRAGMA ignore_check_constraints = OFF");
  if (part->fault.empty()) part->fault = Replay(rest, part->database.get());
}

SqliteStage::Part& SqliteStage::Find(const std::string& name) {
  Part& part = parts_[part_of_.at(Folded(name))];
  if (part.database == nullptr) Fill(&part);
  return part;
}

std::string SqliteStage::Elsewhere(const Part& part, const std::string& statement) {
  if (!ReadsAll(statement)) return "";
  for (auto at = unread_.begin(); at != unread_.end();) {
    if (*at == &part) {
      ++at;
      continue;
    }
    if (std::string fault = Broken((*at)->database.get()); !fault.empty())
      broken_[*at] = std::move(fault);
    at = unread_.erase(at);
  }
  for (const auto& [other, fault] : broken_) {
    if (other != &part) return fault + ", in: " + statement;
  }
  return "";
}

// Keeps the places of the rows that are still there: a statement drops some, adds one behind all
// or changes one where it stands.
void SqliteStage::Place(Part* part) {
  const SqliteModel model = ReadModel(*part->database);
  std::vector<Placed> rows;
  std::size_t old = 0;
  const bool dropped = model.size() < part->rows.size();
  for (const SchemaRow& row : model) {
    while (dropped && old < part->rows.size() && !(part->rows[old].row == row)) ++old;
    rows.push_back({row, old < part->rows.size() ? part->rows[old].place : next_place_++});
    ++old;
  }
  part->rows = std::move(rows);
}

std::string SqliteStage::Run(const std::string& name, const std::string& statement) {
  Part& part = Find(name);
  if (!part.fault.empty()) return part.fault;
  if (std::string fault = Elsewhere(part, statement); !fault.empty()) return fault;
  if (std::string fault = RunSqlite(statement, part.database.get()); !fault.empty()) return fault;
  Place(&part);
  broken_.erase(&part);
  unread_.insert(&part);
  return "";
}

bool SqliteStage::Try(const std::string& name, const std::vector<std::string>& statements,
                      const std::function<bool(shadow::Database&)>& then) {
  Part& part = Find(name);
  part.database->Execute("SAVEPOINT try");
  const bool good = std::all_of(statements.begin(), statements.end(), [&](const std::string& sql) {
    return Elsewhere(part, sql).empty() && !part.database->Execute(sql);
  });
  const bool wanted = good && (then == nullptr || then(*part.database));
  part.database->Execute("ROLLBACK TO try");
  part.database->Execute("RELEASE try");
  return wanted;
}

SqliteModel SqliteStage::PartOf(const std::string& name) {
  SqliteModel model;
  for (const Placed& placed : Find(name).rows) model.push_back(placed.row);
  return model;
}

SqliteModel SqliteStage::All() const {
  std::vector<const Placed*> all;
  for (const Part& part : parts_) {
    for (const Placed& placed : part.rows) all.push_back(&placed);
  }
  std::sort(all.begin(), all.end(),
            [](const Placed* a, const Placed* b) { return a->place < b->place; });
  SqliteModel model;
  for (const Placed* placed : all) model.push_back(placed->row);
  return model;
}

}  // namespace strata::diff
