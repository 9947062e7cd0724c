// INSERT, UPDATE, DELETE and MERGE.
#include <algorithm>
#include <cstdlib>

#include "base/nearest.h"
#include "catalog/analyze/analysis.h"
#include "catalog/analyze/conflict.h"
#include "catalog/apply/doubt.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

namespace {

std::size_t At(int location) { return location > 0 ? static_cast<std::size_t>(location) : 0; }

std::string NearColumn(const Relation& relation, const std::string& name) {
  std::vector<std::string> names;
  for (const Column& column : relation.columns) names.push_back(column.name);
  const auto near = Nearest(name, names);
  return near ? "did you mean \"" + *near + "\"?" : "";
}

// One statement that writes to a relation.
class Writer {
 public:
  Writer(Analysis* analysis, Level* level) : a_(*analysis), level_(level) {}

  // The relation written, as a range entry; null where it is not known.
  const Relation* Target(const sql::RangeVar* var, const char* verb) {
    bool uncertain = false;
    relation_ = a_.RelationFor(var, &uncertain);
    if (relation_ == nullptr) {
      RangeEntry entry;
      entry.alias = var->alias != nullptr ? var->alias->aliasname : var->relname;
      entry.complete = false;
      level_->query.ranges.push_back(std::move(entry));
      level_->uncertain = true;
      target_.alias = level_->query.ranges.back().alias;
      level_->query.complete = false;
      return nullptr;
    }
    CheckKind(var, verb);
    level_->query.target = relation_->oid;
    level_->query.target_range = a_.AddRelation(level_, *relation_, var->alias, &target_);
    return relation_;
  }

  const Visible& target() const { return target_; }
  const Relation* relation() const { return relation_; }

  // The column that an assignment names.
  const Column* ColumnNamed(const std::string& name, std::size_t at) {
    if (relation_ == nullptr) return nullptr;
    if (const Column* column = relation_->FindColumn(name)) return column;
    if (level_->uncertain) return nullptr;
    a_.Fail("undefined-column",
            "column \"" + name + "\" of relation \"" + relation_->name + "\" does not exist", at,
            NearColumn(*relation_, name));
    return nullptr;
  }

  // A value on its way into a column, or into a part of it.
  ExprPtr Assign(const Column& column, const ExprPtr& value, std::size_t at) {
    if (value->kind == Kind::kDefault || value->type.type == 0 || column.type.type == 0)
      return value;
    if (ExprPtr coerced = a_.Coerce(value, column.type, 'a')) return coerced;
    a_.Fail("datatype-mismatch",
            "column \"" + column.name + "\" is of type " + a_.Name(column.type.type) +
                " but expression is of type " + a_.Name(value->type.type),
            value->span.begin != 0 ? value->span.begin : at, "rewrite or cast the expression");
    return value;
  }

  void Returning(sql::NodeRange list) {
    if (list.empty()) return;
    level_->query.returning = a_.Targets(level_, list, Clause::kReturning);
    for (TargetItem& item : level_->query.returning) item.value = a_.ResolveUnknown(item.value);
    FinishColumns(&level_->query);
  }

  // SET a = 1, (b, c) = (2, 3)
  std::vector<TargetItem> Assignments(sql::NodeRange list) {
    struct Written {
      std::string name;
      std::size_t at;
      ExprPtr value;
      bool part;
    };
    std::vector<Written> written;
    for (const sql::Node* node : list) {
      const auto* target = sql::As<sql::ResTarget>(node);
      if (target == nullptr) continue;
      written.push_back(
          {target->name, At(target->location), Value(target->val), target->n_indirection > 0});
    }
    std::vector<TargetItem> items;
    for (const Written& w : written) {
      TargetItem item;
      item.name = w.name;
      item.value = w.value;
      const Column* column = ColumnNamed(w.name, w.at);
      if (column != nullptr) {
        item.number = column->number;
        CheckWritable(*column, *w.value, false, w.at);
        if (!w.part) item.value = Assign(*column, w.value, w.at);
        const bool again =
            !w.part && std::any_of(items.begin(), items.end(), [&](const TargetItem& other) {
              return other.number == item.number && !other.hidden;
            });
        if (again) {
          a_.Fail("syntax-error", "multiple assignments to same column \"" + w.name + "\"", 0);
        }
      }
      if (w.part) level_->query.certain = false;
      items.push_back(std::move(item));
    }
    return items;
  }

  // Generated columns take nothing but DEFAULT; identity columns GENERATED ALWAYS neither.
  void CheckWritable(const Column& column, const Expr& value, bool insert, std::size_t) {
    if (value.kind == Kind::kDefault) return;
    const bool always = column.identity == 'a' && level_->query.overriding.empty();
    if (column.generated == 0 && !(column.identity == 'a' && (always || !insert))) return;
    const bool generated = column.generated != 0;
    if (insert) {
      a_.Fail(
          "generated-always",
          "cannot insert a non-DEFAULT value into column \"" + column.name + "\"", 0,
          generated
              ? "leave the column out: it is a generated column"
              : "leave the column out, or write OVERRIDING SYSTEM VALUE: it is GENERATED ALWAYS");
    } else {
      a_.Fail(
          "generated-always", "column \"" + column.name + "\" can only be updated to DEFAULT", 0,
          generated ? "leave the column out: it is a generated column"
                    : "leave the column out: it is an identity column defined as GENERATED ALWAYS");
    }
  }

 private:
  void CheckKind(const sql::RangeVar* var, const char* verb) {
    const bool materialized = relation_->kind == RelationKind::kMaterializedView;
    if (materialized) {
      a_.Fail("wrong-object-type", "cannot change materialized view \"" + relation_->name + "\"", 0,
              "write to the tables below it and REFRESH it");
    } else if (relation_->kind == RelationKind::kSequence) {
      a_.Fail("wrong-object-type", "cannot change sequence \"" + relation_->name + "\"", 0,
              "use setval()");
    }
    (void)var, (void)verb;
  }

  ExprPtr Value(const sql::Node* node) {
    if (sql::As<sql::SetToDefault>(node) != nullptr)
      return MakeExpr(Kind::kDefault, 0, LocationOf(node));
    const auto* multi = sql::As<sql::MultiAssignRef>(node);
    if (multi == nullptr) return a_.Expression(level_, node, Clause::kUpdateSource);
    return MultiValue(multi);
  }

  static bool HasStar(const sql::RowExpr& row) {
    for (const sql::Node* node : sql::Each(row.n_args, row.args)) {
      const auto* ref = sql::As<sql::ColumnRef>(node);
      if (ref != nullptr && sql::As<sql::AStar>(ref->fields[ref->n_fields - 1]) != nullptr)
        return true;
    }
    return false;
  }

  // One column's share of (a, b) = (…): of a row, or of a subquery's columns.
  ExprPtr MultiValue(const sql::MultiAssignRef* multi) {
    const auto index = static_cast<std::size_t>(multi->colno - 1);
    if (const auto* row = sql::As<sql::RowExpr>(multi->source)) {
      if (HasStar(*row)) {
        level_->query.certain = false;
        return a_.Opaque(nullptr);
      }
      if (row->n_args != static_cast<std::size_t>(multi->ncolumns)) {
        a_.Fail("syntax-error", "number of columns does not match number of values",
                LocationOf(multi->source));
      }
      if (index >= row->n_args) return a_.Opaque(nullptr);
      const sql::Node* value = row->args[index];
      if (sql::As<sql::SetToDefault>(value) != nullptr)
        return MakeExpr(Kind::kDefault, 0, LocationOf(value));
      return a_.Expression(level_, value, Clause::kUpdateSource);
    }
    level_->query.certain = false;
    const auto* link = sql::As<sql::SubLink>(multi->source);
    const auto* select = link == nullptr ? nullptr : sql::As<sql::SelectStmt>(link->subselect);
    if (select == nullptr) return a_.Opaque(nullptr);
    if (index == 0) subquery_ = a_.Select(level_, select);
    if (subquery_ == nullptr) return a_.Opaque(nullptr);
    if (subquery_->complete &&
        subquery_->columns.size() != static_cast<std::size_t>(multi->ncolumns) && index == 0) {
      a_.Fail("syntax-error", "number of columns does not match number of values",
              LocationOf(multi->source));
    }
    MutableExpr value = MakeExpr(Kind::kOpaque, 0, At(link->location));
    if (index < subquery_->columns.size()) value->type = subquery_->columns[index].type;
    return value;
  }

  Analysis& a_;
  Level* level_;
  const Relation* relation_ = nullptr;
  Visible target_;
  QueryPtr subquery_;
};

class Inserter {
 public:
  Inserter(Analysis* analysis, Level* level, const sql::InsertStmt* insert)
      : a_(*analysis), level_(level), insert_(insert), writer_(analysis, level) {}

  void Read() {
    Query& query = level_->query;
    query.kind = Query::Kind::kInsert;
    query.overriding =
        insert_->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_USER_VALUE     ? "user"
        : insert_->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_SYSTEM_VALUE ? "system"
                                                                                  : "";
    if (insert_->with_clause != nullptr) a_.With(level_, insert_->with_clause);
    const Relation* relation = writer_.Target(insert_->relation, "insert into");
    Columns(relation);
    query.default_values = insert_->select_stmt == nullptr;
    if (!query.default_values) Source(sql::As<sql::SelectStmt>(insert_->select_stmt));
    if (insert_->on_conflict_clause != nullptr) Conflict(insert_->on_conflict_clause);
    level_->visible = {writer_.target()};
    writer_.Returning(sql::Each(insert_->n_returning_list, insert_->returning_list));
  }

 private:
  void Columns(const Relation* relation) {
    if (insert_->n_cols == 0) {
      if (relation == nullptr) return;
      for (const Column& column : relation->columns) Add(&column, column.name, 0);
      return;
    }
    for (const sql::Node* node : sql::Each(insert_->n_cols, insert_->cols)) {
      const auto* target = sql::As<sql::ResTarget>(node);
      if (target == nullptr) continue;
      const Column* column = writer_.ColumnNamed(target->name, At(target->location));
      Add(column, target->name, At(target->location), target->n_indirection > 0);
      if (column == nullptr || target->n_indirection > 0) continue;
      const auto twice = std::count_if(columns_.begin(), columns_.end(),
                                       [&](const Column* c) { return c == column; });
      if (twice > 1) {
        a_.Fail("duplicate-column", "column \"" + column->name + "\" specified more than once",
                At(target->location));
      }
    }
  }

  void Add(const Column* column, const std::string& name, std::size_t at, bool part = false) {
    columns_.push_back(part ? nullptr : column);
    places_.push_back(at);
    TargetItem item;
    item.name = name;
    if (column != nullptr) item.number = column->number;
    level_->query.targets.push_back(std::move(item));
  }

  bool Known() const { return writer_.relation() != nullptr && !level_->uncertain; }

  void Source(const sql::SelectStmt* select) {
    const bool values = select != nullptr && select->n_values_lists > 0;
    SelectUse use;
    use.keep_unknown = true;
    use.defaults = values;
    auto source = std::make_shared<Query>(*a_.Select(level_, select, use));
    if (values) {
      for (std::size_t r = 0; r < source->values.size(); ++r)
        Row(&source->values[r], r == 0 || source->values.size() == 1);
    } else {
      Result(source.get());
    }
    level_->query.source = std::move(source);
  }

  // Too many values, or too few for the columns that were named.
  bool CheckCount(std::size_t given, std::size_t extra_at) {
    if (!Known() && insert_->n_cols == 0) return false;
    if (given > columns_.size()) {
      a_.Fail("syntax-error", "INSERT has more expressions than target columns", extra_at,
              "give as many values as there are columns (" + std::to_string(columns_.size()) + ")");
      return false;
    }
    if (insert_->n_cols > 0 && given < columns_.size()) {
      a_.Fail("syntax-error", "INSERT has more target columns than expressions", places_[given],
              "give as many values as there are columns (" + std::to_string(columns_.size()) + ")");
      return false;
    }
    return true;
  }

  void Row(std::vector<ExprPtr>* row, bool count) {
    if (count) {
      const std::size_t extra =
          row->size() > columns_.size() ? (*row)[columns_.size()]->span.begin : 0;
      CheckCount(row->size(), extra);
    }
    for (std::size_t i = 0; i < row->size() && i < columns_.size(); ++i) {
      if (columns_[i] == nullptr) continue;
      (*row)[i] = writer_.Assign(*columns_[i], (*row)[i], places_[i]);
      CheckRange((*row)[i].get());
      writer_.CheckWritable(*columns_[i], *(*row)[i], true, places_[i]);
    }
  }

  // A row of VALUES is always computed, so a number too big for its column fails for certain.
  void CheckRange(const Expr* value) {
    if (value->kind != Kind::kCast || value->args[0]->kind != Kind::kConst ||
        value->args[0]->is_null)
      return;
    const Oid from = value->args[0]->type.type;
    if (from != kInt8 && from != kInt4) return;
    const std::int64_t number = std::strtoll(value->args[0]->text.c_str(), nullptr, 10);
    const bool int4 = value->type.type == kInt4, int2 = value->type.type == kInt2;
    const bool fits = int4 ? number == static_cast<std::int32_t>(number)
                           : number == static_cast<std::int16_t>(number);
    if ((int4 || int2) && !fits) {
      a_.Fail("numeric-value-out-of-range", int4 ? "integer out of range" : "smallint out of range",
              0);
    }
  }

  void Result(Query* source) {
    if (!source->complete) return;
    const auto& columns = source->columns;
    std::size_t extra = 0;
    if (columns.size() > columns_.size()) extra = PlaceOf(*source, columns_.size());
    CheckCount(columns.size(), extra);
    for (std::size_t i = 0; i < columns.size() && i < columns_.size(); ++i) {
      if (columns_[i] == nullptr) continue;
      const bool target = source->kind == Query::Kind::kSelect && i < source->targets.size();
      MutableExpr plain = MakeExpr(Kind::kColumn, 0, PlaceOf(*source, i));
      plain->type = columns[i].type;
      if (plain->type.type == kUnknown) plain->type.type = target ? kUnknown : kText;
      const ExprPtr value = target ? source->targets[i].value : ExprPtr(plain);
      const ExprPtr assigned = writer_.Assign(*columns_[i], value, places_[i]);
      if (target) source->targets[i].value = assigned;
      writer_.CheckWritable(*columns_[i], *value, true, places_[i]);
    }
  }

  static std::size_t PlaceOf(const Query& source, std::size_t i) {
    if (source.kind == Query::Kind::kSelect && i < source.targets.size())
      return source.targets[i].value->span.begin;
    if (source.left != nullptr) return PlaceOf(*source.left, i);
    if (source.kind == Query::Kind::kValues && !source.values.empty() &&
        i < source.values[0].size()) {
      return source.values[0][i]->span.begin;
    }
    return 0;
  }

  // --- ON CONFLICT ---

  void Conflict(const sql::OnConflictClause* clause) {
    Query& query = level_->query;
    const bool update = clause->action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE;
    query.on_conflict = update ? "update" : "nothing";
    const Relation* relation = writer_.relation();
    level_->visible = {writer_.target()};
    if (update && clause->infer == nullptr) {
      a_.Fail("syntax-error",
              "ON CONFLICT DO UPDATE requires inference specification or constraint name",
              At(clause->location), "for example, ON CONFLICT (column_name)");
    }
    if (clause->infer != nullptr && relation != nullptr) Infer(clause->infer, *relation);
    if (!update || relation == nullptr) return;
    Visible excluded;
    query.excluded_range = a_.AddRelation(level_, *relation, nullptr, &excluded);
    level_->query.ranges.back().alias = "excluded";
    excluded.alias = "excluded";
    excluded.schema.clear();
    level_->visible.push_back(excluded);
    query.conflict_set = writer_.Assignments(sql::Each(clause->n_target_list, clause->target_list));
    if (clause->where_clause != nullptr) {
      query.conflict_where =
          a_.CoerceToBoolean(a_.Expression(level_, clause->where_clause, Clause::kWhere), "WHERE");
    }
  }

  void Infer(const sql::InferClause* infer, const Relation& relation) {
    Query& query = level_->query;
    if (infer->conname != nullptr && infer->conname[0] != '\0') {
      const Constraint* constraint = a_.catalog().FindConstraint(relation.oid, infer->conname);
      if (constraint == nullptr) {
        a_.Fail("undefined-object",
                "constraint \"" + std::string(infer->conname) + "\" for table \"" + relation.name +
                    "\" does not exist",
                At(infer->location));
        return;
      }
      query.conflict_constraint = constraint->oid;
      if (constraint->kind == ConstraintKind::kCheck ||
          constraint->kind == ConstraintKind::kForeignKey) {
        a_.Fail("wrong-object-type", "constraint in ON CONFLICT clause has no associated index",
                At(infer->location), "name a unique or exclusion constraint");
      }
      return;
    }
    const std::size_t problems = a_.problems();
    for (const sql::Node* node : sql::Each(infer->n_index_elems, infer->index_elems)) {
      const auto* element = sql::As<sql::IndexElem>(node);
      if (element == nullptr) continue;
      if (element->name != nullptr && element->name[0] != '\0') {
        const Column* column = relation.FindColumn(element->name);
        if (column == nullptr) {
          a_.Fail("undefined-column",
                  "column \"" + std::string(element->name) + "\" does not exist",
                  At(infer->location), NearColumn(relation, element->name));
          continue;
        }
        query.conflict_columns.push_back(column->number);
      } else {
        query.conflict_expressions.push_back(a_.Expression(level_, element->expr, Clause::kPlace));
      }
    }
    if (infer->where_clause != nullptr) {
      query.conflict_predicate =
          a_.CoerceToBoolean(a_.Expression(level_, infer->where_clause, Clause::kPlace), "WHERE");
    }
    if (a_.problems() == problems) NeedIndex(relation, At(infer->location));
  }

  void NeedIndex(const Relation& relation, std::size_t at) {
    const bool plain =
        relation.kind == RelationKind::kTable || relation.kind == RelationKind::kPartitionedTable;
    if (!plain || level_->uncertain) return;
    if (InDoubt(a_.catalog().session, {"key", relation.name})) return;
    for (const Relation* index : a_.catalog().IndexesOf(relation.oid)) {
      if (CanArbitrate(*index, level_->query)) return;
    }
    a_.Fail("invalid-column-reference",
            "there is no unique or exclusion constraint matching the ON CONFLICT specification", at,
            "name the columns of a unique index or constraint of \"" + relation.name + "\"");
  }

  Analysis& a_;
  Level* level_;
  const sql::InsertStmt* insert_;
  Writer writer_;
  std::vector<const Column*> columns_;
  std::vector<std::size_t> places_;
};

}  // namespace

QueryPtr Analysis::Insert(Level* parent, const sql::InsertStmt* insert) {
  Level level;
  level.parent = parent;
  Inserter(this, &level, insert).Read();
  return std::make_shared<Query>(std::move(level.query));
}

QueryPtr Analysis::Update(Level* parent, const sql::UpdateStmt* update) {
  Level level;
  level.parent = parent;
  level.query.kind = Query::Kind::kUpdate;
  if (update->with_clause != nullptr) With(&level, update->with_clause);
  Writer writer(this, &level);
  writer.Target(update->relation, "update");
  Visible target = writer.target();
  target.lateral_only = true;
  target.lateral_ok = false;
  level.visible.push_back(target);
  From(&level, sql::Each(update->n_from_clause, update->from_clause));
  level.query.targets = writer.Assignments(sql::Each(update->n_target_list, update->target_list));
  if (update->where_clause != nullptr) {
    level.query.where =
        CoerceToBoolean(Expression(&level, update->where_clause, Clause::kWhere), "WHERE");
  }
  writer.Returning(sql::Each(update->n_returning_list, update->returning_list));
  return std::make_shared<Query>(std::move(level.query));
}

QueryPtr Analysis::Delete(Level* parent, const sql::DeleteStmt* remove) {
  Level level;
  level.parent = parent;
  level.query.kind = Query::Kind::kDelete;
  if (remove->with_clause != nullptr) With(&level, remove->with_clause);
  Writer writer(this, &level);
  writer.Target(remove->relation, "delete from");
  Visible target = writer.target();
  target.lateral_only = true;
  target.lateral_ok = false;
  level.visible.push_back(target);
  From(&level, sql::Each(remove->n_using_clause, remove->using_clause));
  if (remove->where_clause != nullptr) {
    level.query.where =
        CoerceToBoolean(Expression(&level, remove->where_clause, Clause::kWhere), "WHERE");
  }
  writer.Returning(sql::Each(remove->n_returning_list, remove->returning_list));
  return std::make_shared<Query>(std::move(level.query));
}

QueryPtr Analysis::Merge(Level* parent, const sql::MergeStmt* merge) {
  Level level;
  level.parent = parent;
  level.query.kind = Query::Kind::kMerge;
  level.query.certain = false;
  if (merge->with_clause != nullptr) With(&level, merge->with_clause);
  Writer writer(this, &level);
  writer.Target(merge->relation, "merge into");
  std::vector<Visible> source;
  level.query.from.push_back(FromNode(&level, merge->source_relation, &source));
  const std::vector<Visible> target = {writer.target()};
  CheckNames(target, source, level);
  std::vector<Visible> both = target;
  both.insert(both.end(), source.begin(), source.end());
  level.visible = both;
  CoerceToBoolean(Expression(&level, merge->join_condition, Clause::kJoinOn), "JOIN/ON");
  for (const sql::Node* node : sql::Each(merge->n_merge_when_clauses, merge->merge_when_clauses)) {
    const auto* when = sql::As<sql::MergeWhenClause>(node);
    if (when == nullptr) continue;
    level.visible = when->matched ? both : source;
    if (when->condition != nullptr) {
      CoerceToBoolean(Expression(&level, when->condition, Clause::kMergeWhen), "WHEN");
    }
    const auto targets = sql::Each(when->n_target_list, when->target_list);
    if (when->command_type == PG_QUERY__CMD_TYPE__CMD_UPDATE) {
      writer.Assignments(targets);
    } else if (when->command_type == PG_QUERY__CMD_TYPE__CMD_INSERT) {
      std::vector<const Column*> columns;
      for (const sql::Node* item : targets) {
        const auto* column = sql::As<sql::ResTarget>(item);
        columns.push_back(
            column == nullptr ? nullptr : writer.ColumnNamed(column->name, At(column->location)));
      }
      if (targets.empty() && writer.relation() != nullptr) {
        for (const Column& column : writer.relation()->columns) columns.push_back(&column);
      }
      std::size_t i = 0;
      for (const sql::Node* value : sql::Each(when->n_values, when->values)) {
        if (i >= columns.size()) break;
        const Column* column = columns[i++];
        if (sql::As<sql::SetToDefault>(value) != nullptr) continue;
        const ExprPtr read = Expression(&level, value, Clause::kValuesSingle);
        if (column != nullptr) writer.Assign(*column, read, LocationOf(value));
      }
    }
  }
  return std::make_shared<Query>(std::move(level.query));
}

QueryPtr Analysis::Statement(Level* parent, const sql::Node* node, SelectUse use) {
  if (const auto* n = sql::As<sql::SelectStmt>(node)) return Select(parent, n, use);
  if (const auto* n = sql::As<sql::InsertStmt>(node)) return Insert(parent, n);
  if (const auto* n = sql::As<sql::UpdateStmt>(node)) return Update(parent, n);
  if (const auto* n = sql::As<sql::DeleteStmt>(node)) return Delete(parent, n);
  if (const auto* n = sql::As<sql::MergeStmt>(node)) return Merge(parent, n);
  return nullptr;
}

}  // namespace strata::catalog
