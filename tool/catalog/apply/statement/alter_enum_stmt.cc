// ALTER TYPE … ADD VALUE, RENAME VALUE
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catalog/analyze/relabel.h"
#include "catalog/apply/statement.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

// Writes the label's new name where definitions have the old one.
class LabelFollower {
 public:
  LabelFollower(Context& context, Relabel relabel)
      : context_(context), relabel_(std::move(relabel)) {}

  void Run() {
    const Catalog was = context_.catalog;
    Each<Relation>(was.relations(), [&](Relation* r) { Follow(r); });
    Each<Constraint>(was.constraints(), [&](Constraint* c) { Follow(&c->check); });
    Each<Trigger>(was.triggers(), [&](Trigger* t) { Follow(&t->when); });
    Each<Policy>(was.policies(), [&](Policy* p) {
      Follow(&p->using_expression);
      Follow(&p->check_expression);
    });
    Each<Type>(was.types(), [&](Type* t) { Follow(&t->default_value); });
    Each<NamedObject>(was.named_objects(), [&](NamedObject* n) {
      for (ExprPtr& e : n->expressions) Follow(&e);
    });
    Each<Function>(was.functions(), [&](Function* f) {
      for (FunctionArgument& argument : f->arguments) Follow(&argument.default_value);
      if (!f->inline_body) return;
      for (InlineBody::Statement& statement : f->inline_body->statements) {
        Follow(&statement.query);
        Follow(&statement.returned);
      }
    });
  }

 private:
  template <typename T, typename F>
  void Each(const ObjectMap<T>& objects, F&& follow) {
    objects.ForEach([&](Oid, const std::shared_ptr<const T>& object) {
      T copy = *object;
      changed_ = false;
      follow(&copy);
      if (changed_) context_.edit.Put(std::move(copy));
    });
  }

  void Follow(Relation* relation) {
    for (Column& column : relation->columns) Follow(&column.default_value);
    Follow(&relation->query);
    if (relation->index) {
      for (IndexKey& key : relation->index->keys) Follow(&key.expression);
      Follow(&relation->index->predicate);
    }
    if (relation->is_partition && IsKeyed(*relation)) {
      std::string bound = relabel_.OfBound(relation->partition_bound);
      changed_ |= bound != relation->partition_bound;
      relation->partition_bound = std::move(bound);
    }
  }

  // Whether what the partition is of is divided by such values.
  bool IsKeyed(const Relation& partition) const {
    const Relation* parent =
        partition.parents.empty() ? nullptr : context_.catalog.relation(partition.parents[0]);
    if (parent == nullptr || !parent->partition_key) return false;
    const auto& keys = parent->partition_key->keys;
    return std::any_of(keys.begin(), keys.end(), [&](const IndexKey& key) {
      const Column* column = parent->FindColumn(key.column);
      return column != nullptr && relabel_.Concerns(column->type.type);
    });
  }

  template <typename T>
  void Follow(std::shared_ptr<const T>* part) {
    auto made = relabel_.Of(*part);
    changed_ |= made != *part;
    *part = std::move(made);
  }

  Context& context_;
  Relabel relabel_;
  bool changed_ = false;
};

class EnumChange {
 public:
  EnumChange(Context& context, const sql::AlterEnumStmt& statement, const Type& type)
      : context_(context), statement_(statement), type_(type) {}

  void Rename() {
    const std::string old = statement_.old_val, made = statement_.new_val;
    const auto found = Position(old);
    if (found == labels_.end()) return Missing(old);
    if (Position(made) != labels_.end()) {
      context_.Report("duplicate-object", "enum label \"" + made + "\" already exists",
                      context_.Find(made));
      return;
    }
    found->label = made;
    Store();
    LabelFollower(context_, Relabel(context_.catalog, type_, old, made)).Run();
  }

  void Add() {
    const std::string made = statement_.new_val;
    if (made.size() > 63) {
      context_.Report("invalid-name", "invalid enum label \"" + made + "\"", context_.Find(made),
                      "labels must be 63 bytes or less");
      return;
    }
    if (Position(made) != labels_.end()) {
      if (!statement_.skip_if_new_val_exists) {
        context_.Report("duplicate-object", "enum label \"" + made + "\" already exists",
                        context_.Find(made), "write ADD VALUE IF NOT EXISTS if it may be there");
      }
      return;
    }
    const int made_in = context_.in_transaction ? context_.catalog.session.transaction : 0;
    const EnumLabel label{made, made_in};
    if (statement_.new_val_neighbor == nullptr || statement_.new_val_neighbor[0] == '\0') {
      labels_.push_back(label);
      return Store();
    }
    const auto neighbour = Position(statement_.new_val_neighbor);
    if (neighbour == labels_.end()) {
      Missing(statement_.new_val_neighbor);
      labels_.push_back(label);
      return Store();
    }
    labels_.insert(statement_.new_val_is_after ? neighbour + 1 : neighbour, label);
    Store();
  }

 private:
  std::vector<EnumLabel>::iterator Position(const std::string& label) {
    return std::find_if(labels_.begin(), labels_.end(),
                        [&](const EnumLabel& l) { return l.label == label; });
  }
  void Missing(const std::string& label) {
    std::vector<std::string> names;
    for (const EnumLabel& l : labels_) names.push_back(l.label);
    context_.Report("invalid-parameter-value", "\"" + label + "\" is not an existing enum label",
                    context_.Find(label), context_.DidYouMean(label, names));
  }
  void Store() {
    context_.edit.ChangeType(type_.oid, [&](Type* t) { t->labels = labels_; });
  }

  Context& context_;
  const sql::AlterEnumStmt& statement_;
  const Type type_;
  std::vector<EnumLabel> labels_ = type_.labels;
};

}  // namespace

void ApplyStatement(Context& context, const sql::AlterEnumStmt& statement) {
  const Name name = context.NameOf(statement.n_type_name, statement.type_name);
  const Type* type = context.NeedType(name);
  if (type == nullptr) return;
  if (type->kind != TypeKind::kEnum) {
    context.Report("wrong-object-type",
                   context.catalog.TypeName({type->oid, -1}) + " is not an enum", name.at);
    return;
  }
  EnumChange change(context, statement, *type);
  if (statement.old_val != nullptr && statement.old_val[0] != '\0') {
    change.Rename();
  } else {
    change.Add();
  }
}

}  // namespace strata::catalog
