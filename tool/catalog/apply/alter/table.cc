// ALTER TABLE on the table itself: owner, options, triggers, row security, replica identity
#include <algorithm>

#include "catalog/apply/alter/alter.h"
#include "catalog/apply/table/column.h"
#include "sql/token.h"

namespace strata::catalog {

void ChangeOwner(Context& context, Oid relation, const std::string& owner) {
  const Relation* r = context.catalog.relation(relation);
  if (r == nullptr) return;
  const Oid row_type = r->row_type;
  context.edit.ChangeRelation(relation, [&](Relation* t) { t->owner = owner; });
  context.edit.ChangeType(row_type, [&](Type* t) { t->owner = owner; });
  std::vector<Oid> parts;
  for (const Relation* index : context.catalog.IndexesOf(relation)) parts.push_back(index->oid);
  for (const Relation* sequence : context.catalog.SequencesOf(relation))
    parts.push_back(sequence->oid);
  for (Oid part : parts) context.edit.ChangeRelation(part, [&](Relation* t) { t->owner = owner; });
}

namespace {

class TableChange {
 public:
  TableChange(Context& context, const AlterCommand& command)
      : context_(context), command_(command), node_(command.node) {}

  void Run() {
    switch (node_.subtype) {
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
        return ChangeOwner(context_, command_.relation, context_.RoleOf(node_.newowner));
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplaceRelOptions:
        return Options(false);
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
        return Options(true);
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
        return Change([](Relation* r) { r->persistence = 'p'; });
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
        return Change([](Relation* r) { r->persistence = 'u'; });
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
        return SetTablespace();
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
        return Change([&](Relation* r) {
          r->access_method = std::string_view(node_.name) == "heap" ? "" : node_.name;
        });
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
        return Change([](Relation* r) { r->row_security = true; });
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
        return Change([](Relation* r) { r->row_security = false; });
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
        return Change([](Relation* r) { r->force_row_security = true; });
      case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
        return Change([](Relation* r) { r->force_row_security = false; });
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
        return ReplicaIdentity();
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
        return ClusterOn(node_.name);
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
        return ClusterOn("");
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
        return EnableTrigger('O');
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
        return EnableTrigger('A');
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
        return EnableTrigger('R');
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
        return EnableTrigger('D');
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
        return EnableAll('O');
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
        return EnableAll('D');
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule:
        return EnableRule('O');
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule:
        return EnableRule('A');
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule:
        return EnableRule('R');
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule:
        return EnableRule('D');
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOids:
        return;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_GenericOptions:
        return Options(false);
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOf:
        return Change([](Relation* r) { r->of_type = 0; });
      default:
        context_.Skip("an ALTER TABLE subcommand is not analysed");
    }
  }

 private:
  template <typename F>
  void Change(F&& f) {
    context_.edit.ChangeRelation(command_.relation, f);
  }

  void Options(bool reset) {
    const auto* list = sql::As<sql::List>(node_.def);
    if (list == nullptr) return;
    Change([&](Relation* r) {
      for (const sql::Node* n : sql::Each(list)) {
        const auto* o = sql::As<sql::DefElem>(n);
        if (o == nullptr) continue;
        const std::string space = o->defnamespace == nullptr || o->defnamespace[0] == '\0'
                                      ? ""
                                      : std::string(o->defnamespace) + ".";
        if (reset || o->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP) {
          r->options.erase(space + o->defname);
        } else {
          r->options[space + o->defname] = o->arg == nullptr ? "true" : OptionText(o->arg);
        }
      }
    });
  }

  void SetTablespace() {
    const std::string name = node_.name;
    if (context_.catalog.FindNamed(ObjectClass::kTablespace, "", name) == nullptr) {
      context_.Report("undefined-object", "tablespace \"" + name + "\" does not exist",
                      context_.Find(name));
    }
    Change([&](Relation* r) { r->tablespace = name == "pg_default" ? "" : name; });
  }

  // The index that the subcommand names, of this table; reported otherwise.
  Oid OwnIndex(const std::string& name) {
    const Relation* r = context_.catalog.relation(command_.relation);
    for (const Relation* index : context_.catalog.IndexesOf(command_.relation)) {
      if (index->name == name) return index->oid;
    }
    const Schema* schema = context_.catalog.schema(r->schema);
    const bool elsewhere =
        schema != nullptr && context_.catalog.FindRelation(schema->name, name) != nullptr;
    context_.Report(elsewhere ? "wrong-object-type" : "undefined-object",
                    elsewhere
                        ? "\"" + name + "\" is not an index for table \"" + r->name + "\""
                        : "index \"" + name + "\" for table \"" + r->name + "\" does not exist",
                    context_.Find(name));
    return 0;
  }

  void ReplicaIdentity() {
    const auto* identity = sql::As<sql::ReplicaIdentityStmt>(node_.def);
    if (identity == nullptr) return;
    const char kind = identity->identity_type[0];
    Oid chosen = 0;
    if (kind == 'i') {
      chosen = OwnIndex(identity->name);
      if (chosen == 0) return;
      const Relation* index = context_.catalog.relation(chosen);
      if (!index->index->unique) {
        context_.Report("wrong-object-type",
                        "cannot use non-unique index \"" + index->name + "\" as replica identity",
                        context_.Find(index->name));
      }
    }
    for (const Relation* index : context_.catalog.IndexesOf(command_.relation)) {
      const Oid oid = index->oid;
      const bool is_it = oid == chosen;
      if (index->index->replica_identity == is_it) continue;
      context_.edit.ChangeRelation(oid, [&](Relation* r) { r->index->replica_identity = is_it; });
    }
    Change([&](Relation* r) { r->replica_identity = kind; });
  }

  void ClusterOn(const std::string& name) {
    const Oid chosen = name.empty() ? 0 : OwnIndex(name);
    if (!name.empty() && chosen == 0) return;
    for (const Relation* index : context_.catalog.IndexesOf(command_.relation)) {
      const Oid oid = index->oid;
      const bool is_it = oid == chosen;
      if (index->index->clustered == is_it) continue;
      context_.edit.ChangeRelation(oid, [&](Relation* r) { r->index->clustered = is_it; });
    }
  }

  void EnableTrigger(char enabled) {
    const std::string name = node_.name;
    const Trigger* t = context_.catalog.FindTrigger(command_.relation, name);
    if (t == nullptr) {
      const Relation* r = context_.catalog.relation(command_.relation);
      context_.Report("undefined-object",
                      "trigger \"" + name + "\" for table \"" + r->name + "\" does not exist",
                      context_.Find(name),
                      context_.DidYouMean(name, context_.catalog.NamesOf(ObjectClass::kTrigger,
                                                                         command_.relation)));
      return;
    }
    context_.edit.ChangeTrigger(t->oid, [&](Trigger* trigger) { trigger->enabled = enabled; });
  }
  void EnableAll(char enabled) {
    std::vector<Oid> oids;
    for (const Trigger* t : context_.catalog.TriggersOf(command_.relation)) oids.push_back(t->oid);
    for (Oid oid : oids)
      context_.edit.ChangeTrigger(oid, [&](Trigger* t) { t->enabled = enabled; });
  }

  void EnableRule(char enabled) {
    const std::string name = node_.name;
    const catalog::Rule* rule = context_.catalog.FindRule(command_.relation, name);
    if (rule == nullptr) {
      const Relation* r = context_.catalog.relation(command_.relation);
      context_.Report("undefined-object",
                      "rule \"" + name + "\" for relation \"" + r->name + "\" does not exist",
                      context_.Find(name));
      return;
    }
    catalog::Rule copy = *rule;
    copy.enabled = enabled;
    context_.edit.Put(std::move(copy));
  }

  Context& context_;
  const AlterCommand& command_;
  const sql::AlterTableCmd& node_;
};

}  // namespace

void AlterTableProperty(Context& context, const AlterCommand& command) {
  TableChange(context, command).Run();
}

}  // namespace strata::catalog
