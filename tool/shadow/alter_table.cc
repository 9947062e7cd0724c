// A table from its shape before a statement to its shape after: by SQLite's own ALTER TABLE where
// that does the same, else by SQLite's procedure for other changes (a new table, the rows copied
// over; see lang_altertable, "Making Other Kinds Of Table Schema Changes").
#include <algorithm>

#include "catalog/analyze/analyze.h"
#include "shadow/input.h"
#include "shadow/translation.h"

namespace strata::shadow {
namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Relation;
using Piece = TableDefinition::Piece;

class Alteration {
 public:
  Alteration(const Catalog& before, const Catalog& after, const Relation& was, const Relation& is,
             const sql::Node* tree, Translation* translation)
      : before_(before),
        after_(after),
        was_(was),
        is_(is),
        tree_(tree),
        translation_(translation) {}

  void Run() {
    Translation ignored;
    const TableDefinition old = DefineTable(before_, after_, was_, &ignored);
    const TableDefinition now = DefineTable(after_, after_, is_, translation_);
    Rename();
    if (old.columns == now.columns && old.constraints == now.constraints) return;
    if (IsShorter(old, now)) return DropColumns(old);
    if (IsLonger(old, now)) return AddColumns(old, now);
    Rebuild(now);
  }

 private:
  std::string Name() const { return QuoteName(UserTableName(after_, is_)); }

  void Rename() {
    const std::string from = UserTableName(before_, was_), to = UserTableName(after_, is_);
    if (from != to)
      translation_->Add("ALTER TABLE " + QuoteName(from) + " RENAME TO " + QuoteName(to));
    for (const Column& column : is_.columns) {
      const Column* before = was_.FindColumn(column.number);
      if (before == nullptr || before->name == column.name) continue;
      translation_->Add("ALTER TABLE " + Name() + " RENAME COLUMN " + QuoteName(before->name) +
                        " TO " + QuoteName(column.name));
    }
  }

  static bool Has(const std::vector<Piece>& pieces, const Piece& piece) {
    return std::find(pieces.begin(), pieces.end(), piece) != pieces.end();
  }

  // The new columns are the old ones without some that nothing else in the table needs.
  bool IsShorter(const TableDefinition& old, const TableDefinition& now) const {
    if (old.constraints != now.constraints || now.columns.size() >= old.columns.size() ||
        now.columns.empty())
      return false;
    std::size_t kept = 0;
    for (const Piece& piece : old.columns) {
      const bool stays = kept < now.columns.size() && piece == now.columns[kept];
      kept += stays;
      if (!stays && (!piece.addable || is_.FindColumn(piece.column) != nullptr)) return false;
    }
    return kept == now.columns.size();
  }

  bool IsLonger(const TableDefinition& old, const TableDefinition& now) const {
    if (old.constraints != now.constraints || now.columns.size() <= old.columns.size())
      return false;
    if (!std::equal(old.columns.begin(), old.columns.end(), now.columns.begin())) return false;
    return std::all_of(now.columns.begin() + static_cast<std::ptrdiff_t>(old.columns.size()),
                       now.columns.end(), [](const Piece& piece) { return piece.addable; });
  }

  void DropColumns(const TableDefinition& old) {
    for (const Piece& piece : old.columns) {
      const Column* column = was_.FindColumn(piece.column);
      if (is_.FindColumn(piece.column) == nullptr && column != nullptr) {
        translation_->Add("ALTER TABLE " + Name() + " DROP COLUMN " + QuoteName(column->name));
      }
    }
  }

  void AddColumns(const TableDefinition& old, const TableDefinition& now) {
    for (std::size_t i = old.columns.size(); i < now.columns.size(); ++i) {
      translation_->Add("ALTER TABLE " + Name() + " ADD COLUMN " + now.columns[i].sql);
    }
  }

  void Rebuild(const TableDefinition& now) {
    std::string columns, values;
    for (const Column& column : is_.columns) {
      if (column.generated != 0) continue;
      const std::string value = ValueOf(column);
      if (value.empty()) continue;
      columns += (columns.empty() ? "" : ", ") + QuoteName(column.name);
      values += (values.empty() ? "" : ", ") + value;
    }
    const std::string fresh = QuoteName("strata_new_" + UserTableName(after_, is_));
    translation_->Add(now.Create(fresh));
    if (!columns.empty()) {
      translation_->Add("INSERT INTO " + fresh + " (" + columns + ") SELECT " + values + " FROM " +
                        Name());
    }
    translation_->Add("DROP TABLE " + Name());
    translation_->Add("ALTER TABLE " + fresh + " RENAME TO " + Name());
  }

  // A kept column's value, converted where its type changed; "" for one that takes its default.
  std::string ValueOf(const Column& column) {
    const Column* before = was_.FindColumn(column.number);
    const std::string name = QuoteName(column.name);
    if (before == nullptr) return "";
    if (before->generated != 0 && column.generated == 0) return name;
    const StoredType from = StoredAs(before_, before->type), to = StoredAs(after_, column.type);
    if (from.enumeration != nullptr && to.enumeration != nullptr)
      return Relabelled(*from.enumeration, *to.enumeration, name);
    if (before->type == column.type) return name;
    UserNaming naming(&after_);
    Emitter emitter(before_, &naming, false);
    const sql::Node* with = UsingOf(column.name);
    std::string value;
    if (with != nullptr) {
      catalog::Findings findings;
      catalog::Scope scope;
      scope.place = catalog::ExprPlace::kAlterUsing;
      scope.relation = &was_;
      value =
          emitter.WriteAssigned(*AnalyzeExpression(before_, with, scope, &findings), column.type);
    } else {
      value = emitter.Convert(name, from, to, false);
    }
    return translation_->Take(emitter, "the new type of column \"" + column.name + "\"") ? value
                                                                                         : name;
  }

  // ALTER TYPE … RENAME VALUE keeps a label's place.
  static std::string Relabelled(const catalog::Type& was, const catalog::Type& is,
                                const std::string& name) {
    std::string cases;
    for (std::size_t i = 0;
         i < was.labels.size() && was.labels.size() == is.labels.size() && was.oid == is.oid; ++i) {
      const std::string &from = was.labels[i].label, &to = is.labels[i].label;
      if (from != to) cases += " WHEN " + QuoteText(from) + " THEN " + QuoteText(to);
    }
    return cases.empty() ? name : "CASE " + name + cases + " ELSE " + name + " END";
  }

  const sql::Node* UsingOf(const std::string& column) const {
    const auto* alter = sql::As<sql::AlterTableStmt>(tree_);
    if (alter == nullptr) return nullptr;
    for (const sql::Node* node : sql::Each(alter->n_cmds, alter->cmds)) {
      const auto* command = sql::As<sql::AlterTableCmd>(node);
      const bool type =
          command != nullptr && command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType;
      if (!type || command->name != column) continue;
      const auto* definition = sql::As<sql::ColumnDef>(command->def);
      return definition == nullptr ? nullptr : definition->raw_default;
    }
    return nullptr;
  }

  const Catalog& before_;
  const Catalog& after_;
  const Relation& was_;
  const Relation& is_;
  const sql::Node* tree_;
  Translation* translation_;
};

}  // namespace

void TranslateAlteredTable(const Catalog& before, const Catalog& after, const Relation& was,
                           const Relation& is, const sql::Node* tree, Translation* translation) {
  Alteration(before, after, was, is, tree, translation).Run();
}

bool NeedsChange(const Catalog& before, const Catalog& after, const Relation& was,
                 const Relation& is) {
  if (UserTableName(before, was) != UserTableName(after, is)) return true;
  for (const Column& column : is.columns) {
    const Column* old = was.FindColumn(column.number);
    if (old == nullptr || old->name != column.name) return true;
  }
  Translation ignored;
  const TableDefinition old = DefineTable(before, after, was, &ignored),
                        now = DefineTable(after, after, is, &ignored);
  return old.columns != now.columns || old.constraints != now.constraints;
}

}  // namespace strata::shadow
