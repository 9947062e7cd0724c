#include "shadow/input.h"
#include "shadow/translation.h"

namespace strata::shadow {
namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::Expr;
using catalog::Relation;

const Constraint* PrimaryKeyOf(const Catalog& catalog, const Relation& relation) {
  for (const Constraint* constraint : catalog.ConstraintsOf(relation.oid)) {
    if (constraint->kind == ConstraintKind::kPrimaryKey) return constraint;
  }
  return nullptr;
}

bool TakesFromSequence(const Catalog& catalog, const Column& column) {
  return column.identity != 0 || SequenceOfDefault(catalog, column.default_value) != nullptr;
}

bool IsLiteral(const std::string& sql) {
  if (sql.empty()) return false;
  const bool number = sql.find_first_not_of("+-.0123456789e") == std::string::npos;
  const bool text = sql.front() == '\'' && sql.find('\'', 1) == sql.size() - 1;
  return number || text || sql == "NULL" || sql.substr(0, 2) == "x'";
}

const char* Action(char letter) {
  switch (letter) {
    case 'c':
      return "CASCADE";
    case 'n':
      return "SET NULL";
    case 'd':
      return "SET DEFAULT";
    case 'r':
      return "RESTRICT";
    default:
      return "";
  }
}

class Definer {
 public:
  Definer(const Catalog& catalog, const Catalog& names, const Relation& relation,
          Translation* translation)
      : catalog_(catalog),
        naming_(&names),
        relation_(relation),
        translation_(translation),
        rowid_(RowidColumn(catalog, relation)) {}

  TableDefinition Define() {
    definition_.temporary = relation_.persistence == 't';
    for (const Column& column : relation_.columns) DefineColumn(column);
    for (const Constraint* constraint : catalog_.ConstraintsOf(relation_.oid)) {
      const std::string sql = ConstraintSql(*constraint);
      if (!sql.empty()) definition_.constraints.push_back({0, sql, false});
    }
    return std::move(definition_);
  }

 private:
  std::string Name(std::int16_t number) {
    Emitter emitter(catalog_, &naming_, false);
    return emitter.WriteColumn(relation_, number);
  }
  std::string Where() const { return "\"" + relation_.name + "\""; }

  void DefineColumn(const Column& column) {
    const StoredType type = StoredAs(catalog_, column.type);
    TableDefinition::Piece piece;
    piece.column = column.number;
    piece.sql = Name(column.number) + " " + SqliteTypeName(type.storage);
    if (type.storage == Storage::kCitext) piece.sql += " COLLATE NOCASE";
    NoteType(type);
    if (column.number == rowid_) {
      piece.sql += " PRIMARY KEY";
      piece.addable = false;
    } else {
      AddDefault(column, &piece);
      const bool lost = TakesFromSequence(catalog_, column);
      if (column.not_null && !lost) {
        piece.sql += " NOT NULL";
        piece.addable &= piece.sql.find(" DEFAULT ") != std::string::npos;
      }
    }
    AddTypeChecks(column, type, &piece);
    definition_.columns.push_back(std::move(piece));
  }

  void NoteType(const StoredType& type) {
    switch (type.storage) {
      case Storage::kNumeric:
        translation_->Note("numeric is kept as SQLite's NUMERIC: about 15 digits are exact");
        break;
      case Storage::kTimestamp:
      case Storage::kDate:
      case Storage::kTime:
        translation_->Note("dates and times are kept as text, timestamps in UTC");
        break;
      case Storage::kArray:
        translation_->Note("arrays are kept as JSON text");
        break;
      case Storage::kJson:
        translation_->Note("json and jsonb are kept as JSON text");
        break;
      case Storage::kOther:
        translation_->Note("values of type " + catalog_.TypeName({type.type.type, -1}) +
                           " are kept as text and not checked");
        break;
      default:
        break;
    }
  }

  void AddDefault(const Column& column, TableDefinition::Piece* piece) {
    if (TakesFromSequence(catalog_, column)) {
      translation_->Note("column \"" + column.name + "\" of " + Where() +
                         " is not numbered by itself on SQLite: it is no integer primary key");
      return;
    }
    if (column.default_value == nullptr) return;
    Emitter emitter(catalog_, &naming_, false);
    const std::string value = emitter.WriteAssigned(*column.default_value, column.type);
    if (column.generated != 0) {
      if (translation_->Take(emitter, "generated column \"" + column.name + "\" of " + Where())) {
        piece->sql += " GENERATED ALWAYS AS (" + value + ") STORED";
        piece->addable = false;
      }
      return;
    }
    if (!emitter.ok()) {
      translation_->Note("column \"" + column.name + "\" of " + Where() +
                         " has no default on SQLite: " + emitter.failure());
      return;
    }
    for (const std::string& note : emitter.notes()) translation_->Note(note);
    const bool now =
        value == "CURRENT_TIMESTAMP" || value == "CURRENT_DATE" || value == "CURRENT_TIME";
    const bool plain = IsLiteral(value) || now;
    piece->sql += " DEFAULT " + (plain ? value : "(" + value + ")");
    piece->addable &= IsLiteral(value);
  }

  void AddTypeChecks(const Column& column, const StoredType& type, TableDefinition::Piece* piece) {
    const std::string name = Name(column.number);
    if (type.enumeration != nullptr) {
      std::string labels;
      for (const catalog::EnumLabel& label : type.enumeration->labels) {
        labels += (labels.empty() ? "" : ", ") + QuoteText(label.label);
      }
      if (!labels.empty()) piece->sql += " CHECK (" + name + " IN (" + labels + "))";
    }
    if (LengthLimit(type) >= 0)
      piece->sql += " CHECK (length(" + name + ") <= " + std::to_string(LengthLimit(type)) + ")";
    if (type.storage == Storage::kJson) {  // json_valid(NULL) is 0 before SQLite 3.41
      piece->sql += " CHECK (" + name + " IS NULL OR json_valid(" + name + "))";
    }
    if (type.domain != nullptr) AddDomainChecks(*type.domain, name, piece);
  }

  void AddDomainChecks(const catalog::Type& domain, const std::string& column,
                       TableDefinition::Piece* piece) {
    if (domain.not_null && piece->sql.find(" NOT NULL") == std::string::npos)
      piece->sql += " NOT NULL";
    catalog_.constraints().ForEach([&](catalog::Oid, const auto& constraint) {
      if (constraint->domain != domain.oid || constraint->check == nullptr) return;
      Emitter emitter(catalog_, &naming_, false);
      emitter.domain_value = column;
      const std::string check = emitter.Write(*constraint->check);
      if (emitter.ok()) {
        piece->sql += " CHECK (" + check + ")";
      } else {
        translation_->Note("the domain \"" + domain.name +
                           "\" is not checked on SQLite: " + emitter.failure());
      }
    });
  }

  std::string Columns(const Relation& relation, const std::vector<std::int16_t>& numbers) {
    Emitter emitter(catalog_, &naming_, false);
    std::string list;
    for (const std::int16_t number : numbers)
      list += (list.empty() ? "" : ", ") + emitter.WriteColumn(relation, number);
    return list;
  }

  std::string ConstraintSql(const Constraint& constraint) {
    const std::string name = "CONSTRAINT " + QuoteName(constraint.name) + " ";
    switch (constraint.kind) {
      case ConstraintKind::kPrimaryKey:
        if (rowid_ != 0) return "";
        return name + "PRIMARY KEY (" + Columns(relation_, constraint.columns) + ")";
      case ConstraintKind::kCheck:
        return CheckSql(constraint, name);
      case ConstraintKind::kForeignKey:
        return ForeignKeySql(constraint, name);
      case ConstraintKind::kExclusion:
        translation_->Note("the exclusion constraint \"" + constraint.name +
                           "\" is not enforced on SQLite");
        return "";
      case ConstraintKind::kUnique:  // an index of its own, so that it comes and goes without a
                                     // rebuild
        if (constraint.deferrable)
          translation_->Note("the unique constraint \"" + constraint.name +
                             "\" is checked at once on SQLite");
        return "";
      case ConstraintKind::kTrigger:
        return "";
    }
    return "";
  }

  std::string CheckSql(const Constraint& constraint, const std::string& name) {
    if (constraint.check == nullptr) return "";
    Emitter emitter(catalog_, &naming_, false);
    const std::string check = emitter.Write(*constraint.check);
    if (!emitter.ok()) {
      translation_->Note("the check constraint \"" + constraint.name + "\" of " + Where() +
                         " is not enforced on SQLite: " + emitter.failure());
      return "";
    }
    for (const std::string& note : emitter.notes()) translation_->Note(note);
    return name + "CHECK (" + check + ")";
  }

  std::string ForeignKeySql(const Constraint& constraint, const std::string& name) {
    const Relation* parent = catalog_.relation(constraint.referenced);
    if (parent == nullptr) return "";
    Emitter emitter(catalog_, &naming_, false);
    std::string sql = name + "FOREIGN KEY (" + Columns(relation_, constraint.columns) +
                      ") REFERENCES " + emitter.WriteTable(*parent) + " (" +
                      Columns(*parent, constraint.referenced_columns) + ")";
    if (const std::string action = Action(constraint.on_delete); !action.empty())
      sql += " ON DELETE " + action;
    if (const std::string action = Action(constraint.on_update); !action.empty())
      sql += " ON UPDATE " + action;
    if (constraint.deferrable)
      sql += constraint.deferred ? " DEFERRABLE INITIALLY DEFERRED"
                                 : " DEFERRABLE INITIALLY IMMEDIATE";
    return sql;
  }

  const Catalog& catalog_;
  UserNaming naming_;
  const Relation& relation_;
  Translation* translation_;
  const std::int16_t rowid_;
  TableDefinition definition_;
};

}  // namespace

std::int16_t RowidColumn(const Catalog& catalog, const Relation& relation) {
  const Constraint* key = PrimaryKeyOf(catalog, relation);
  if (key == nullptr || key->columns.size() != 1) return 0;
  const Column* column = relation.FindColumn(key->columns[0]);
  if (column == nullptr || !TakesFromSequence(catalog, *column)) return 0;
  return StoredAs(catalog, column->type).storage == Storage::kInteger ? column->number
                                                                      : std::int16_t{0};
}

TableDefinition DefineTable(const Catalog& catalog, const Catalog& names, const Relation& relation,
                            Translation* translation) {
  return Definer(catalog, names, relation, translation).Define();
}

std::string TableDefinition::Create(const std::string& quoted_name) const {
  std::string sql =
      std::string(temporary ? "CREATE TEMP TABLE " : "CREATE TABLE ") + quoted_name + " (";
  std::string comma = "\n  ";
  for (const auto* pieces : {&columns, &constraints}) {
    for (const Piece& piece : *pieces) {
      sql += comma + piece.sql;
      comma = ",\n  ";
    }
  }
  return sql + "\n)";
}

}  // namespace strata::shadow
