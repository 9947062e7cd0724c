// ALTER TYPE … ADD VALUE, RENAME VALUE
#include <algorithm>

#include "catalog/apply/statement.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

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
