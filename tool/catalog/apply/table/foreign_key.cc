// FOREIGN KEY (tablecmds.c, ATAddForeignKeyConstraint).
#include <algorithm>
#include <set>

#include "catalog/analyze/types.h"
#include "catalog/apply/doubt.h"
#include "catalog/apply/names.h"
#include "catalog/apply/table/constraint.h"

namespace strata::catalog {
namespace {

class ForeignKey {
 public:
  ForeignKey(Context& context, Oid table, const ConstraintRequest& request)
      : context_(context), node_(*request.node), request_(request), table_(table) {}

  void Add() {
    const Relation* table = context_.catalog.relation(table_);
    const Relation* referenced = Referenced(*table);
    if (referenced == nullptr) return;
    key_.referenced = referenced->oid;
    ReadColumns(*table);
    if (!ReadReferencedColumns(*referenced)) complete_ = false;
    if (complete_ && key_.columns.size() != key_.referenced_columns.size()) {
      Fault("invalid-foreign-key",
            "number of referencing and referenced columns for foreign key disagree");
      complete_ = false;
    }
    if (!ChooseName(*table)) return;
    if (complete_) {
      FindKey(*referenced);
      CheckTypes(*table, *referenced);
    }
    CheckPersistence(*table, *referenced);
    ReadRest(*table);
    Enter();
  }

 private:
  void Fault(std::string_view rule, std::string message, std::string help = "") {
    context_.Report(rule, std::move(message), context_.At(node_.location), std::move(help));
  }

  const Relation* Referenced(const Relation& table) {
    const Name name = context_.NameOf(*node_.pktable);
    const Relation* found = context_.NeedRelation(name);
    if (found == nullptr) return nullptr;
    if (found->kind != RelationKind::kTable && found->kind != RelationKind::kPartitionedTable) {
      context_.Report("wrong-object-type",
                      "referenced relation \"" + found->name + "\" is not a table", name.at);
      return nullptr;
    }
    if (table.kind == RelationKind::kForeignTable) {
      Fault("wrong-object-type", "foreign key constraints are not supported on foreign tables");
    }
    return found;
  }

  const Column* ColumnNamed(const Relation& relation, const std::string& name) {
    if (const Column* c = relation.FindColumn(name)) return c;
    complete_ = false;
    if (!relation.complete) return nullptr;
    std::vector<std::string> names;
    for (const Column& c : relation.columns) names.push_back(c.name);
    context_.Report("undefined-column",
                    "column \"" + name + "\" referenced in foreign key constraint does not exist",
                    context_.Find(name, node_.location > 0 ? node_.location : 0),
                    context_.DidYouMean(name, names));
    return nullptr;
  }

  void ReadColumns(const Relation& table) {
    std::vector<std::string> names;
    if (node_.n_fk_attrs == 0) names = {request_.column};
    for (const sql::Node* n : sql::Each(node_.n_fk_attrs, node_.fk_attrs))
      names.emplace_back(sql::StringOf(n));
    for (const std::string& name : names) {
      if (const Column* c = ColumnNamed(table, name)) {
        key_.columns.push_back(c->number);
        names_.push_back(c->name);
      } else {
        names_.push_back(name);
      }
    }
  }

  bool KeysInDoubt(const Relation& referenced) const {
    const Session& session = context_.catalog.session;
    return InDoubt(session, {"table", referenced.name}) ||
           InDoubt(session, {"key", referenced.name});
  }

  bool ReadReferencedColumns(const Relation& referenced) {
    if (node_.n_pk_attrs == 0) {
      const Constraint* primary = context_.catalog.PrimaryKeyOf(referenced.oid);
      if (primary == nullptr) {
        if (referenced.complete && !KeysInDoubt(referenced)) {
          Fault("undefined-object",
                "there is no primary key for referenced table \"" + referenced.name + "\"",
                "name the referenced columns, or give the table a primary key");
        }
        return false;
      }
      key_.referenced_columns = primary->columns;
      return true;
    }
    for (const sql::Node* n : sql::Each(node_.n_pk_attrs, node_.pk_attrs)) {
      if (const Column* c = ColumnNamed(referenced, std::string(sql::StringOf(n))))
        key_.referenced_columns.push_back(c->number);
    }
    return complete_;
  }

  bool ChooseName(const Relation& table) {
    if (node_.conname != nullptr && node_.conname[0] != '\0') {
      key_.name = Truncated(node_.conname);
      return ConstraintNameIsFree(context_, table_, key_.name, context_.Find(node_.conname));
    }
    key_.name = ChooseConstraintName(context_.catalog, table.schema, table.name,
                                     JoinedColumns(names_), "fkey", {});
    return true;
  }

  // The unique index that the referenced columns have, in any order.
  void FindKey(const Relation& referenced) {
    std::multiset<std::int16_t> wanted(key_.referenced_columns.begin(),
                                       key_.referenced_columns.end());
    bool deferrable = false;
    for (const Relation* index : context_.catalog.IndexesOf(referenced.oid)) {
      const IndexDefinition& d = *index->index;
      if (!d.unique || !d.valid || d.predicate != nullptr) continue;
      std::multiset<std::int16_t> keys;
      for (const IndexKey& key : d.keys) keys.insert(key.column);
      if (keys != wanted || keys.count(0) > 0) continue;
      if (d.immediate) {
        key_.index = index->oid;
        if (d.primary) return;
        continue;
      }
      deferrable = true;
    }
    if (key_.index != 0) return;
    if (KeysInDoubt(referenced)) return;
    if (deferrable) {
      Fault("object-not-in-prerequisite-state",
            "cannot use a deferrable unique constraint for referenced table \"" + referenced.name +
                "\"");
    } else {
      Fault("invalid-foreign-key",
            "there is no unique constraint matching given keys for referenced table \"" +
                referenced.name + "\"",
            "add a primary key or a unique constraint on exactly these columns");
    }
    complete_ = false;
  }

  void CheckTypes(const Relation& table, const Relation& referenced) {
    for (std::size_t i = 0; complete_ && i < key_.columns.size(); ++i) {
      const Column* value = table.FindColumn(key_.columns[i]);
      const Column* key = referenced.FindColumn(key_.referenced_columns[i]);
      if (CanReference(context_.catalog, key->type.type, value->type.type)) continue;
      Fault(
          "datatype-mismatch", "foreign key constraint \"" + key_.name + "\" cannot be implemented",
          "key columns \"" + value->name + "\" and \"" + key->name +
              "\" are of incompatible types: " + context_.catalog.TypeName({value->type.type, -1}) +
              " and " + context_.catalog.TypeName({key->type.type, -1}));
      return;
    }
  }

  void CheckPersistence(const Relation& table, const Relation& referenced) {
    auto refuse = [&](const char* message) { Fault("invalid-table-definition", message); };
    if (table.persistence == 'p' && referenced.persistence != 'p') {
      refuse("constraints on permanent tables may reference only permanent tables");
    } else if (table.persistence == 'u' && referenced.persistence == 't') {
      refuse("constraints on unlogged tables may reference only permanent or unlogged tables");
    } else if (table.persistence == 't' && referenced.persistence != 't') {
      refuse("constraints on temporary tables may reference only temporary tables");
    }
  }

  static char Letter(const char* text, char otherwise) {
    return text == nullptr || text[0] == '\0' ? otherwise : text[0];
  }

  void ReadRest(const Relation& table) {
    key_.kind = ConstraintKind::kForeignKey;
    key_.relation = table_;
    key_.match = Letter(node_.fk_matchtype, 's');
    key_.on_update = Letter(node_.fk_upd_action, 'a');
    key_.on_delete = Letter(node_.fk_del_action, 'a');
    key_.deferrable = request_.deferrable || node_.deferrable;
    key_.deferred = request_.deferred || node_.initdeferred;
    key_.validated = !node_.skip_validation;
    for (const sql::Node* n : sql::Each(node_.n_fk_del_set_cols, node_.fk_del_set_cols)) {
      const Column* c = table.FindColumn(std::string(sql::StringOf(n)));
      if (c == nullptr) {
        Fault("undefined-column", "column \"" + std::string(sql::StringOf(n)) +
                                      "\" referenced in ON DELETE SET action must exist");
        continue;
      }
      key_.on_delete_columns.push_back(c->number);
    }
  }

  void Enter() {
    const Constraint key = key_;
    const Oid oid = context_.edit.Put(std::move(key_));
    const ObjectRef self{ObjectClass::kConstraint, oid};
    for (std::int16_t n : key.columns)
      context_.edit.Depend(self, {ObjectClass::kRelation, table_, n}, DependencyKind::kAuto);
    if (key.columns.empty())
      context_.edit.Depend(self, {ObjectClass::kRelation, table_}, DependencyKind::kAuto);
    for (std::int16_t n : key.referenced_columns)
      context_.edit.Depend(self, {ObjectClass::kRelation, key.referenced, n});
    if (key.referenced_columns.empty())
      context_.edit.Depend(self, {ObjectClass::kRelation, key.referenced});
    context_.edit.Depend(self, {ObjectClass::kRelation, key.index});
    for (Oid child : context_.catalog.ChildrenOf(table_)) {
      if (context_.catalog.relation(child)->is_partition)
        MirrorForeignKeys(context_, table_, child);
    }
  }

  Context& context_;
  const sql::Constraint& node_;
  const ConstraintRequest& request_;
  const Oid table_;
  Constraint key_;
  std::vector<std::string> names_;
  bool complete_ = true;  // both column lists are known
};

}  // namespace

void AddForeignKey(Context& context, Oid table, const ConstraintRequest& request) {
  ForeignKey(context, table, request).Add();
}

void MirrorForeignKeys(Context& context, Oid parent, Oid partition) {
  std::vector<Constraint> keys;
  for (const Constraint* c : context.catalog.ConstraintsOf(parent)) {
    if (c->kind == ConstraintKind::kForeignKey) keys.push_back(*c);
  }
  const Relation from = *context.catalog.relation(parent);
  const Relation to = *context.catalog.relation(partition);
  for (Constraint key : keys) {
    const Constraint* own = context.catalog.FindConstraint(partition, key.name);
    if (own != nullptr && own->parent == key.oid) continue;
    const Oid parent_oid = key.oid;
    if (own != nullptr && own->kind == ConstraintKind::kForeignKey) {
      context.edit.ChangeConstraint(own->oid, [&](Constraint* c) {
        c->parent = parent_oid, c->local = false, c->inherited = 1;
      });
      continue;
    }
    key.oid = 0;
    key.relation = partition;
    key.parent = parent_oid;
    key.local = false;
    key.inherited = 1;
    for (std::int16_t& n : key.columns) {
      const Column* a = from.FindColumn(n);
      const Column* b = a == nullptr ? nullptr : to.FindColumn(a->name);
      n = b == nullptr ? 0 : b->number;
    }
    const Constraint copy = key;
    const ObjectRef self{ObjectClass::kConstraint, context.edit.Put(std::move(key))};
    for (std::int16_t n : copy.columns)
      context.edit.Depend(self, {ObjectClass::kRelation, partition, n}, DependencyKind::kAuto);
    context.edit.Depend(self, {ObjectClass::kConstraint, parent_oid}, DependencyKind::kPartition);
  }
  for (Oid child : context.catalog.ChildrenOf(partition)) {
    if (context.catalog.relation(child)->is_partition) MirrorForeignKeys(context, partition, child);
  }
}

}  // namespace strata::catalog
