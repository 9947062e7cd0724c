#include "shadow/world.h"

namespace strata::shadow {
namespace {

using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::Relation;

// a.c1 = b.c2 AND …; "" where a column's values are not known.
std::string Matches(World& world, const Constraint& key, const Relation& child,
                    const Relation& parent) {
  Emitter emitter(*world.after, &world, true);
  std::string sql;
  for (std::size_t i = 0; i < key.columns.size() && i < key.referenced_columns.size(); ++i) {
    sql += (sql.empty() ? "child." : " AND child.") + emitter.WriteColumn(child, key.columns[i]) +
           " = parent." + emitter.WriteColumn(parent, key.referenced_columns[i]);
  }
  const bool comparable = [&] {
    for (const std::int16_t number : key.columns) {
      const catalog::Column* column = child.FindColumn(number);
      if (column == nullptr || !ComparesExactly(StoredAs(*world.after, column->type).storage))
        return false;
    }
    return true;
  }();
  return emitter.ok() && comparable ? sql : "";
}

// child.c1 IS NOT NULL AND …
std::string Present(const Constraint& key) {
  std::string sql;
  for (const std::int16_t number : key.columns) {
    sql += (sql.empty() ? "child." : " AND child.") + RowColumn(number) + " IS NOT NULL";
  }
  return sql;
}

// FROM and WHERE of the rows whose reference is missing; "" where that cannot be known.
std::string Orphans(World& world, const Constraint& key) {
  const Relation* child = world.after->relation(key.relation);
  const Relation* parent = world.after->relation(key.referenced);
  if (child == nullptr || parent == nullptr || key.deferrable || key.columns.empty()) return "";
  // DISABLE TRIGGER ALL turns the checks off.
  if (!child->disabled_triggers.empty() || !parent->disabled_triggers.empty()) return "";
  const TableState* rows = world.Find(child->oid);
  if (rows == nullptr || rows->table == nullptr) return "";
  Emitter emitter(*world.after, &world, true);
  const std::string from = emitter.WriteTable(*parent);
  const std::string matches = Matches(world, key, *child, *parent);
  if (!emitter.ok() || matches.empty()) return "";
  return " FROM " + rows->table->name + " AS child WHERE " + Present(key) +
         " AND NOT EXISTS (SELECT 1 FROM " + from + " AS parent WHERE " + matches + ")";
}

Outcome Referred(World& world, const Relation& parent, const Relation& child,
                 const Constraint& key) {
  world.MarkUnknown(parent.oid);
  world.MarkUnknown(child.oid);
  return world.Violated("foreign-key-violation", "update or delete on table \"" + parent.name +
                                                     "\" violates foreign key constraint \"" +
                                                     key.name + "\" on table \"" + child.name +
                                                     "\"");
}

// The columns of the child that ON DELETE SET NULL or SET DEFAULT writes.
const std::vector<std::int16_t>& WrittenColumns(const Constraint& key) {
  return key.on_delete_columns.empty() ? key.columns : key.on_delete_columns;
}

// Does what ON DELETE says to the orphans. Returns false where the child's rows are not known then.
bool Act(World& world, const Constraint& key, const Relation& child, char action) {
  std::set<std::int16_t> opaque;
  if (!FollowTriggers(world, child, action == 'c' ? "DELETE" : "UPDATE", &opaque) ||
      !opaque.empty())
    return false;
  if (action != 'c' && action != 'n') return false;
  if (world.Writable(child) == nullptr) return false;
  const std::string orphans = Orphans(world, key);
  if (orphans.empty()) return false;
  const std::string table = world.Find(child.oid)->table->name;
  const std::string where = " WHERE rowid IN (SELECT child.rowid" + orphans + ")";
  if (action == 'c') return !world.db.Execute("DELETE FROM " + table + where);
  std::string set;
  for (const std::int16_t number : WrittenColumns(key)) {
    set += (set.empty() ? "" : ", ") + RowColumn(number) + " = NULL";
  }
  return !world.db.Execute("UPDATE " + table + " SET " + set + where);
}

}  // namespace

Outcome CheckReference(World& world, const Constraint& key, std::int64_t above) {
  const std::string orphans = Orphans(world, key);
  const Relation* child = world.after->relation(key.relation);
  if (orphans.empty()) return {};
  const std::string newer = above > 0 ? " AND child.rowid > " + std::to_string(above) : "";
  if (world.db.QueryInteger("SELECT 1" + orphans + newer + " LIMIT 1").value_or(0) != 1) return {};
  world.MarkUnknown(child->oid);
  return world.Violated("foreign-key-violation", "insert or update on table \"" + child->name +
                                                     "\" violates foreign key constraint \"" +
                                                     key.name + "\"");
}

Outcome CheckReferences(World& world, const Relation& relation, std::int64_t above, bool new_rows) {
  for (const Constraint* key : world.after->ConstraintsOf(relation.oid)) {
    if (key->kind != ConstraintKind::kForeignKey || (!new_rows && !key->validated)) continue;
    // An update of what rows of the same table refer to may take them along.
    const bool acts = key->on_update != 'a' && key->on_update != 'r';
    if (!new_rows && acts && key->referenced == relation.oid) continue;
    Outcome outcome = CheckReference(world, *key, above);
    if (!outcome.problems.empty()) return outcome;
  }
  return {};
}

Outcome FollowReferences(World& world, const Relation& relation, bool deleted, int depth) {
  if (depth > 20) return {};
  for (const Constraint* key : world.after->ForeignKeysTo(relation.oid)) {
    const Relation* child = world.after->relation(key->relation);
    if (child == nullptr || !key->validated || world.Find(child->oid) == nullptr) continue;
    const std::string orphans = Orphans(world, *key);
    if (orphans.empty()) {
      if (key->on_delete != 'a' && key->on_delete != 'r') world.MarkUnknown(child->oid);
      continue;
    }
    if (world.db.QueryInteger("SELECT 1" + orphans + " LIMIT 1").value_or(0) != 1) continue;
    const char action = deleted ? key->on_delete : key->on_update;
    if (action == 'a' || action == 'r') return Referred(world, relation, *child, *key);
    if (!deleted || !Act(world, *key, *child, action)) {
      world.MarkUnknown(child->oid);
      continue;
    }
    Outcome outcome = FollowReferences(world, *child, action == 'c', depth + 1);
    if (!outcome.problems.empty()) return outcome;
  }
  return {};
}

}  // namespace strata::shadow
