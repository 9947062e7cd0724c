// ADD COLUMN, DROP COLUMN
#include "catalog/apply/alter/alter.h"
#include "catalog/apply/table/column.h"
#include "catalog/apply/table/constraint.h"
#include "sql/token.h"

namespace strata::catalog {

const Column* CommandColumn(Context& context, const AlterCommand& command,
                            const std::string& name) {
  const Relation* r = context.catalog.relation(command.relation);
  const Span at = sql::FindName(context.text, command.at, name).value_or(command.at);
  if (IsSystemColumn(name)) {
    context.Report("feature-not-supported", "cannot alter system column \"" + name + "\"", at);
    return nullptr;
  }
  return context.NeedColumn(*r, name, at);
}

namespace {

// Inheritance children get the column too.
void AddToChildren(Context& context, Oid table, const Column& column) {
  for (Oid child : context.catalog.ChildrenOf(table)) {
    const Relation* below = context.catalog.relation(child);
    if (const Column* own = below->FindColumn(column.name)) {
      context.edit.ChangeColumn(child, own->number, [](Column* c) { ++c->inherited; });
      continue;
    }
    Column copy = column;
    copy.local = false;
    copy.inherited = 1;
    copy.identity = 0;
    copy.number = static_cast<std::int16_t>(below->last_number + 1);
    context.edit.ChangeRelation(child, [&](Relation* r) {
      r->last_number = copy.number;
      r->columns.push_back(copy);
    });
    EnterColumn(context, child, copy);
    AddToChildren(context, child, copy);
  }
}

bool IsUsable(Context& context, const Relation& r, const sql::ColumnDef& definition,
              bool if_not_exists, Span at) {
  const std::string name = definition.colname;
  if (IsSystemColumn(name)) {
    context.Report("duplicate-column",
                   "column name \"" + name + "\" conflicts with a system column name", at);
    return false;
  }
  if (r.FindColumn(name) != nullptr) {
    if (!if_not_exists) {
      context.Report("duplicate-column",
                     "column \"" + name + "\" of relation \"" + r.name + "\" already exists", at);
    }
    return false;
  }
  if (r.is_partition) {
    context.Report("wrong-object-type", "cannot add column to a partition", at);
    return false;
  }
  if (r.of_type != 0) {
    context.Report("wrong-object-type", "cannot add column to typed table", at);
    return false;
  }
  return true;
}

}  // namespace

void AddColumn(Context& context, const AlterCommand& command) {
  const auto* definition = sql::As<sql::ColumnDef>(command.node.def);
  if (definition == nullptr) return;
  const Relation* r = context.catalog.relation(command.relation);
  const Span at = context.At(definition->location);
  if (!IsUsable(context, *r, *definition, command.node.missing_ok, at)) return;
  ColumnRequest request = ReadColumn(context, *definition, r->name);
  request.column.number = static_cast<std::int16_t>(r->last_number + 1);
  const Column column = request.column;
  context.edit.ChangeRelation(command.relation, [&](Relation* t) {
    t->last_number = column.number;
    t->columns.push_back(column);
  });
  EnterColumn(context, command.relation, column);
  FinishColumn(context, command.relation, column.number, request);
  const Column made = *context.catalog.relation(command.relation)->FindColumn(column.number);
  AddToChildren(context, command.relation, made);
  AddConstraints(context, command.relation, request.constraints, false);
}

void DropColumn(Context& context, const AlterCommand& command) {
  const std::string name = command.node.name;
  const Relation* r = context.catalog.relation(command.relation);
  const Column* column = r->FindColumn(name);
  const Span at = sql::FindName(context.text, command.at, name).value_or(command.at);
  if (column == nullptr) {
    if (!command.node.missing_ok) CommandColumn(context, command, name);
    return;
  }
  if (column->inherited > 0) {
    context.Report("invalid-table-definition", "cannot drop inherited column \"" + name + "\"", at);
    return;
  }
  if (r->of_type != 0) {
    context.Report("wrong-object-type", "cannot drop column from typed table", at);
    return;
  }
  if (r->partition_key) {
    for (const IndexKey& key : r->partition_key->keys) {
      if (key.column != column->number) continue;
      context.Report("invalid-table-definition",
                     "cannot drop column \"" + name +
                         "\" because it is part of the partition key of relation \"" + r->name +
                         "\"",
                     at);
      return;
    }
  }
  std::vector<ObjectRef> objects = {{ObjectClass::kRelation, command.relation, column->number}};
  std::vector<Oid> pending = context.catalog.ChildrenOf(command.relation);
  while (!pending.empty()) {
    const Oid child = pending.back();
    pending.pop_back();
    const Relation* below = context.catalog.relation(child);
    const Column* own = below->FindColumn(name);
    if (own == nullptr) continue;
    if (own->local || own->inherited > 1) {
      context.edit.ChangeColumn(child, own->number, [](Column* c) { --c->inherited; });
      continue;
    }
    objects.push_back({ObjectClass::kRelation, child, own->number});
    for (Oid grandchild : context.catalog.ChildrenOf(child)) pending.push_back(grandchild);
  }
  context.Drop(objects, command.node.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE, at);
}

}  // namespace strata::catalog
