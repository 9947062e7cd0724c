// Constraints of tables and domains.
#include <algorithm>

#include "catalog/quote.h"
#include "diff/differ.h"

namespace strata::diff {

using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::QuoteIdentifier;
using catalog::Relation;
using catalog::RelationKind;

namespace {

bool IsKey(const Constraint& c) {
  return c.kind == ConstraintKind::kPrimaryKey || c.kind == ConstraintKind::kUnique;
}

bool IsPartitioned(const Catalog& c, Oid relation) {
  const Relation* r = c.relation(relation);
  return r == nullptr || r->kind == RelationKind::kPartitionedTable;
}

void Drop(Differ& d, const Constraint& c) {
  const ObjectRef self{ObjectClass::kConstraint, c.oid};
  const Relation* table = d.a.relation(c.relation);
  Op op;
  op.group = c.kind == ConstraintKind::kForeignKey ? Group::kDropKey : Group::kTable;
  op.unit = table->name;
  op.step = 1;
  op.name = c.name;
  op.table = catalog::SqlRelation(d.a, table->oid);
  op.clause = "DROP CONSTRAINT " + QuoteIdentifier(c.name);
  op.ends = {self};
  if (c.index != 0 && c.kind != ConstraintKind::kForeignKey)
    op.ends.push_back({ObjectClass::kRelation, c.index});
  op.breaks = true;
  if (d.InAfter(self).oid == 0) op.differences.push_back(d.Extra(self));
  d.Add(std::move(op));
}

// What a busy table bears: the index is built beside it and taken over, or the rows are looked at
// under a weak lock in a file of their own.
void AddOnlineForm(const Differ& d, const Constraint& c, Op* op) {
  if (d.IsNew({ObjectClass::kRelation, c.relation}) || IsPartitioned(d.b, c.relation)) return;
  const Relation* index = c.index == 0 ? nullptr : d.b.relation(c.index);
  const std::string name = "CONSTRAINT " + QuoteIdentifier(c.name);
  if (IsKey(c) && index != nullptr && index->index) {
    std::string tail =
        std::string(c.kind == ConstraintKind::kPrimaryKey ? " PRIMARY KEY" : " UNIQUE") +
        " USING INDEX " + QuoteIdentifier(index->name);
    if (c.deferrable) tail += c.deferred ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
    op->online_stage = Stage::kConcurrent;
    op->online_sql = {catalog::CreateIndex(d.b, *index, true)};
    op->online_after = {"ALTER TABLE " + op->table + " ADD " + name + tail};
  } else if ((c.kind == ConstraintKind::kForeignKey || c.kind == ConstraintKind::kCheck) &&
             c.validated) {
    op->online_clause = "ADD " + catalog::ConstraintClause(d.b, c) + " NOT VALID";
    op->online_after = {"ALTER TABLE " + op->table + " VALIDATE " + name};
  }
}

std::string NamesOf(const Relation& table, const std::vector<std::int16_t>& numbers) {
  std::vector<std::string> names;
  for (const std::int16_t number : numbers) {
    const catalog::Column* column = table.FindColumn(number);
    if (column != nullptr) names.push_back(column->name);
  }
  return names.size() == 1 ? names[0] : "(" + catalog::Join(names, ", ") + ")";
}

// Where rows have nothing in its columns yet it holds for them.
bool IsOfEmptyColumns(const Differ& d, const Relation& table, const Constraint& c) {
  return !c.columns.empty() &&
         std::all_of(c.columns.begin(), c.columns.end(), [&](std::int16_t number) {
           const catalog::Column* column = table.FindColumn(number);
           return column != nullptr && column->default_value == nullptr &&
                  d.IsNew({ObjectClass::kRelation, table.oid, number});
         });
}

// What the rows that are there have to be like; "" where they are, since it was asked before.
std::string ConditionOf(const Differ& d, const Constraint& c) {
  const Relation& table = *d.b.relation(c.relation);
  if (d.InBefore({ObjectClass::kRelation, c.relation}).oid == 0 || IsOfEmptyColumns(d, table, c))
    return "";
  const ObjectRef old = d.InBefore({ObjectClass::kConstraint, c.oid});
  const Constraint* was = old.oid == 0 ? nullptr : d.a.constraint(old.oid);
  if (was != nullptr && (ConstraintBody(d.exact_a, *was) == ConstraintBody(d.exact_b, c)))
    return "";
  const std::string columns = NamesOf(table, c.columns);
  const bool asked = was != nullptr && was->kind == c.kind && was->validated &&
                     NamesOf(*d.a.relation(was->relation), was->columns) == columns;
  if (IsKey(c) && !asked)
    return "fails while two rows of " + table.name + " have the same " + columns;
  if (c.kind == ConstraintKind::kCheck && c.validated)
    return "fails while a row of " + table.name + " breaks " + c.name;
  if (c.kind != ConstraintKind::kForeignKey || !c.validated) return "";
  const Relation& other = *d.b.relation(c.referenced);
  const std::string theirs = other.name + "." + NamesOf(other, c.referenced_columns);
  if (asked &&
      NamesOf(*d.a.relation(was->referenced), was->referenced_columns) ==
          NamesOf(other, c.referenced_columns) &&
      d.InAfter({ObjectClass::kRelation, was->referenced}).oid == other.oid)
    return "";
  return "fails while " + table.name + "." + columns + " holds what " + theirs + " does not";
}

void AddConstraint(Differ& d, const Constraint& c) {
  const ObjectRef self{ObjectClass::kConstraint, c.oid};
  const ObjectRef old = d.InBefore(self);
  const Relation* table = d.b.relation(c.relation);
  Op op;
  op.group = c.kind == ConstraintKind::kForeignKey ? Group::kForeignKey : Group::kTable;
  op.unit = table->name;
  op.step = 5;
  op.name = (c.kind == ConstraintKind::kPrimaryKey ? "0" : "1") + c.name;
  op.table = catalog::SqlRelation(d.b, table->oid);
  op.clause = "ADD " + catalog::ConstraintClause(d.b, c);
  op.constraint = c.oid;
  op.starts = {self};
  if (c.index != 0 && c.kind != ConstraintKind::kForeignKey)
    op.starts.push_back({ObjectClass::kRelation, c.index});
  const bool new_table = d.InBefore({ObjectClass::kRelation, c.relation}).oid == 0;
  if (old.oid == 0) {
    if (!new_table) op.differences.push_back(d.Missing(self));
  } else if (ConstraintBody(d.exact_a, *d.a.constraint(old.oid)) != ConstraintBody(d.exact_b, c)) {
    op.differences.push_back(d.Changed(self, "is " + ConstraintBody(d.a, *d.a.constraint(old.oid)) +
                                                 " instead of " + ConstraintBody(d.b, c)));
  }
  AddOnlineForm(d, c, &op);
  const std::string condition = ConditionOf(d, c);
  // The index of a key is made beside it, and fails first.
  if (!condition.empty()) (IsKey(c) ? op.notes : op.conditions).push_back(condition);
  d.Add(std::move(op));
}

bool DiffersInValidationAlone(const Differ& d, const Constraint& before, const Constraint& after) {
  Constraint copy = before;
  copy.validated = true;
  return !before.validated && after.validated &&
         ConstraintBody(d.exact_a, copy) == ConstraintBody(d.exact_b, after);
}

void Validate(Differ& d, const Constraint& c) {
  const ObjectRef self{ObjectClass::kConstraint, c.oid};
  const Relation* table = d.b.relation(c.relation);
  Op op;
  op.unit = table->name;
  op.step = 6;
  op.name = c.name;
  op.table = catalog::SqlRelation(d.b, table->oid);
  op.clause = "VALIDATE CONSTRAINT " + QuoteIdentifier(c.name);
  op.differences.push_back(d.Changed(self, "is not validated"));
  d.Add(std::move(op));
}

bool Reaches(const Differ& d, Oid from, Oid goal, std::set<Oid>* seen) {
  if (from == goal) return true;
  if (!seen->insert(from).second) return false;
  for (const Constraint* c : d.a.ConstraintsOf(from)) {
    if (c->kind != ConstraintKind::kForeignKey ||
        !d.IsGone({ObjectClass::kRelation, c->referenced}))
      continue;
    if (c->referenced != from && Reaches(d, c->referenced, goal, seen)) return true;
  }
  return false;
}

}  // namespace

bool IsInDropCycle(const Differ& d, const Constraint& key) {
  if (key.kind != ConstraintKind::kForeignKey || key.referenced == key.relation) return false;
  if (!d.IsGone({ObjectClass::kRelation, key.referenced}) ||
      !d.IsGone({ObjectClass::kRelation, key.relation}))
    return false;
  std::set<Oid> seen;
  return Reaches(d, key.referenced, key.relation, &seen);
}

void DiffConstraints(Differ& d) {
  for (const auto& [key, ref] : d.before_items()) {
    if (ref.cls != ObjectClass::kConstraint || !d.IsGone(ref)) continue;
    const Constraint& c = *d.a.constraint(ref.oid);
    if (c.relation == 0 || (d.IsCovered(ref) && !IsInDropCycle(d, c))) continue;
    Drop(d, c);
  }
  for (const auto& [key, ref] : d.after_items()) {
    const Constraint* c = ref.cls == ObjectClass::kConstraint ? d.b.constraint(ref.oid) : nullptr;
    if (c == nullptr || c->relation == 0) continue;
    if (d.IsNew(ref)) {
      AddConstraint(d, *c);
    } else if (DiffersInValidationAlone(d, *d.a.constraint(d.InBefore(ref).oid), *c)) {
      Validate(d, *c);
    }
  }
}

}  // namespace strata::diff
