// ATTACH PARTITION, DETACH PARTITION, INHERIT, NO INHERIT
#include <algorithm>

#include "catalog/apply/alter/alter.h"
#include "catalog/apply/table/constraint.h"
#include "catalog/apply/table/index.h"
#include "catalog/apply/table/partition.h"

namespace strata::catalog {
namespace {

// Every column of the parent must be in the child, with the same type.
bool MergeColumns(Context& context, const Relation& parent, const Relation& child, Span at) {
  for (const Column& c : parent.columns) {
    const Column* own = child.FindColumn(c.name);
    if (own == nullptr) {
      if (child.complete) {
        context.Report("datatype-mismatch", "child table is missing column \"" + c.name + "\"", at);
      }
      return !child.complete;
    }
    const bool known = own->type.type != 0 && c.type.type != 0;
    if (known && !(own->type == c.type)) {
      context.Report(
          "datatype-mismatch",
          "child table \"" + child.name + "\" has different type for column \"" + c.name + "\"",
          at);
      return false;
    }
    if (c.not_null && !own->not_null) {
      context.Report("datatype-mismatch",
                     "column \"" + c.name + "\" in child table must be marked NOT NULL", at);
      return false;
    }
  }
  return true;
}

bool MergeChecks(Context& context, Oid parent, Oid child, Span at) {
  std::vector<Constraint> checks;
  for (const Constraint* c : context.catalog.ConstraintsOf(parent)) {
    if (c->kind == ConstraintKind::kCheck && !c->no_inherit) checks.push_back(*c);
  }
  for (const Constraint& c : checks) {
    const Constraint* own = context.catalog.FindConstraint(child, c.name);
    if (own == nullptr || own->kind != ConstraintKind::kCheck) {
      context.Report("datatype-mismatch", "child table is missing constraint \"" + c.name + "\"",
                     at);
      return false;
    }
    context.edit.ChangeConstraint(own->oid, [](Constraint* k) { ++k->inherited; });
  }
  return true;
}

void Marry(Context& context, Oid parent, Oid child, bool partition) {
  const Relation above = *context.catalog.relation(parent);
  context.edit.ChangeRelation(child, [&](Relation* r) {
    r->parents.push_back(parent);
    for (Column& c : r->columns) {
      if (above.FindColumn(c.name) == nullptr) continue;
      ++c.inherited;
      if (partition) c.local = false;
    }
  });
  context.edit.Depend({ObjectClass::kRelation, child}, {ObjectClass::kRelation, parent},
                      partition ? DependencyKind::kAuto : DependencyKind::kNormal);
}

void Divorce(Context& context, Oid parent, Oid child) {
  const Relation above = *context.catalog.relation(parent);
  context.edit.ChangeRelation(child, [&](Relation* r) {
    std::erase(r->parents, parent);
    for (Column& c : r->columns) {
      if (above.FindColumn(c.name) == nullptr || c.inherited == 0) continue;
      if (--c.inherited == 0) c.local = true;
    }
  });
  context.edit.ForgetNeed({ObjectClass::kRelation, child}, {ObjectClass::kRelation, parent});
  for (const Constraint* c : context.catalog.ConstraintsOf(parent)) {
    if (c->kind != ConstraintKind::kCheck) continue;
    const Constraint* own = context.catalog.FindConstraint(child, c->name);
    if (own == nullptr || own->inherited == 0) continue;
    context.edit.ChangeConstraint(own->oid, [](Constraint* k) {
      if (--k->inherited == 0) k->local = true;
    });
  }
}

// A partition's index, constraint or trigger stands alone again.
void Release(Context& context, Oid partition) {
  std::vector<Oid> indexes, constraints;
  std::vector<ObjectRef> triggers;
  for (const Relation* index : context.catalog.IndexesOf(partition)) {
    if (!index->parents.empty()) indexes.push_back(index->oid);
  }
  for (Oid index : indexes) {
    const Oid above = context.catalog.relation(index)->parents[0];
    context.edit.ForgetNeed({ObjectClass::kRelation, index}, {ObjectClass::kRelation, above});
    context.edit.ChangeRelation(index, [](Relation* r) { r->parents.clear(); });
  }
  for (const Constraint* c : context.catalog.ConstraintsOf(partition)) {
    if (c->parent != 0) constraints.push_back(c->oid);
  }
  for (Oid oid : constraints) {
    const Constraint c = *context.catalog.constraint(oid);
    context.edit.ForgetNeed({ObjectClass::kConstraint, oid}, {ObjectClass::kConstraint, c.parent});
    context.edit.ChangeConstraint(
        oid, [](Constraint* k) { k->parent = 0, k->local = true, k->inherited = 0; });
    if (c.kind != ConstraintKind::kForeignKey) continue;
    const ObjectRef self{ObjectClass::kConstraint, oid};
    for (std::int16_t n : c.referenced_columns)
      context.edit.Depend(self, {ObjectClass::kRelation, c.referenced, n});
    context.edit.Depend(self, {ObjectClass::kRelation, c.index});
  }
  for (const Trigger* t : context.catalog.TriggersOf(partition)) {
    if (t->parent != 0) triggers.push_back({ObjectClass::kTrigger, t->oid});
  }
  for (const ObjectRef& t : triggers) context.edit.Erase(t);
}

const Relation* NamedTable(Context& context, const sql::RangeVar* range) {
  return range == nullptr ? nullptr : context.NeedRelation(context.NameOf(*range));
}

// ALTER INDEX parent ATTACH PARTITION child.
void AttachIndex(Context& context, const Relation& parent, const Relation& child, Span at) {
  if (!child.index) {
    context.Report("wrong-object-type", "\"" + child.name + "\" is not an index", at);
    return;
  }
  const Oid parent_oid = parent.oid, oid = child.oid;
  const Relation* table = context.catalog.relation(child.index->table);
  const bool belongs = std::find(table->parents.begin(), table->parents.end(),
                                 parent.index->table) != table->parents.end();
  if (!belongs) {
    context.Report("invalid-object-definition",
                   "cannot attach index \"" + child.name + "\" as a partition of index \"" +
                       parent.name + "\"",
                   at, "it is not on any partition of the table");
    return;
  }
  AdoptIndex(context, parent_oid, oid);
}

bool IsBelow(const Catalog& catalog, Oid relation, Oid top) {
  if (relation == top) return true;
  const Relation* r = catalog.relation(relation);
  return r != nullptr && std::any_of(r->parents.begin(), r->parents.end(),
                                     [&](Oid parent) { return IsBelow(catalog, parent, top); });
}

bool Refuse(Context& context, std::string_view rule, std::string message, Span at,
            std::string help = "") {
  context.Report(rule, std::move(message), at, std::move(help));
  return false;
}

bool RefuseCircle(Context& context, const Relation& parent, const Relation& child, Span at) {
  return Refuse(context, "duplicate-table", "circular inheritance not allowed", at,
                "\"" + parent.name + "\" is already a child of \"" + child.name + "\"");
}

bool MayBePartition(Context& context, const Relation& parent, const Relation& child, Span at) {
  constexpr std::string_view kRule = "wrong-object-type";
  if (child.of_type != 0)
    return Refuse(context, kRule, "cannot attach a typed table as partition", at);
  if (!child.parents.empty())
    return Refuse(context, kRule, "cannot attach inheritance child as partition", at);
  if (child.kind == RelationKind::kTable && !context.catalog.ChildrenOf(child.oid).empty())
    return Refuse(context, kRule, "cannot attach inheritance parent as partition", at);
  return !IsBelow(context.catalog, parent.oid, child.oid) ||
         RefuseCircle(context, parent, child, at);
}

bool MayInherit(Context& context, const Relation& parent, const Relation& child, Span at) {
  constexpr std::string_view kRule = "wrong-object-type";
  if (child.of_type != 0)
    return Refuse(context, kRule, "cannot change inheritance of typed table", at);
  if (child.is_partition)
    return Refuse(context, kRule, "cannot change inheritance of a partition", at);
  if (child.kind == RelationKind::kPartitionedTable)
    return Refuse(context, kRule, "cannot change inheritance of partitioned table", at);
  if (parent.kind == RelationKind::kPartitionedTable) {
    return Refuse(context, kRule, "cannot inherit from partitioned table \"" + parent.name + "\"",
                  at);
  }
  if (parent.is_partition) return Refuse(context, kRule, "cannot inherit from a partition", at);
  return !IsBelow(context.catalog, parent.oid, child.oid) ||
         RefuseCircle(context, parent, child, at);
}

}  // namespace

void AttachPartitionCommand(Context& context, const AlterCommand& command) {
  const auto* part = sql::As<sql::PartitionCmd>(command.node.def);
  const Relation* child = part == nullptr ? nullptr : NamedTable(context, part->name);
  if (child == nullptr) return;
  const Relation* parent = context.catalog.relation(command.relation);
  const Span at = context.At(part->name->location);
  if (parent->index) return AttachIndex(context, *parent, *child, at);
  if (parent->kind != RelationKind::kPartitionedTable) {
    context.Report("wrong-object-type", "table \"" + parent->name + "\" is not partitioned",
                   command.at);
    return;
  }
  if (child->is_partition) {
    context.Report("wrong-object-type", "\"" + child->name + "\" is already a partition", at);
    return;
  }
  if (!MayBePartition(context, *parent, *child, at)) return;
  for (const Column& c : child->columns) {
    if (parent->FindColumn(c.name) != nullptr) continue;
    context.Report("datatype-mismatch",
                   "table \"" + child->name + "\" contains column \"" + c.name +
                       "\" not found in parent \"" + parent->name + "\"",
                   at, "a new partition may contain only the columns that its parent has");
    return;
  }
  if (!MergeColumns(context, *parent, *child, at) ||
      !MergeChecks(context, parent->oid, child->oid, at))
    return;
  const Oid oid = child->oid;
  const std::string bound =
      part->bound == nullptr
          ? ""
          : ReadBound(context, *parent, context.catalog.relation(oid)->name, *part->bound);
  Marry(context, command.relation, oid, true);
  context.edit.ChangeRelation(oid, [&](Relation* r) {
    r->is_partition = true;
    r->partition_bound = bound;
  });
  AttachPartition(context, command.relation, oid);
}

void DetachPartitionCommand(Context& context, const AlterCommand& command) {
  const auto* part = sql::As<sql::PartitionCmd>(command.node.def);
  const Relation* child = part == nullptr ? nullptr : NamedTable(context, part->name);
  if (child == nullptr) return;
  if (part->concurrent) context.OutsideTransaction("ALTER TABLE ... DETACH CONCURRENTLY");
  const Relation* parent = context.catalog.relation(command.relation);
  if (!child->is_partition || std::find(child->parents.begin(), child->parents.end(),
                                        parent->oid) == child->parents.end()) {
    context.Report(
        "undefined-table",
        "relation \"" + child->name + "\" is not a partition of relation \"" + parent->name + "\"",
        context.At(part->name->location));
    return;
  }
  const Oid oid = child->oid;
  Divorce(context, command.relation, oid);
  context.edit.ChangeRelation(oid, [](Relation* r) {
    r->is_partition = false;
    r->partition_bound.clear();
  });
  Release(context, oid);
}

void AddInherit(Context& context, const AlterCommand& command) {
  const Relation* parent = NamedTable(context, sql::As<sql::RangeVar>(command.node.def));
  if (parent == nullptr) return;
  const Relation* child = context.catalog.relation(command.relation);
  const Span at = context.At(sql::As<sql::RangeVar>(command.node.def)->location);
  if (std::find(child->parents.begin(), child->parents.end(), parent->oid) !=
      child->parents.end()) {
    context.Report("duplicate-table",
                   "relation \"" + parent->name + "\" would be inherited from more than once", at);
    return;
  }
  if (!MayInherit(context, *parent, *child, at) || !MergeColumns(context, *parent, *child, at) ||
      !MergeChecks(context, parent->oid, child->oid, at))
    return;
  Marry(context, parent->oid, command.relation, false);
}

void DropInherit(Context& context, const AlterCommand& command) {
  const Relation* parent = NamedTable(context, sql::As<sql::RangeVar>(command.node.def));
  if (parent == nullptr) return;
  const Relation* child = context.catalog.relation(command.relation);
  if (std::find(child->parents.begin(), child->parents.end(), parent->oid) ==
      child->parents.end()) {
    context.Report(
        "undefined-table",
        "relation \"" + parent->name + "\" is not a parent of relation \"" + child->name + "\"",
        command.at);
    return;
  }
  Divorce(context, parent->oid, command.relation);
}

}  // namespace strata::catalog
