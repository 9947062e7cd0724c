// ADD CONSTRAINT, DROP CONSTRAINT, ALTER CONSTRAINT, VALIDATE CONSTRAINT
#include "catalog/apply/alter/alter.h"
#include "catalog/apply/table/constraint.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

const Constraint* NeedConstraint(Context& context, const AlterCommand& command, bool missing_ok) {
  const std::string name = command.node.name;
  if (const Constraint* c = context.catalog.FindConstraint(command.relation, name)) return c;
  const Relation* r = context.catalog.relation(command.relation);
  if (!missing_ok && r->complete) {
    context.Report("undefined-object",
                   "constraint \"" + name + "\" of relation \"" + r->name + "\" does not exist",
                   sql::FindName(context.text, command.at, name).value_or(command.at),
                   context.DidYouMean(
                       name, context.catalog.NamesOf(ObjectClass::kConstraint, command.relation)));
  }
  return nullptr;
}

}  // namespace

void AddConstraint(Context& context, const AlterCommand& command) {
  const auto* node = sql::As<sql::Constraint>(command.node.def);
  if (node == nullptr) return;
  const ConstraintRequest request{node, "",          node->deferrable != 0, node->initdeferred != 0,
                                  "",   command.only};
  const std::size_t before = context.result.findings.problems.size();
  AddConstraints(context, command.relation, {request}, false);
  // A constraint that was refused was meant to be there.
  if (context.result.findings.problems.size() > before && node->conname != nullptr &&
      node->conname[0] != '\0') {
    context.Doubt(node->conname);
  }
}

void DropConstraint(Context& context, const AlterCommand& command) {
  const Constraint* c = NeedConstraint(context, command, command.node.missing_ok);
  if (c == nullptr) return;
  const std::string name = c->name;
  const Span at = sql::FindName(context.text, command.at, name).value_or(command.at);
  if (c->inherited > 0) {
    const Relation* r = context.catalog.relation(command.relation);
    context.Report(
        "invalid-table-definition",
        "cannot drop inherited constraint \"" + name + "\" of relation \"" + r->name + "\"", at);
    return;
  }
  std::vector<ObjectRef> objects = {{ObjectClass::kConstraint, c->oid}};
  if (c->kind == ConstraintKind::kCheck && !c->no_inherit) {
    std::vector<Oid> pending = context.catalog.ChildrenOf(command.relation);
    while (!pending.empty()) {
      const Oid child = pending.back();
      pending.pop_back();
      const Constraint* own = context.catalog.FindConstraint(child, name);
      if (own == nullptr) continue;
      const bool falls = own->inherited <= 1 && !own->local;
      if (falls) {
        objects.push_back({ObjectClass::kConstraint, own->oid});
        for (Oid grandchild : context.catalog.ChildrenOf(child)) pending.push_back(grandchild);
      }
      context.edit.ChangeConstraint(own->oid, [](Constraint* k) { --k->inherited; });
    }
  }
  context.Drop(objects, command.node.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE, at);
}

void AlterConstraint(Context& context, const AlterCommand& command) {
  const auto* node = sql::As<sql::Constraint>(command.node.def);
  if (node == nullptr || node->conname == nullptr) return;
  const Span at = context.Find(node->conname);
  const Relation* r = context.catalog.relation(command.relation);
  const Constraint* c = context.catalog.FindConstraint(command.relation, node->conname);
  if (c == nullptr) {
    context.Report(
        "undefined-object",
        "constraint \"" + std::string(node->conname) + "\" of relation \"" + r->name +
            "\" does not exist",
        at,
        context.DidYouMean(node->conname,
                           context.catalog.NamesOf(ObjectClass::kConstraint, command.relation)));
    return;
  }
  if (c->kind != ConstraintKind::kForeignKey) {
    context.Report("wrong-object-type",
                   "constraint \"" + c->name + "\" of relation \"" + r->name +
                       "\" is not a foreign key constraint",
                   at);
    return;
  }
  context.edit.ChangeConstraint(c->oid, [&](Constraint* k) {
    k->deferrable = node->deferrable;
    k->deferred = node->initdeferred;
  });
}

void ValidateConstraint(Context& context, const AlterCommand& command) {
  const Constraint* c = NeedConstraint(context, command, false);
  if (c == nullptr) return;
  if (c->kind != ConstraintKind::kForeignKey && c->kind != ConstraintKind::kCheck) {
    context.Report("wrong-object-type",
                   "constraint \"" + c->name + "\" of relation \"" +
                       context.catalog.relation(command.relation)->name +
                       "\" is not a foreign key or check constraint",
                   context.Find(c->name));
    return;
  }
  const std::string name = c->name;
  context.edit.ChangeConstraint(c->oid, [](Constraint* k) { k->validated = true; });
  for (Oid child : context.catalog.ChildrenOf(command.relation)) {
    if (const Constraint* own = context.catalog.FindConstraint(child, name)) {
      context.edit.ChangeConstraint(own->oid, [](Constraint* k) { k->validated = true; });
    }
  }
}

}  // namespace strata::catalog
