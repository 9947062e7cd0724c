// CREATE RULE
#include "catalog/apply/names.h"
#include "catalog/apply/statement.h"
#include "sql/parse.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::RuleStmt& statement) {
  const Name table = context.NameOf(*statement.relation);
  const Relation* r = context.NeedRelation(table);
  if (r == nullptr) return;
  const std::string name = Truncated(statement.rulename);
  const Rule* old = context.catalog.FindRule(r->oid, name);
  if (old != nullptr && !statement.replace) {
    context.Report("duplicate-object",
                   "rule \"" + name + "\" for relation \"" + r->name + "\" already exists",
                   context.Find(statement.rulename));
    return;
  }
  if (r->kind != RelationKind::kTable && r->kind != RelationKind::kView &&
      r->kind != RelationKind::kPartitionedTable) {
    context.Report("wrong-object-type", "relation \"" + r->name + "\" cannot have rules", table.at);
    return;
  }
  Rule rule;
  rule.relation = r->oid;
  rule.name = name;
  if (old != nullptr) rule.oid = old->oid;
  const std::string text = sql::Deparse(context.statement.tree);
  const std::size_t on = text.find(" AS ON ");
  rule.definition = on == std::string::npos ? text : text.substr(on + 4);
  const Oid relation = r->oid;
  const ObjectRef self{ObjectClass::kRule, context.edit.Put(std::move(rule))};
  context.edit.ForgetNeeds(self);
  context.edit.Depend(self, {ObjectClass::kRelation, relation}, DependencyKind::kAuto);
  // The actions see OLD and NEW; what they name is not resolved here, but tables they write count.
  for (const sql::Node* n : sql::Each(statement.n_actions, statement.actions)) {
    const sql::RangeVar* target = nullptr;
    if (const auto* s = sql::As<sql::InsertStmt>(n)) target = s->relation;
    if (const auto* s = sql::As<sql::UpdateStmt>(n)) target = s->relation;
    if (const auto* s = sql::As<sql::DeleteStmt>(n)) target = s->relation;
    if (target == nullptr) continue;
    const Relation* written = context.NeedRelation(context.NameOf(*target));
    if (written != nullptr) context.edit.Depend(self, {ObjectClass::kRelation, written->oid});
  }
}

}  // namespace strata::catalog
