#include "shadow/world.h"

namespace strata::shadow {
namespace {

using catalog::Column;
using catalog::Expr;
using catalog::Query;
using catalog::Relation;

bool IsConstant(const Expr& e) {
  return e.kind == Expr::Kind::kConst || (e.kind == Expr::Kind::kCast && IsConstant(*e.args[0]));
}

bool IsUniqueColumn(const World& world, const Relation& relation, std::int16_t number) {
  for (const Relation* index : world.after->IndexesOf(relation.oid)) {
    if (!index->index || !index->index->unique) continue;
    for (const catalog::IndexKey& key : index->index->keys) {
      if (key.column == number || key.column == 0) return true;
    }
  }
  return false;
}

class Update {
 public:
  Update(World& world, const Relation& relation, const Query& query)
      : world_(world), relation_(relation), query_(query), emitter_(*world.after, &world, true) {}

  Outcome Run() {
    if (!query_.certain) return Unknown("the statement was not wholly analysed");
    if (!FollowTriggers(world_, relation_, "UPDATE", &opaque_)) {
      world_.MarkUnknown(relation_.oid);
      return World::NotExecuted("a trigger of \"" + relation_.name + "\" may change its rows");
    }
    range_ = query_.target_range;
    emitter_.Enter(query_);
    const std::string with = emitter_.WriteWith(query_);
    WriteSet();
    const std::string from = emitter_.WriteFrom(query_, range_);
    std::string where = query_.where == nullptr ? "" : " WHERE " + emitter_.Write(*query_.where);
    if (!emitter_.ok()) return Unknown(emitter_.failure());
    if (world_.Writable(relation_) == nullptr || !world_.SetOpaque(relation_, opaque_))
      return Unknown("the rows of \"" + relation_.name + "\" are not known");
    const std::string alias = QuoteName(query_.ranges[static_cast<std::size_t>(range_)].alias);
    const std::string rows = world_.Find(relation_.oid)->table->name + " AS " + alias;
    const std::string met = Met(with, alias, rows + (from.empty() ? "" : ", " + from) + where);
    const std::string sql =
        with + "UPDATE " + rows + " SET " + set_ + (from.empty() ? "" : " FROM " + from) + where;
    const std::optional<SqliteError> error = world_.db.Execute(sql);
    if (!met.empty()) {
      CatchReturned(world_, query_, with,
                    rows + " WHERE " + alias + ".rowid IN (SELECT id FROM " + met + ")");
      world_.db.Execute("DROP TABLE " + met);
    }
    if (error) {
      Outcome outcome = world_.Decode(relation_, *error);
      const bool unique =
          !outcome.problems.empty() && outcome.problems[0].rule == "unique-violation";
      return unique && !certain_order_
                 ? World::NotExecuted("rows may repeat a key while they are updated")
                 : outcome;
    }
    Outcome outcome = CheckReferences(world_, relation_, 0, false);
    return outcome.problems.empty() ? FollowReferences(world_, relation_, /*deleted=*/false)
                                    : outcome;
  }

 private:
  Outcome Unknown(std::string reason) {
    world_.GiveUp(query_);
    const TableState* state = world_.Find(relation_.oid);
    if (!opaque_.empty() && state != nullptr && state->table != nullptr)
      world_.SetOpaque(relation_, opaque_);
    return World::NotExecuted(std::move(reason));
  }

  // A table of the rows that will be updated, where what they are then is asked for; else "".
  std::string Met(const std::string& with, const std::string& alias, const std::string& from) {
    if (world_.returning == nullptr) return "";
    std::string table = "met_" + std::to_string(++world_.serial);
    world_.db.Execute("CREATE TABLE " + table + " AS " + with + "SELECT " + alias +
                      ".rowid AS id FROM " + from);
    return table;
  }

  void WriteSet() {
    for (const catalog::TargetItem& item : query_.targets) {
      const Column* column = relation_.FindColumn(item.number);
      if (column == nullptr || item.value == nullptr) continue;
      set_ += (set_.empty() ? "" : ", ") + RowColumn(item.number) + " = " +
              ValueOf(*column, *item.value);
      // Which of two rows is updated first decides whether a key repeats for a moment.
      certain_order_ &= IsConstant(*item.value) || !IsUniqueColumn(world_, relation_, item.number);
    }
    for (const Column& column : relation_.columns) {
      if (opaque_.count(column.number) > 0 &&
          set_.find(RowColumn(column.number) + " =") == std::string::npos) {
        set_ += (set_.empty() ? "" : ", ") + RowColumn(column.number) + " = strata_opaque()";
      }
    }
    if (set_.empty()) emitter_.Fail("the columns that are set are not known");
  }

  std::string ValueOf(const Column& column, const Expr& value) {
    Emitter emitter(*world_.after, &world_, true);
    emitter.Enter(query_);
    const Expr* written = &value;
    if (value.kind == Expr::Kind::kDefault) written = column.default_value.get();
    const std::string sql =
        written == nullptr ? "NULL" : emitter.WriteAssigned(*written, column.type);
    const bool default_of_another_kind = value.kind == Expr::Kind::kDefault && column.identity != 0;
    if (emitter.ok() && !default_of_another_kind) return sql;
    opaque_.insert(column.number);
    for (const Column& other : relation_.columns) {
      if (other.generated != 0) opaque_.insert(other.number);
    }
    return "strata_opaque()";
  }

  World& world_;
  const Relation& relation_;
  const Query& query_;
  Emitter emitter_;
  int range_ = 0;
  bool certain_order_ = true;
  std::string set_;
  std::set<std::int16_t> opaque_;
};

// UPDATE or DELETE that certainly meets no row.
bool MeetsNoRow(const World& world, const Relation& relation, const Query& query) {
  if (world.IsEmptyRelation(relation, 0)) return true;
  const int target = query.target_range;
  Query rest;
  rest.ranges = query.ranges;
  rest.ctes = query.ctes;
  for (const auto& item : query.from) {
    if (item != nullptr && item->range != target) rest.from.push_back(item);
  }
  return !rest.from.empty() && world.IsEmpty(rest);
}

bool IsPlain(World& world, const Relation& relation) {
  const bool plain = StoresRows(relation) && world.after->RulesOf(relation.oid).empty() &&
                     world.after->ChildrenOf(relation.oid).empty();
  if (plain) return true;
  if (relation.kind == catalog::RelationKind::kView) world.MarkAllUnknown();
  world.MarkUnknown(relation.oid);
  for (const catalog::Oid child : world.after->ChildrenOf(relation.oid)) world.MarkUnknown(child);
  return false;
}

}  // namespace

Outcome RunUpdate(World& world, const Query& query) {
  const Relation* relation = world.after->relation(query.target);
  if (relation == nullptr) return World::NotExecuted("the table is not known");
  if (MeetsNoRow(world, *relation, query)) return {};
  if (!IsPlain(world, *relation))
    return World::NotExecuted("\"" + relation->name + "\" is no plain table");
  return Update(world, *relation, query).Run();
}

Outcome RunDelete(World& world, const Query& query) {
  const Relation* relation = world.after->relation(query.target);
  if (relation == nullptr) return World::NotExecuted("the table is not known");
  if (MeetsNoRow(world, *relation, query)) return {};
  if (!IsPlain(world, *relation))
    return World::NotExecuted("\"" + relation->name + "\" is no plain table");
  const auto unknown = [&](std::string reason) {
    world.MarkUnknown(relation->oid);
    for (const catalog::Constraint* key : world.after->ForeignKeysTo(relation->oid)) {
      if (key->on_delete != 'a' && key->on_delete != 'r') world.MarkUnknown(key->relation);
    }
    return World::NotExecuted(std::move(reason));
  };
  std::set<std::int16_t> ignored;
  if (!FollowTriggers(world, *relation, "DELETE", &ignored))
    return unknown("a trigger of \"" + relation->name + "\" may keep its rows");
  const int range = query.target_range;
  if (!query.certain) return unknown("the statement was not wholly analysed");
  Emitter emitter(*world.after, &world, true);
  emitter.Enter(query);
  const std::string with = emitter.WriteWith(query);
  const std::string from = emitter.WriteFrom(query, range);
  const std::string where = query.where == nullptr ? "true" : emitter.Write(*query.where);
  if (!emitter.ok()) return unknown(emitter.failure());
  if (world.Writable(*relation) == nullptr)
    return unknown("the rows of \"" + relation->name + "\" are not known");
  const std::string condition =
      from.empty() ? where : "EXISTS (SELECT 1 FROM " + from + " WHERE " + where + ")";
  const std::string rows = world.Find(relation->oid)->table->name + " AS " +
                           QuoteName(query.ranges[static_cast<std::size_t>(range)].alias);
  CatchReturned(world, query, with, rows + " WHERE " + condition);
  if (const std::optional<SqliteError> error =
          world.db.Execute(with + "DELETE FROM " + rows + " WHERE " + condition))
    return world.Decode(*relation, *error);
  return FollowReferences(world, *relation, /*deleted=*/true);
}

}  // namespace strata::shadow
