#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "diff/sqlite/model.h"
#include "diff/sqlite/stage.h"

namespace strata::diff {
namespace {

using shadow::SchemaRow;

const SqliteTable* FactsOf(const std::map<std::string, SqliteTable>& tables,
                           const std::string& name) {
  const auto exact = tables.find(name);
  if (exact != tables.end()) return &exact->second;
  for (const auto& [key, table] : tables) {
    if (Folded(key) == Folded(name)) return &table;
  }
  return nullptr;
}

const SqliteColumn* Find(const SqliteTable& table, const std::string& name) {
  for (const SqliteColumn& column : table.columns) {
    if (Folded(column.name) == Folded(name)) return &column;
  }
  return nullptr;
}

bool Mentions(const SchemaRow& row, const std::string& name) {
  const std::vector<std::string> tokens = shadow::SqliteTokens(row.sql);
  return std::find(tokens.begin(), tokens.end(), Folded(name)) != tokens.end();
}

constexpr char kRebuild[] =
    "-- SQLite cannot change this in place: a new table takes the rows over. Strata runs it with "
    "foreign\n-- keys off and checks them before it commits.\n";

// The statements from one schema to another, each run on a database that has the first.
class Writer {
 public:
  Writer(const SqliteModel& from, const SqliteModel& to)
      : to_(to), wanted_(to), goal_(TablesOf(to)) {
    refusal = Replay(from, &start_);
    now = ReadModel(start_);
  }

  bool Rename(const std::string& sql) {
    if (start_.Execute(sql)) return false;
    parts.push_back({"", sql + ";\n"});
    now = ReadModel(start_);
    return true;
  }

  // `apart`: on a stage in parts.
  void Run(bool apart) {
    facts_ = TablesOf(start_, now, "");
    const SqliteModel first = now;
    stage_ = std::make_unique<SqliteStage>(first, to_, facts_, apart ? &start_ : nullptr);
    TakeNames(first);
    DropChanged();
    DropTables();
    now = stage_->All();
    const SqliteModel present = now;
    const SqliteIndex tables(present);
    for (const auto& [name, table] : facts_) {
      if (tables.Find("table", name) != nullptr)
        cascaded_.insert(table.cascades.begin(), table.cascades.end());
    }
    for (const SchemaRow& row : to_) {
      if (row.type == "table" && refusal.empty()) Table(tables.Find("table", row.name), row);
    }
    now = stage_->All();
    const SqliteIndex there(now);
    for (const char* type : {"index", "view", "trigger"}) {
      for (const SchemaRow& row : to_) {
        if (row.type == type && there.Find(type, row.name) == nullptr)
          Do(row.type == "view" ? row.name : row.table, row.sql + ";\n", true);
      }
    }
    now = stage_->All();
    if (!refusal.empty()) return;
    const std::vector<Difference> left = SqliteDifferences(now, to_);
    if (!left.empty()) {
      refusal = "the statements found do not lead to the desired schema: " + left[0].object +
                (left[0].detail.empty() ? "" : " " + left[0].detail);
    }
  }

  std::string Text() const {
    std::string text;
    for (const Part& part : parts)
      absl::StrAppend(&text, part.apart && !text.empty() ? "\n" : "", part.sql);
    return text;
  }

  struct Part {
    std::string name, sql;
    bool apart = false;
  };
  std::vector<Part> parts;
  std::vector<std::string> warnings;
  std::string refusal;
  SqliteModel now;
  bool back = false;    // what is made was there, before the migration that is undone
  bool allows = false;  // says to lint why what it does is safe; that reads up scripts alone

 private:
  bool Same(const SchemaRow& row, const SchemaRow& other) const {
    return SameObject(row, FactsOf(facts_, row.name), other, FactsOf(goal_, other.name));
  }

  std::string Careful(const std::string& warning) {
    warnings.push_back(warning);
    return "-- Careful: " + warning + ".\n";
  }

  void Do(const std::string& name, const std::string& sql, bool apart = false) {
    if (!refusal.empty()) return;
    if (const std::string fault = stage_->Run(name, sql); !fault.empty()) {
      refusal = "a statement of the migration would be refused: " + fault;
      return;
    }
    parts.push_back({name, sql, apart || sql.find('\n') + 1 < sql.size()});
  }

  void Drop(const SchemaRow& row) {
    std::string type = row.type;
    for (char& c : type) c = static_cast<char>(c - 'a' + 'A');
    Do(row.type == "view" ? row.name : row.table,
       "DROP " + type + " " + SqliteName(row.name) + ";\n");
  }

  // Indexes, views and triggers that are not to stay as they are.
  void DropChanged() {
    for (const char* type : {"trigger", "view", "index"}) {
      for (const SchemaRow& row : now) {
        if (row.type != type) continue;
        const SchemaRow* other = wanted_.Find(row.type, row.name);
        const bool with_table = row.type != "view" && wanted_.Find("table", row.table) == nullptr;
        if ((other == nullptr && !with_table) || (other != nullptr && !Same(row, *other)))
          Drop(row);
      }
    }
  }

  void DropTables() {
    SqliteModel gone;
    for (const SchemaRow& row : now) {
      if (row.type == "table" && wanted_.Find("table", row.name) == nullptr) gone.push_back(row);
    }
    while (!gone.empty()) {  // children first
      auto next = std::find_if(gone.begin(), gone.end(), [&](const SchemaRow& row) {
        return std::none_of(gone.begin(), gone.end(), [&](const SchemaRow& other) {
          return &other != &row && facts_[other.name].parents.count(Folded(row.name)) > 0;
        });
      });
      if (next == gone.end()) next = gone.begin();
      const SchemaRow row = *next;
      gone.erase(next);
      Do(row.name,
         Careful("destroys the data of table " + row.name) + "DROP TABLE " + SqliteName(row.name) +
             ";\n",
         true);
    }
  }

  void Table(const SchemaRow* found, const SchemaRow& wanted) {
    if (found == nullptr) {
      const std::string lost =
          back ? Careful("the rows of table " + wanted.name + " do not come back") : "";
      return Do(wanted.name, lost + wanted.sql + ";\n", true);
    }
    const SchemaRow present = *found;
    if (Same(present, wanted) || Alter(present, wanted)) return;
    const SqliteTable *was = FactsOf(facts_, present.name), *is = FactsOf(goal_, wanted.name);
    const bool is_virtual = shadow::SqliteTokens(wanted.sql).at(1) == "virtual" ||
                            shadow::SqliteTokens(present.sql).at(1) == "virtual";
    if (was == nullptr || is == nullptr || is_virtual) {
      refusal = "the virtual table " + wanted.name + " is defined in another way";
      return;
    }
    Rebuild(present, *was, wanted, *is);
  }

  // Columns added and dropped in place, where SQLite can. False: it cannot, and nothing was done.
  bool Alter(const SchemaRow& present, const SchemaRow& wanted) {
    const SqliteTable *was = FactsOf(facts_, present.name), *is = FactsOf(goal_, wanted.name);
    if (was == nullptr || is == nullptr) return false;
    const std::string alter = "ALTER TABLE " + SqliteName(wanted.name);
    std::vector<std::string> sql, notes;
    for (const SqliteColumn& column : was->columns) {
      if (Find(*is, column.name) != nullptr) continue;
      sql.push_back(alter + " DROP COLUMN " + SqliteName(column.name) + ";\n");
      notes.push_back("destroys the data of column " + wanted.name + "." + column.name);
    }
    for (const TableItem& item : ItemsOf(wanted.sql)) {
      if (item.column.empty() || Find(*was, item.column) != nullptr) continue;
      sql.push_back(alter + " ADD COLUMN " + item.text + ";\n");
      const SqliteColumn* column = Find(*is, item.column);
      const bool lost = back && (column == nullptr || column->hidden == 0);
      notes.push_back(lost ? NotBack(wanted.name, item.column) : "");
    }
    const auto leads = [&](shadow::Database& database) {
      const SqliteModel after = ReadModel(database);
      const SchemaRow* row = SqliteIndex(after).Find("table", wanted.name);
      const std::map<std::string, SqliteTable> facts =
          TablesOf(database, after, row == nullptr ? wanted.name : row->name);
      return row != nullptr && SameObject(*row, FactsOf(facts, row->name), wanted, is);
    };
    const bool good = !sql.empty() && stage_->Try(wanted.name, sql, leads);
    for (std::size_t i = 0; good && i < sql.size(); ++i)
      Do(wanted.name, (notes[i].empty() ? "" : Careful(notes[i])) + sql[i]);
    return good;
  }

  // What names the table has to be away while it is dropped and renamed: SQLite reads it again.
  void DropWhatMentions(const std::string& table) {
    const SqliteModel rows = stage_->PartOf(table);
    std::set<std::string> names = {table};
    for (bool more = true; more;) {
      more = false;
      for (const SchemaRow& row : rows) {
        const bool named = row.type == "view" && names.count(row.name) == 0 &&
                           std::any_of(names.begin(), names.end(),
                                       [&](const std::string& n) { return Mentions(row, n); });
        if (named) more = names.insert(row.name).second;
      }
    }
    for (const char* type : {"trigger", "view"}) {
      for (const SchemaRow& row : rows) {
        const bool mentions = row.type == type && Folded(row.table) != Folded(table) &&
                              std::any_of(names.begin(), names.end(),
                                          [&](const std::string& n) { return Mentions(row, n); });
        if (mentions) Drop(row);
      }
    }
  }

  static std::string NotBack(const std::string& table, const std::string& column) {
    return "what column " + table + "." + column + " held does not come back";
  }

  // The columns to copy and what they are copied from; adds what may go wrong to `notes`.
  std::pair<std::string, std::string> Copied(const std::string& table, const SqliteTable& was,
                                             const SqliteTable& is,
                                             std::vector<std::string>* notes) const {
    std::string columns, values;
    for (const SqliteColumn& column : was.columns) {
      if (Find(is, column.name) == nullptr && column.hidden == 0)
        notes->push_back("destroys the data of column " + table + "." + column.name);
    }
    for (const SqliteColumn& column : is.columns) {
      if (column.hidden != 0) continue;
      const SqliteColumn* old = Find(was, column.name);
      const bool strict = column.not_null && (old == nullptr || !old->not_null);
      if (old == nullptr) {
        if (strict && column.default_value.empty()) {
          notes->push_back("column " + table + "." + column.name +
                           " is NOT NULL without a default: this fails where the table has rows");
        }
        if (back) notes->push_back(NotBack(table, column.name));
        continue;
      }
      std::string value = SqliteName(old->name);
      if (strict && !column.default_value.empty()) {
        value = "coalesce(" + value + ", " + column.default_value + ")";
      } else if (strict && old->key == 0) {
        notes->push_back("fails while column " + table + "." + column.name + " holds a NULL");
      }
      absl::StrAppend(&columns, columns.empty() ? "" : ", ", SqliteName(column.name));
      absl::StrAppend(&values, values.empty() ? "" : ", ", value);
    }
    return {columns, values};
  }

  // What no new table may be called, the names that foreign keys refer to included: a rename would
  // lead them elsewhere.
  void TakeNames(const SqliteModel& first) {
    for (const SqliteModel* model : {&first, &to_}) {
      for (const SchemaRow& row : *model) taken_.insert(Folded(row.name));
    }
    for (const auto* tables : {&std::as_const(facts_), &goal_}) {
      for (const auto& [name, table] : *tables)
        taken_.insert(table.parents.begin(), table.parents.end());
    }
  }

  std::string FreeName(const std::string& table) const {
    std::string name = table + "_new";
    while (taken_.count(Folded(name)) > 0) name += "_";
    return name;
  }

  void Rebuild(const SchemaRow& present, const SqliteTable& was, const SchemaRow& wanted,
               const SqliteTable& is) {
    DropWhatMentions(present.name);
    const std::string old_name = SqliteName(present.name), name = SqliteName(wanted.name);
    const std::string fresh = FreeName(wanted.name), new_name = SqliteName(fresh);
    std::vector<std::string> notes;
    const auto [columns, values] = Copied(wanted.name, was, is, &notes);
    const std::string body = wanted.sql.substr(BodyBegin(wanted.sql));
    std::string head = kRebuild;
    for (const std::string& note : notes) head += Careful(note);
    Do(wanted.name, head + "CREATE TABLE " + new_name + " " + body + ";\n", true);
    if (!columns.empty()) {
      const std::string copy = absl::StrCat("INSERT INTO ", new_name, " (", columns, ")\nSELECT ",
                                            values, " FROM ", old_name, ";\n");
      if (refusal.empty() && !stage_->Try(wanted.name, {copy}, nullptr))
        refusal = stage_->Run(wanted.name, "DELETE FROM " + old_name);  // no row as it may have
      Do(wanted.name, copy);
      parts.back().apart = false;
    }
    KeepNumbers(wanted, was, is, fresh);
    if (allows && cascaded_.count(Folded(present.name)) > 0) {
      Do(wanted.name,
         "-- strata: allow sqlite-rebuild-cascade \"strata runs this with foreign keys off\"\n"
         "DROP TABLE " +
             old_name + ";\n");
    } else {
      Do(wanted.name, "DROP TABLE " + old_name + ";\n");
    }
    if (!parts.empty()) parts.back().apart = false;
    Do(wanted.name, "ALTER TABLE " + new_name + " RENAME TO " + name + ";\n");
  }

  // AUTOINCREMENT never gives a number out again, deleted rows' included.
  void KeepNumbers(const SchemaRow& wanted, const SqliteTable& was, const SqliteTable& is,
                   const std::string& fresh) {
    const auto counts = [](const SqliteTable& table) {
      return std::find(table.rules.begin(), table.rules.end(), "AUTOINCREMENT") !=
             table.rules.end();
    };
    if (!counts(was) || !counts(is)) return;
    Do(wanted.name, "DELETE FROM sqlite_sequence WHERE name = '" + fresh + "';\n");
    Do(wanted.name, "INSERT INTO sqlite_sequence (name, seq) SELECT '" + fresh +
                        "', seq FROM sqlite_sequence WHERE name = '" + wanted.name + "';\n");
  }

  const SqliteModel& to_;
  const SqliteIndex wanted_;
  const std::map<std::string, SqliteTable> goal_;
  std::map<std::string, SqliteTable> facts_;  // of the tables as they were before the first change
  std::set<std::string> cascaded_;            // tables that others refer to by ON DELETE CASCADE
  std::set<std::string> taken_;               // folded names
  shadow::Database start_;                    // empty of rows
  std::unique_ptr<SqliteStage> stage_;
};

struct Renamed {
  std::string up, down;
};

Renamed StatementsOf(const Rename& rename) {
  if (rename.kind == "column") {
    const std::string head = "ALTER TABLE " + SqliteName(rename.table) + " RENAME COLUMN ";
    return {head + SqliteName(rename.from) + " TO " + SqliteName(rename.to),
            head + SqliteName(rename.to) + " TO " + SqliteName(rename.from)};
  }
  return {"ALTER TABLE " + SqliteName(rename.from) + " RENAME TO " + SqliteName(rename.to),
          "ALTER TABLE " + SqliteName(rename.to) + " RENAME TO " + SqliteName(rename.from)};
}

// Whether it is still to be done: a rename asked for may lie in an earlier migration.
bool ToDo(const Rename& rename, const SqliteModel& model) {
  const SqliteIndex index(model);
  if (rename.kind == "table") {
    return index.Find("table", rename.from) != nullptr && index.Find("table", rename.to) == nullptr;
  }
  if (rename.kind != "column") return false;
  const std::map<std::string, SqliteTable> tables = TablesOf(model);
  const SqliteTable* table = FactsOf(tables, rename.table);
  return table != nullptr && Find(*table, rename.from) != nullptr &&
         Find(*table, rename.to) == nullptr;
}

struct Written {
  PlannedFile file;
  std::vector<Difference> differences;
  std::string refusal;
  bool any = false;
};

Written Write(const SqliteModel& from, const SqliteModel& to, const PlanOptions& options,
              bool apart) {
  Written written;
  Writer up(from, to);
  up.allows = true;
  std::vector<Renamed> renamed;
  for (const char* kind : {"table", "column"}) {
    for (const Rename& rename : options.renames) {
      const Renamed statements = StatementsOf(rename);
      if (rename.kind == kind && ToDo(rename, up.now) && up.Rename(statements.up))
        renamed.push_back(statements);
    }
  }
  written.differences = SqliteDifferences(up.now, to);
  written.any = !written.differences.empty() || !renamed.empty();
  if (!written.any) return written;
  up.Run(apart);
  written.refusal = up.refusal;
  written.file.up = up.Text();
  written.file.warnings = up.warnings;
  if (!options.down || !written.refusal.empty()) return written;
  Writer down(up.now, from);
  down.back = true;
  for (auto step = renamed.rbegin(); step != renamed.rend(); ++step) down.Rename(step->down);
  down.Run(apart);
  if (!down.refusal.empty()) written.refusal = "of the way back: " + down.refusal;
  written.file.down = down.Text();
  return written;
}

}  // namespace

Plan MakeSqlitePlan(const SqliteModel& from, const SqliteModel& to, const PlanOptions& options) {
  Plan plan;
  if (options.renames.empty() && SqliteDifferences(from, to).empty()) return plan;
  Written written = Write(from, to, options, true);
  if (!written.refusal.empty()) written = Write(from, to, options, false);
  plan.differences = std::move(written.differences);
  if (!written.any) return plan;
  plan.refusal = std::move(written.refusal);
  plan.files.push_back(std::move(written.file));
  return plan;
}

Steps SqliteStepsBetween(const SqliteModel& from, const SqliteModel& to) {
  Steps steps;
  steps.differences = SqliteDifferences(from, to);
  if (steps.differences.empty()) return steps;
  auto writer = std::make_unique<Writer>(from, to);
  writer->Run(true);
  if (!writer->refusal.empty()) {
    writer = std::make_unique<Writer>(from, to);
    writer->Run(false);
  }
  steps.script = writer->refusal.empty() ? writer->Text() : "-- " + writer->refusal + "\n";
  std::map<std::string, std::string> of;
  for (const Writer::Part& part : writer->parts) of[Folded(part.name)] += part.sql;
  std::map<std::string, std::string> table_of;
  for (const SqliteModel* model : {&from, &to}) {
    for (const SchemaRow& row : *model)
      table_of[row.name] = Folded(row.type == "view" ? row.name : row.table);
  }
  for (const Difference& difference : steps.differences) {
    std::string& sql = of[table_of[difference.names[0]]];
    steps.sql.push_back(std::move(sql));
    sql.clear();
  }
  return steps;
}

}  // namespace strata::diff
