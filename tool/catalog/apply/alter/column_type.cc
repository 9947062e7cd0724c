// ALTER COLUMN … TYPE (tablecmds.c, ATPrepAlterColumnType and ATExecAlterColumnType)
#include <optional>

#include "catalog/analyze/types.h"
#include "catalog/apply/alter/alter.h"
#include "catalog/apply/alter/recheck.h"
#include "catalog/apply/sequence.h"
#include "catalog/apply/table/column.h"
#include "catalog/expr.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

class TypeChange {
 public:
  TypeChange(Context& context, const AlterCommand& command)
      : context_(context), command_(command) {}

  void Run() {
    const Relation* r = context_.catalog.relation(command_.relation);
    const auto* definition = sql::As<sql::ColumnDef>(command_.node.def);
    const Column* column = CommandColumn(context_, command_, command_.node.name);
    if (definition == nullptr || column == nullptr) return;
    at_ = sql::FindName(context_.text, command_.at, column->name).value_or(command_.at);
    old_ = *column;
    if (!Allowed(*r)) return;
    const ColumnRequest request = ReadColumn(context_, *definition, r->name);
    if (!request.serial.empty()) {
      const Name name =
          context_.NameOf(definition->type_name->n_names, definition->type_name->names);
      context_.Report(
          "undefined-object", "type \"" + name.name + "\" does not exist",
          context_.At(definition->type_name->location),
          "serial types are only for new columns; give the column a sequence's default");
    }
    target_ = request.column.type;
    written_target_ = request.column.written_type;
    collation_ = request.column.collation;
    if (target_.type != 0 && r->kind != RelationKind::kCompositeType)
      CheckConversion(definition->raw_default);
    if (!CheckUsers()) return;
    Change(command_.relation);
  }

 private:
  void Refuse(std::string_view rule, std::string message, std::string help = "") {
    context_.Report(rule, std::move(message), at_, std::move(help));
  }

  bool Allowed(const Relation& r) {
    if (r.of_type != 0)
      return Refuse("wrong-object-type", "cannot alter column type of typed table"), false;
    if (old_.inherited > 0) {
      Refuse("invalid-table-definition", "cannot alter inherited column \"" + old_.name + "\"");
      return false;
    }
    if (r.kind == RelationKind::kCompositeType) return AllowedByColumns(r);
    if (!r.partition_key) return true;
    for (const IndexKey& key : r.partition_key->keys) {
      if (key.column != old_.number) continue;
      Refuse("invalid-object-definition",
             "cannot alter column \"" + old_.name +
                 "\" because it is part of the partition key of relation \"" + r.name + "\"");
      return false;
    }
    return true;
  }

  // Source: find_composite_type_dependencies in tablecmds.c.
  bool AllowedByColumns(const Relation& composite) {
    const Type* type = context_.catalog.type(composite.row_type);
    if (type == nullptr) return true;
    for (const Oid oid : {type->oid, type->array}) {
      if (oid == 0) continue;
      for (const DependentKey& d : context_.catalog.DependentsOf({ObjectClass::kType, oid})) {
        const Relation* user = d.dependent.cls == ObjectClass::kRelation
                                   ? context_.catalog.relation(d.dependent.oid)
                                   : nullptr;
        const Column* column = user == nullptr ? nullptr : user->FindColumn(d.dependent.column);
        const bool stored = user != nullptr && (user->kind == RelationKind::kTable ||
                                                user->kind == RelationKind::kPartitionedTable ||
                                                user->kind == RelationKind::kMaterializedView);
        if (column == nullptr || !stored) continue;
        Refuse("feature-not-supported", "cannot alter type \"" + type->name +
                                            "\" because column \"" + user->name + "." +
                                            column->name + "\" uses it");
        return false;
      }
    }
    return true;
  }

  void CheckConversion(const sql::Node* using_expression) {
    const std::string to = context_.catalog.TypeName({target_.type, -1});
    if (using_expression != nullptr) {
      Scope scope;
      scope.place = ExprPlace::kAlterUsing;
      scope.relation = command_.before.get();
      const ExprPtr value =
          AnalyzeExpression(context_.catalog, using_expression, scope, context_.findings());
      const bool literal = value->kind == Expr::Kind::kConst && !value->explicit_cast;
      const bool unknown = literal || value->type.type == 0 || value->type.type == 705;
      if (!unknown && !CanCoerce(context_.catalog, value->type.type, target_.type, 'a')) {
        Refuse("datatype-mismatch",
               "result of USING clause for column \"" + old_.name +
                   "\" cannot be cast automatically to type " + to,
               "you might need to add an explicit cast");
      }
    } else if (old_.type.type != 0 &&
               !CanCoerce(context_.catalog, old_.type.type, target_.type, 'a')) {
      std::string type_text = context_.catalog.TypeName(target_);
      Refuse("datatype-mismatch",
             "column \"" + old_.name + "\" cannot be cast automatically to type " + to,
             "you might need to specify \"USING " + old_.name + "::" + type_text + "\"");
    }
    if (old_.default_value == nullptr || old_.generated != 0) return;
    const TypeRef from = old_.default_value->type;
    if (from.type != 0 && from.type != 705 &&
        !CanCoerce(context_.catalog, from.type, target_.type, 'a')) {
      Refuse("datatype-mismatch",
             "default for column \"" + old_.name + "\" cannot be cast automatically to type " + to,
             "drop the default first and set it again after");
    }
  }

  // What makes a type change impossible: views, rules, policies, triggers, generated columns.
  bool CheckUsers() {
    for (const DependentKey& d :
         context_.catalog.DependentsOf({ObjectClass::kRelation, command_.relation, old_.number})) {
      const std::string detail =
          context_.catalog.Identify(d.dependent) + " depends on column \"" + old_.name + "\"";
      switch (d.dependent.cls) {
        case ObjectClass::kRelation: {
          const Relation* user = context_.catalog.relation(d.dependent.oid);
          if (user == nullptr) break;
          if (user->kind == RelationKind::kView || user->kind == RelationKind::kMaterializedView) {
            const std::string word = context_.catalog.Identify({ObjectClass::kRelation, user->oid});
            Refuse("feature-not-supported", "cannot alter type of a column used by a view or rule",
                   "rule _RETURN on " + word + " depends on column \"" + old_.name +
                       "\"; drop the view first and make it again after");
            return false;
          }
          break;
        }
        case ObjectClass::kRule:
          Refuse("feature-not-supported", "cannot alter type of a column used by a view or rule",
                 detail);
          return false;
        case ObjectClass::kTrigger:
          Refuse("feature-not-supported",
                 "cannot alter type of a column used in a trigger definition", detail);
          return false;
        case ObjectClass::kPolicy:
          Refuse("feature-not-supported",
                 "cannot alter type of a column used in a policy definition", detail);
          return false;
        case ObjectClass::kFunction:
          Refuse("feature-not-supported",
                 "cannot alter type of a column used by a function or procedure", detail);
          return false;
        case ObjectClass::kDefault: {
          if (d.dependent.column == old_.number) break;
          const Column* user =
              context_.catalog.relation(d.dependent.oid)->FindColumn(d.dependent.column);
          if (user == nullptr || user->generated == 0) break;
          Refuse("feature-not-supported",
                 "cannot alter type of a column used by a generated column",
                 "column \"" + old_.name + "\" is used by generated column \"" + user->name + "\"");
          return false;
        }
        default:
          break;
      }
    }
    return true;
  }

  void Change(Oid relation) {
    const Column* column = context_.catalog.relation(relation)->FindColumn(old_.name);
    if (column == nullptr) return;
    const std::int16_t number = column->number;
    const ObjectRef self{ObjectClass::kRelation, relation, number};
    context_.edit.ForgetNeed(self, {ObjectClass::kType, column->type.type});
    context_.edit.ForgetNeed(self, {ObjectClass::kCollation, column->collation});
    const ExprPtr value = Retyped(relation, *column);
    const std::vector<Reread> users = UsersOf(relation, number);
    context_.edit.ChangeColumn(relation, number, [&](Column* c) {
      c->type = target_;
      c->written_type = written_target_;
      c->collation = collation_;
      c->default_value = value;
    });
    EnterColumn(context_, relation, *context_.catalog.relation(relation)->FindColumn(number));
    for (const Reread& user : users) ReadAgain(relation, user);
    RetypeIndexes(relation, number);
    if (target_.type != 0 && IsOnlyTypeChange())
      RecheckExpressions(context_, relation, number, at_);
    if (relation == command_.relation && old_.identity != 0) RetypeSequence(number);
    for (Oid child : context_.catalog.ChildrenOf(relation)) Change(child);
  }

  // Where several columns change, their expressions are made again after the last of them.
  bool IsOnlyTypeChange() const {
    const auto* statement = sql::As<sql::AlterTableStmt>(context_.statement.tree);
    int changes = 0;
    if (statement == nullptr) return false;
    for (const sql::Node* n : sql::Each(statement->n_cmds, statement->cmds)) {
      const auto* command = sql::As<sql::AlterTableCmd>(n);
      changes +=
          command != nullptr && command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType;
    }
    return changes == 1;
  }

  // The default, printed and read again against the new type.
  ExprPtr Retyped(Oid relation, const Column& column) {
    if (column.default_value == nullptr || target_.type == 0) return column.default_value;
    Scope scope;
    scope.place = column.generated != 0 ? ExprPlace::kGenerated : ExprPlace::kDefault;
    scope.relation = column.generated != 0 ? context_.catalog.relation(relation) : nullptr;
    scope.expected = target_;
    scope.target_name = column.name;
    const ExprPtr value =
        AnalyzeText(context_, Print(context_.catalog, *column.default_value), scope);
    return value->kind == Expr::Kind::kOpaque && column.default_value->kind != Expr::Kind::kOpaque
               ? column.default_value
               : value;
  }

  // An expression over the column, as it was, to be read against the new type.
  struct Reread {
    ObjectRef object;
    ExprPlace place = ExprPlace::kCheck;
    std::size_t key = 0;
    std::string text;
  };

  std::vector<Reread> UsersOf(Oid relation, std::int16_t number) const {
    std::vector<Reread> users;
    std::optional<Catalog> exact;
    auto add = [&](ObjectRef object, ExprPlace place, std::size_t key, const ExprPtr& expr) {
      if (expr == nullptr || !Mentions(*expr, relation, number)) return;
      if (!exact) {
        exact = context_.catalog;
        exact->session.exact_print = true;
      }
      users.push_back({object, place, key, Print(*exact, *expr)});
    };
    for (const Relation* i : context_.catalog.IndexesOf(relation)) {
      const ObjectRef self{ObjectClass::kRelation, i->oid};
      for (std::size_t k = 0; k < i->index->keys.size(); ++k)
        add(self, ExprPlace::kIndexExpression, k, i->index->keys[k].expression);
      add(self, ExprPlace::kIndexPredicate, 0, i->index->predicate);
    }
    for (const Constraint* c : context_.catalog.ConstraintsOf(relation))
      add({ObjectClass::kConstraint, c->oid}, ExprPlace::kCheck, 0, c->check);
    return users;
  }

  static bool Mentions(const Expr& expr, Oid relation, std::int16_t number) {
    for (const ObjectRef& ref : ReferencesOf(expr)) {
      if (ref == ObjectRef{ObjectClass::kRelation, relation, number}) return true;
    }
    return false;
  }

  void ReadAgain(Oid relation, const Reread& user) {
    Scope scope;
    scope.place = user.place;
    scope.relation = context_.catalog.relation(relation);
    const ExprPtr value = AnalyzeText(context_, user.text, scope);
    if (value->kind == Expr::Kind::kOpaque || value->type.type == 0) return;
    if (user.place == ExprPlace::kCheck) {
      context_.edit.ChangeConstraint(user.object.oid, [&](Constraint* c) { c->check = value; });
      return;
    }
    context_.edit.ChangeRelation(user.object.oid, [&](Relation* r) {
      if (user.place == ExprPlace::kIndexPredicate) {
        r->index->predicate = value;
      } else {
        r->index->keys[user.key].expression = value;
      }
    });
  }

  // Indexes on the column need an operator class for its new type.
  void RetypeIndexes(Oid relation, std::int16_t number) {
    if (target_.type == 0) return;
    for (const Relation* index : context_.catalog.IndexesOf(relation)) {
      for (const IndexKey& key : index->index->keys) {
        if (key.column != number || key.opclass != 0) continue;
        if (context_.catalog.FindNamed(ObjectClass::kAccessMethod, "", index->index->method) ==
            nullptr)
          continue;
        if (context_.catalog.DefaultOperatorClass(index->index->method, target_.type) != nullptr)
          continue;
        Refuse("undefined-object",
               "data type " + context_.catalog.TypeName({target_.type, -1}) +
                   " has no default operator class for access method \"" + index->index->method +
                   "\"",
               "drop the index \"" + index->name + "\" first");
        return;
      }
    }
    CheckForeignKeys(relation, number);
  }

  void CheckForeignKeys(Oid relation, std::int16_t number) {
    auto check = [&](const Constraint& c) {
      if (c.kind != ConstraintKind::kForeignKey || c.columns.size() != c.referenced_columns.size())
        return;
      const Relation* from = context_.catalog.relation(c.relation);
      const Relation* to = context_.catalog.relation(c.referenced);
      for (std::size_t i = 0; i < c.columns.size(); ++i) {
        const bool touched = (c.relation == relation && c.columns[i] == number) ||
                             (c.referenced == relation && c.referenced_columns[i] == number);
        const Column* value = from->FindColumn(c.columns[i]);
        const Column* key = to->FindColumn(c.referenced_columns[i]);
        if (!touched || value == nullptr || key == nullptr ||
            CanReference(context_.catalog, key->type.type, value->type.type))
          continue;
        Refuse("datatype-mismatch",
               "foreign key constraint \"" + c.name + "\" cannot be implemented",
               "key columns \"" + value->name + "\" and \"" + key->name +
                   "\" are of incompatible types: " +
                   context_.catalog.TypeName({value->type.type, -1}) + " and " +
                   context_.catalog.TypeName({key->type.type, -1}));
      }
    };
    for (const Constraint* c : context_.catalog.ConstraintsOf(relation)) check(*c);
    for (const Constraint* c : context_.catalog.ForeignKeysTo(relation)) {
      if (c->relation != relation) check(*c);
    }
  }

  void RetypeSequence(std::int16_t number) {
    for (const Relation* sequence : context_.catalog.SequencesOf(command_.relation, number)) {
      if (!sequence->sequence->identity) continue;
      if (target_.type != 20 && target_.type != 21 && target_.type != 23) {
        Refuse("invalid-parameter-value",
               "identity column type must be smallint, integer, or bigint");
        return;
      }
      SequenceOptions options;
      options.type = target_.type;
      const Oid oid = sequence->oid;
      SequenceDefinition d = *sequence->sequence;
      ApplySequenceOptions(context_, options, &d, false);
      context_.edit.ChangeRelation(oid, [&](Relation* r) { r->sequence = d; });
    }
  }

  Context& context_;
  const AlterCommand& command_;
  Span at_;
  Column old_;
  TypeRef target_;
  std::string written_target_;  // as Column::written_type
  Oid collation_ = 0;
};

}  // namespace

void AlterColumnType(Context& context, const AlterCommand& command) {
  TypeChange(context, command).Run();
}

}  // namespace strata::catalog
