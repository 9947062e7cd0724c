#include "shadow/world.h"

namespace strata::shadow {
namespace {

using catalog::Column;
using catalog::Expr;
using catalog::Query;
using catalog::Relation;

constexpr char kOpaque[] = "strata_opaque()";

// The values of one INSERT, column by column, as they are written for SQLite.
class Insertion {
 public:
  Insertion(World& world, const Relation& relation, const Query& query)
      : world_(world), relation_(relation), query_(query) {}

  Outcome Run() {
    if (!FollowTriggers(world_, relation_, "INSERT", &opaque_)) {
      world_.MarkUnknown(relation_.oid);
      return World::NotExecuted("a trigger of \"" + relation_.name + "\" may change its rows");
    }
    if (!Prepare()) return Unknown(reason_);
    if (!world_.SetOpaque(relation_, opaque_))
      return Unknown("the rows of \"" + relation_.name + "\" are not known");
    const TableState* table = world_.Writable(relation_);
    if (table == nullptr) return Unknown("the rows of \"" + relation_.name + "\" are not known");
    const std::string name = table->table->name;
    const std::int64_t above = world_.db.QueryInteger("SELECT max(rowid) FROM " + name).value_or(0);
    const std::string sql =
        with_ + "INSERT INTO " + name + Alias() + "(" + columns_ + ") " + source_ + conflict_;
    if (const std::optional<SqliteError> error = world_.db.Execute(sql))
      return world_.Decode(relation_, *error);
    if (query_.on_conflict != "update") {
      CatchReturned(world_, query_, with_,
                    name + Alias() + " WHERE rowid > " + std::to_string(above));
    } else if (world_.returning != nullptr) {
      world_.returned[world_.returning] = "";
    }
    return CheckReferences(world_, relation_, query_.on_conflict == "update" ? 0 : above, true);
  }

 private:
  Outcome Unknown(std::string reason) {
    world_.GiveUp(query_);
    return World::NotExecuted(std::move(reason));
  }

  std::string Alias() const {
    return " AS " + QuoteName(query_.ranges[static_cast<std::size_t>(query_.target_range)].alias);
  }

  bool Refuse(std::string reason) {
    reason_ = std::move(reason);
    return false;
  }

  bool Prepare() {
    if (!query_.certain) return Refuse("the statement was not wholly analysed");
    if (!WriteSource()) return false;
    return WriteConflict();
  }

  // The position of the column among the listed ones; -1: it is not written.
  int PositionOf(std::int16_t number) const {
    for (std::size_t i = 0; i < query_.targets.size(); ++i) {
      if (query_.targets[i].number == number) return static_cast<int>(i);
    }
    return -1;
  }

  std::string DefaultOf(const Column& column) {
    if (column.identity != 0) {
      const std::string next = world_.NextOfIdentity(relation_, column.number);
      return next.empty() ? Hidden(column) : next;
    }
    const catalog::ExprPtr& value = column.default_value;
    if (value == nullptr) {
      const StoredType type = StoredAs(*world_.after, column.type);
      return type.domain != nullptr && type.domain->default_value != nullptr ? Hidden(column)
                                                                             : "NULL";
    }
    Emitter emitter(*world_.after, &world_, true);
    const std::string sql = emitter.WriteAssigned(*value, column.type);
    return emitter.ok() ? sql : Hidden(column);
  }

  std::string Hidden(const Column& column) {
    opaque_.insert(column.number);
    return kOpaque;
  }

  std::string Cell(const Column& column, const Expr* value) {
    if (value == nullptr || value->kind == Expr::Kind::kDefault) return DefaultOf(column);
    Emitter emitter(*world_.after, &world_, true);
    emitter.Enter(*query_.source);
    const std::string sql = emitter.WriteAssigned(*value, column.type);
    return emitter.ok() ? sql : Hidden(column);
  }

  bool WriteSource() {
    for (const Column& column : relation_.columns) {
      if (column.generated != 0 && !IsOpaqueGenerated(column)) continue;
      written_.push_back(&column);
      columns_ += (columns_.empty() ? "" : ", ") + RowColumn(column.number);
    }
    if (written_.empty()) return Refuse("a table without columns");
    const Query* source = query_.source.get();
    if (source == nullptr) {
      source_ = "VALUES (";
      for (const Column* column : written_)
        source_ += (source_.back() == '(' ? "" : ", ") + DefaultCell(*column);
      source_ += ")";
      return true;
    }
    return source->kind == Query::Kind::kValues && source->ctes.empty() ? WriteValues(*source)
                                                                        : WriteSelect(*source);
  }

  std::string DefaultCell(const Column& column) {
    return column.generated != 0 ? Hidden(column) : DefaultOf(column);
  }

  bool IsOpaqueGenerated(const Column& column) const {
    if (opaque_.count(column.number) > 0) return true;
    Emitter emitter(*world_.after, &world_, true);
    return column.default_value == nullptr ||
           (emitter.WriteAssigned(*column.default_value, column.type), !emitter.ok());
  }

  bool WriteValues(const Query& source) {
    Emitter emitter(*world_.after, &world_, true);
    emitter.Enter(query_);
    with_ = emitter.WriteWith(query_);
    if (!emitter.ok()) return Refuse(emitter.failure());
    for (const auto& row : source.values) {
      source_ += source_.empty() ? "VALUES (" : ", (";
      for (const Column* column : written_) {
        const int position = PositionOf(column->number);
        const bool listed = position >= 0 && static_cast<std::size_t>(position) < row.size();
        if (source_.back() != '(') source_ += ", ";
        source_ += column->generated != 0 ? Hidden(*column)
                   : listed ? Cell(*column, row[static_cast<std::size_t>(position)].get())
                            : DefaultOf(*column);
      }
      source_ += ")";
    }
    return true;
  }

  // A SELECT's targets have been converted to the columns' types already.
  static catalog::TypeRef TypeOf(const Query& source, std::size_t at) {
    const bool select = source.kind == Query::Kind::kSelect && at < source.targets.size() &&
                        source.targets[at].value != nullptr;
    return select ? source.targets[at].value->type : source.columns[at].type;
  }

  bool WriteSelect(const Query& source) {
    Emitter emitter(*world_.after, &world_, true);
    emitter.Enter(query_);
    const std::string with = emitter.WriteWith(query_);
    const std::string select = emitter.WriteQuery(source);
    emitter.Leave();
    if (!emitter.ok()) return Refuse(emitter.failure());
    std::string names, list;
    for (std::size_t i = 0; i < source.columns.size(); ++i) {
      names += (names.empty() ? "s" : ", s") + std::to_string(i);
    }
    for (const Column* column : written_) {
      const int position = PositionOf(column->number);
      const auto at = static_cast<std::size_t>(position);
      std::string value;
      if (column->generated != 0) {
        value = Hidden(*column);
      } else if (position < 0 || at >= source.columns.size()) {
        value = DefaultOf(*column);
      } else {
        value =
            emitter.Convert("s" + std::to_string(at), StoredAs(*world_.after, TypeOf(source, at)),
                            StoredAs(*world_.after, column->type), false);
      }
      list += (list.empty() ? "" : ", ") + value;
    }
    if (!emitter.ok()) return Refuse(emitter.failure());
    source_ = "SELECT " + list + " FROM (WITH strata_source(" + names + ") AS (" + with + select +
              ") SELECT * FROM strata_source) WHERE true";
    return true;
  }

  bool WriteConflict() {
    if (query_.on_conflict.empty()) return true;
    const TableState* rows = world_.Find(relation_.oid);
    if (world_.ContentsOf(relation_.oid) == Contents::kUnknown ||
        (rows != nullptr && !rows->complete)) {
      return Refuse("the rows of \"" + relation_.name + "\" are not known");
    }
    if (query_.conflict_constraint != 0 || !query_.conflict_expressions.empty() ||
        query_.conflict_predicate != nullptr) {
      return Refuse("ON CONFLICT in this form is not run");
    }
    for (const Relation* index : world_.after->IndexesOf(relation_.oid)) {
      const bool unique = index->index && index->index->unique;
      if (unique && !HoldsUnique(world_, *world_.after, relation_, *index))
        return Refuse("ON CONFLICT with an index that is not held");
    }
    std::string target;
    for (const std::int16_t number : query_.conflict_columns) {
      target += (target.empty() ? " (" : ", ") + RowColumn(number);
    }
    if (!target.empty()) target += ")";
    if (query_.on_conflict == "nothing") {
      conflict_ = " ON CONFLICT" + target + " DO NOTHING";
      return true;
    }
    if (target.empty()) return Refuse("ON CONFLICT ON CONSTRAINT is not run");
    conflict_ = " ON CONFLICT" + target + " DO UPDATE SET " + ConflictSet();
    if (query_.conflict_where == nullptr) return true;
    Emitter emitter(*world_.after, &world_, true);
    emitter.Enter(query_);
    conflict_ += " WHERE " + emitter.Write(*query_.conflict_where);
    return emitter.ok() || Refuse(emitter.failure());
  }

  std::string ConflictSet() {
    std::string list;
    for (const catalog::TargetItem& item : query_.conflict_set) {
      const Column* column = relation_.FindColumn(item.number);
      if (column == nullptr) continue;
      Emitter emitter(*world_.after, &world_, true);
      emitter.Enter(query_);
      std::string value = item.value == nullptr || item.value->kind == Expr::Kind::kDefault
                              ? DefaultOf(*column)
                              : emitter.WriteAssigned(*item.value, column->type);
      if (!emitter.ok()) value = Hidden(*column);
      list += (list.empty() ? "" : ", ") + RowColumn(item.number) + " = " + value;
    }
    return list;
  }

  World& world_;
  const Relation& relation_;
  const Query& query_;
  std::vector<const Column*> written_;
  std::set<std::int16_t> opaque_;
  std::string with_, columns_, source_, conflict_, reason_;
};

}  // namespace

Outcome RunInsert(World& world, const Query& query) {
  const Relation* relation = world.after->relation(query.target);
  if (relation == nullptr) return World::NotExecuted("the table is not known");
  if (query.source != nullptr && query.source->kind == Query::Kind::kSelect &&
      world.IsEmpty(*query.source))
    return {};
  if (!StoresRows(*relation) || !world.after->RulesOf(relation->oid).empty()) {
    if (relation->kind == catalog::RelationKind::kView) world.MarkAllUnknown();
    world.MarkUnknown(relation->oid);
    return World::NotExecuted("\"" + relation->name + "\" is no plain table");
  }
  return Insertion(world, *relation, query).Run();
}

}  // namespace strata::shadow
