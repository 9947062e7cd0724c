#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catalog/analyze/analyze.h"
#include "catalog/analyze/types.h"
#include "shadow/input.h"
#include "shadow/world.h"

namespace strata::shadow {
namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Constraint;
using catalog::ObjectClass;
using catalog::Oid;
using catalog::Relation;

// The parse trees of one ALTER TABLE: the expressions that the catalog does not keep.
struct Alterations {
  const sql::Node* UsingOf(const std::string& column) const {
    return Find(column, PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType);
  }
  const sql::Node* DefaultOf(const std::string& column) const {
    const sql::Node* definition = Definition(column, PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn);
    const auto* added = sql::As<sql::ColumnDef>(definition);
    for (const sql::Node* node : added == nullptr
                                     ? sql::NodeRange(0, nullptr)
                                     : sql::Each(added->n_constraints, added->constraints)) {
      const auto* constraint = sql::As<sql::Constraint>(node);
      if (constraint != nullptr && constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT)
        return constraint->raw_expr;
    }
    return nullptr;
  }

  const sql::AlterTableStmt* statement = nullptr;

 private:
  const sql::Node* Definition(const std::string& column, PgQuery__AlterTableType type) const {
    if (statement == nullptr) return nullptr;
    for (const sql::Node* node : sql::Each(statement->n_cmds, statement->cmds)) {
      const auto* command = sql::As<sql::AlterTableCmd>(node);
      if (command == nullptr || command->subtype != type) continue;
      const auto* definition = sql::As<sql::ColumnDef>(command->def);
      const std::string name =
          type == PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn && definition != nullptr
              ? definition->colname
              : command->name;
      if (name == column) return command->def;
    }
    return nullptr;
  }
  const sql::Node* Find(const std::string& column, PgQuery__AlterTableType type) const {
    const auto* definition = sql::As<sql::ColumnDef>(Definition(column, type));
    return definition == nullptr ? nullptr : definition->raw_default;
  }
};

// One table's rows, from its shape before the statement to its shape after.
class Carrier {
 public:
  Carrier(World& world, const Relation& was, const Relation& is, const Alterations& alterations)
      : world_(world), was_(was), is_(is), alterations_(alterations) {}

  Outcome Run() {
    const auto old = *world_.state.tables.Find(is_.oid);
    opaque_ = old->opaque;
    if (SameShape() && DefinitionOf(world_, *world_.after, is_) == old->definition) return {};
    if (was_.kind != is_.kind || was_.parents != is_.parents) {
      world_.MarkUnknown(is_.oid);
      return World::NotExecuted("rows are not followed into partitions and children");
    }
    for (const Column& column : is_.columns) AddColumn(column);
    const std::string select = "SELECT " + list_ + " FROM " + old->table->name + " ORDER BY rowid";
    const std::optional<SqliteError> error =
        world_.Rebuild(*world_.after, is_, columns_, columns_.empty() ? "" : select, opaque_);
    return error ? world_.Decode(is_, *error, /*existing=*/true) : Outcome{};
  }

 private:
  bool SameShape() const {
    if (was_.columns.size() != is_.columns.size()) return false;
    for (std::size_t i = 0; i < is_.columns.size(); ++i) {
      const Column &a = was_.columns[i], &b = is_.columns[i];
      if (a.number != b.number || !(a.type == b.type) || a.generated != b.generated) return false;
    }
    return true;
  }

  void AddColumn(const Column& column) {
    const Column* before = was_.FindColumn(column.number);
    std::string value;
    if (before == nullptr) {
      if (column.generated != 0 && !IsOpaqueGenerated(column)) return;
      value = column.generated != 0 ? Hidden(column) : FirstValue(column);
    } else if (column.generated != 0 && opaque_.count(column.number) == 0) {
      return;
    } else {
      value = before->type == column.type ? RowColumn(column.number) : Converted(*before, column);
    }
    columns_ += (columns_.empty() ? "" : ", ") + RowColumn(column.number);
    list_ += (list_.empty() ? "" : ", ") + value;
  }

  bool IsOpaqueGenerated(const Column& column) const {
    Emitter emitter(*world_.after, &world_, true);
    return column.default_value == nullptr ||
           (emitter.WriteAssigned(*column.default_value, column.type), !emitter.ok());
  }

  std::string Hidden(const Column& column) {
    opaque_.insert(column.number);
    return "strata_opaque()";
  }

  std::string FirstValue(const Column& column) {
    if (column.identity != 0) {
      const std::string next = world_.NextOfIdentity(is_, column.number);
      return next.empty() ? Hidden(column) : next;
    }
    catalog::ExprPtr value = column.default_value;
    const sql::Node* written = value == nullptr ? alterations_.DefaultOf(column.name) : nullptr;
    if (written != nullptr) {
      catalog::Findings findings;
      catalog::Scope scope;
      scope.place = catalog::ExprPlace::kDefault;
      scope.expected = column.type;
      value = AnalyzeExpression(*world_.after, written, scope, &findings);
    }
    if (value == nullptr) {
      const StoredType type = StoredAs(*world_.after, column.type);
      return type.domain != nullptr && type.domain->default_value != nullptr ? Hidden(column)
                                                                             : "NULL";
    }
    Emitter emitter(*world_.after, &world_, true);
    const std::string sql = emitter.WriteAssigned(*value, column.type);
    return emitter.ok() ? sql : Hidden(column);
  }

  std::string Converted(const Column& before, const Column& column) {
    if (opaque_.count(column.number) > 0) return RowColumn(column.number);
    const sql::Node* with = alterations_.UsingOf(column.name);
    Emitter emitter(*world_.before, &world_, true);
    std::string value;
    if (with != nullptr) {
      catalog::Findings findings;
      catalog::Scope scope;
      scope.place = catalog::ExprPlace::kAlterUsing;
      scope.relation = &was_;
      const catalog::ExprPtr expression = AnalyzeExpression(*world_.before, with, scope, &findings);
      value = emitter.WriteAssigned(*expression, column.type);
    } else {
      value = emitter.Convert(RowColumn(column.number), StoredAs(*world_.before, before.type),
                              StoredAs(*world_.after, column.type), false);
    }
    return emitter.ok() ? value : Hidden(column);
  }

  World& world_;
  const Relation& was_;
  const Relation& is_;
  const Alterations& alterations_;
  std::set<std::int16_t> opaque_;
  std::string columns_, list_;
};

// The statement's effect on relations, in numbers.
struct Touched {
  std::set<Oid> tables;                       // whose definition may be another one
  std::vector<const Constraint*> references;  // to be checked over the rows that are there
};

void NoteRelation(World& world, const Relation* was, const Relation* is, Touched* touched) {
  if (is == nullptr) {
    if (was->index) touched->tables.insert(was->index->table);
    world.state.tables.Erase(was->oid);
    return;
  }
  world.newest = std::max(world.newest, is->oid);
  if (is->index) touched->tables.insert(is->index->table);
  if (is->sequence && is->sequence->identity) world.identities[is->sequence->owned_by] = is->oid;
  if (was != nullptr) touched->tables.insert(is->oid);
}

void NoteConstraint(const Constraint* was, const Constraint* is, Touched* touched) {
  const Constraint* any = is != nullptr ? is : was;
  if (any->relation == 0) return;
  touched->tables.insert(any->relation);
  const bool checked = is != nullptr && is->validated && (was == nullptr || !was->validated);
  if (checked && is->kind == catalog::ConstraintKind::kForeignKey)
    touched->references.push_back(is);
}

template <typename T>
using Link = std::shared_ptr<const T>;

template <typename T>
const T* Get(const std::shared_ptr<const T>* value) {
  return value == nullptr ? nullptr : value->get();
}

Touched FindTouched(World& world) {
  Touched touched;
  catalog::ObjectMap<Relation>::Differences(
      world.before->relations(), world.after->relations(),
      [&](Oid, const Link<Relation>* was, const Link<Relation>* is) {
        NoteRelation(world, Get(was), Get(is), &touched);
      });
  catalog::ObjectMap<Constraint>::Differences(
      world.before->constraints(), world.after->constraints(),
      [&](Oid, const Link<Constraint>* was, const Link<Constraint>* is) {
        NoteConstraint(Get(was), Get(is), &touched);
      });
  return touched;
}

using LabelNames = std::map<Oid, std::pair<std::string, std::string>>;  // by type: old, new

LabelNames RenamedLabels(const World& world) {
  LabelNames renamed;
  catalog::ObjectMap<catalog::Type>::Differences(
      world.before->types(), world.after->types(),
      [&](Oid oid, const Link<catalog::Type>* was, const Link<catalog::Type>* is) {
        if (was == nullptr || is == nullptr || (*was)->labels.size() != (*is)->labels.size())
          return;
        for (std::size_t i = 0; i < (*was)->labels.size(); ++i) {
          const std::string &old = (*was)->labels[i].label, &made = (*is)->labels[i].label;
          if (old != made) renamed[oid] = {old, made};
        }
      });
  return renamed;
}

// Labels inside arrays are not looked for: such columns are not known any more.
void RelabelRows(World& world, const Relation& relation, const LabelNames& renamed) {
  const std::shared_ptr<const TableState> old = *world.state.tables.Find(relation.oid);
  std::set<std::int16_t> opaque = old->opaque;
  std::string columns, list;
  bool concerned = false;
  for (const Column& column : relation.columns) {
    const Oid base = catalog::BaseTypeOf(*world.after, column.type.type);
    const catalog::Type* type = world.after->type(base);
    const bool array = type != nullptr && type->is_array && renamed.count(type->element) > 0;
    const auto labels = renamed.find(base);
    concerned |= array || labels != renamed.end();
    if (array) opaque.insert(column.number);
    if (column.generated != 0 && opaque.count(column.number) == 0) continue;
    const std::string name = RowColumn(column.number);
    const bool known = labels != renamed.end() && opaque.count(column.number) == 0;
    columns += (columns.empty() ? "" : ", ") + name;
    list += (list.empty() ? "" : ", ") +
            (array   ? "strata_opaque()"
             : known ? "CASE " + name + " WHEN " + QuoteText(labels->second.first) + " THEN " +
                           QuoteText(labels->second.second) + " ELSE " + name + " END"
                     : name);
  }
  if (!concerned) return;
  const std::string select = "SELECT " + list + " FROM " + old->table->name + " ORDER BY rowid";
  if (world.Rebuild(*world.after, relation, columns, select, opaque))
    world.MarkUnknown(relation.oid);
}

// ALTER TYPE … RENAME VALUE: what rows hold under the old label has a new one.
void FollowLabels(World& world) {
  if (world.before->types().SameAs(world.after->types())) return;
  const LabelNames renamed = RenamedLabels(world);
  if (renamed.empty()) return;
  std::vector<Oid> tables;
  world.state.tables.ForEach([&](Oid oid, const auto& table) {
    if (table->contents == Contents::kRows) tables.push_back(oid);
  });
  for (const Oid oid : tables) {
    const Relation* relation = world.after->relation(oid);
    if (relation != nullptr) RelabelRows(world, *relation, renamed);
  }
}

}  // namespace

Outcome CarryRows(World& world, const sql::Node* tree, bool accepted) {
  const bool same = world.before->relations().SameAs(world.after->relations()) &&
                    world.before->constraints().SameAs(world.after->constraints());
  FollowLabels(world);
  if (same) return {};
  const Touched touched = FindTouched(world);
  const Alterations alterations{sql::As<sql::AlterTableStmt>(tree)};
  for (const Oid oid : touched.tables) {
    const TableState* state = world.Find(oid);
    const Relation *was = world.before->relation(oid), *is = world.after->relation(oid);
    if (state == nullptr || state->contents != Contents::kRows || was == nullptr || is == nullptr)
      continue;
    if (!accepted) {
      world.MarkUnknown(oid);
      continue;
    }
    Outcome outcome = Carrier(world, *was, *is, alterations).Run();
    if (!outcome.problems.empty()) return outcome;
  }
  for (const Constraint* key : touched.references) {
    if (!accepted) break;
    Outcome outcome = CheckReference(world, *key, 0);
    if (!outcome.problems.empty()) return outcome;
  }
  return {};
}

}  // namespace strata::shadow
