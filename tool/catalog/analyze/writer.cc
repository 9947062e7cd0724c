#include "catalog/analyze/writer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/nearest.h"

namespace strata::catalog {

using Kind = Expr::Kind;

namespace {

bool HasStar(const sql::RowExpr& row) {
  for (const sql::Node* node : sql::Each(row.n_args, row.args)) {
    const auto* ref = sql::As<sql::ColumnRef>(node);
    if (ref != nullptr && sql::As<sql::AStar>(ref->fields[ref->n_fields - 1]) != nullptr)
      return true;
  }
  return false;
}

}  // namespace

std::string NearColumn(const Relation& relation, const std::string& name) {
  std::vector<std::string> names;
  for (const Column& column : relation.columns) names.push_back(column.name);
  const auto near = Nearest(name, names);
  return near ? "did you mean \"" + *near + "\"?" : "";
}

const Relation* Writer::Target(const sql::RangeVar* var) {
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
  CheckKind();
  level_->query.target = relation_->oid;
  level_->query.target_range = a_.AddRelation(level_, *relation_, var->alias, &target_);
  return relation_;
}

void Writer::CheckKind() const {
  if (relation_->kind == RelationKind::kMaterializedView) {
    a_.Fail("wrong-object-type", "cannot change materialized view \"" + relation_->name + "\"", 0,
            "write to the tables below it and REFRESH it");
  } else if (relation_->kind == RelationKind::kSequence) {
    a_.Fail("wrong-object-type", "cannot change sequence \"" + relation_->name + "\"", 0,
            "use setval()");
  }
}

const Column* Writer::ColumnNamed(const std::string& name, std::size_t at) {
  if (relation_ == nullptr) return nullptr;
  if (const Column* column = relation_->FindColumn(name)) return column;
  if (level_->uncertain) return nullptr;
  a_.Fail("undefined-column",
          "column \"" + name + "\" of relation \"" + relation_->name + "\" does not exist", at,
          NearColumn(*relation_, name));
  return nullptr;
}

ExprPtr Writer::Assign(const Column& column, const ExprPtr& value, std::size_t at) {
  if (value->kind == Kind::kDefault || value->type.type == 0 || column.type.type == 0) return value;
  if (ExprPtr coerced = a_.Coerce(value, column.type, 'a')) return coerced;
  a_.Fail("datatype-mismatch",
          "column \"" + column.name + "\" is of type " + a_.Name(column.type.type) +
              " but expression is of type " + a_.Name(value->type.type),
          value->span.begin != 0 ? value->span.begin : at, "rewrite or cast the expression");
  return value;
}

void Writer::Returning(sql::NodeRange list) {
  if (list.empty()) return;
  level_->query.returning = a_.Targets(level_, list, Clause::kReturning);
  for (TargetItem& item : level_->query.returning) item.value = a_.ResolveUnknown(item.value);
  FinishColumns(&level_->query);
}

std::vector<TargetItem> Writer::Assignments(sql::NodeRange list) {
  struct Written {
    const sql::ResTarget* target;
    ExprPtr value;
  };
  std::vector<Written> written;  // all values are read before the first column is looked up
  for (const sql::Node* node : list) {
    if (const auto* target = sql::As<sql::ResTarget>(node))
      written.push_back({target, Value(target->val)});
  }
  std::vector<TargetItem> items;
  for (const auto& [target, value] : written) {
    const bool part = target->n_indirection > 0;
    TargetItem item = Assignment(target->name, At(target->location), value, part);
    const bool again = !part && item.number != 0 &&
                       std::any_of(items.begin(), items.end(), [&](const TargetItem& other) {
                         return other.number == item.number && !other.hidden;
                       });
    if (again) {
      a_.Fail("syntax-error", "multiple assignments to same column \"" + item.name + "\"", 0);
    }
    items.push_back(std::move(item));
  }
  return items;
}

TargetItem Writer::Assignment(const std::string& name, std::size_t at, ExprPtr value, bool part) {
  TargetItem item;
  item.name = name;
  item.value = std::move(value);
  if (part) level_->query.certain = false;
  const Column* column = ColumnNamed(name, at);
  if (column == nullptr) return item;
  item.number = column->number;
  CheckWritable(*column, *item.value, false);
  if (!part) item.value = Assign(*column, item.value, at);
  return item;
}

void Writer::CheckWritable(const Column& column, const Expr& value, bool insert) {
  if (value.kind == Kind::kDefault) return;
  const bool generated = column.generated != 0;
  const bool always = column.identity == 'a' && level_->query.overriding.empty();
  if (!generated && !(column.identity == 'a' && (always || !insert))) return;
  if (insert) {
    a_.Fail("generated-always",
            "cannot insert a non-DEFAULT value into column \"" + column.name + "\"", 0,
            generated
                ? "leave the column out: it is a generated column"
                : "leave the column out, or write OVERRIDING SYSTEM VALUE: it is GENERATED ALWAYS");
  } else {
    a_.Fail("generated-always", "column \"" + column.name + "\" can only be updated to DEFAULT", 0,
            generated
                ? "leave the column out: it is a generated column"
                : "leave the column out: it is an identity column defined as GENERATED ALWAYS");
  }
}

ExprPtr Writer::Value(const sql::Node* node) {
  if (sql::As<sql::SetToDefault>(node) != nullptr)
    return MakeExpr(Kind::kDefault, 0, LocationOf(node));
  const auto* multi = sql::As<sql::MultiAssignRef>(node);
  if (multi == nullptr) return a_.Expression(level_, node, Clause::kUpdateSource);
  return MultiValue(multi);
}

// One column's share of (a, b) = (…): of a row, or of a subquery's columns.
ExprPtr Writer::MultiValue(const sql::MultiAssignRef* multi) {
  if (const auto* row = sql::As<sql::RowExpr>(multi->source)) return RowValue(*multi, *row);
  level_->query.certain = false;
  const auto* link = sql::As<sql::SubLink>(multi->source);
  return link == nullptr ? a_.Opaque(nullptr) : SubqueryValue(*multi, *link);
}

ExprPtr Writer::RowValue(const sql::MultiAssignRef& multi, const sql::RowExpr& row) {
  if (HasStar(row)) {
    level_->query.certain = false;
    return a_.Opaque(nullptr);
  }
  if (row.n_args != static_cast<std::size_t>(multi.ncolumns)) {
    a_.Fail("syntax-error", "number of columns does not match number of values",
            LocationOf(multi.source));
  }
  const auto index = static_cast<std::size_t>(multi.colno - 1);
  if (index >= row.n_args) return a_.Opaque(nullptr);
  const sql::Node* value = row.args[index];
  if (sql::As<sql::SetToDefault>(value) != nullptr)
    return MakeExpr(Kind::kDefault, 0, LocationOf(value));
  return a_.Expression(level_, value, Clause::kUpdateSource);
}

ExprPtr Writer::SubqueryValue(const sql::MultiAssignRef& multi, const sql::SubLink& link) {
  const auto* select = sql::As<sql::SelectStmt>(link.subselect);
  if (select == nullptr) return a_.Opaque(nullptr);
  const auto index = static_cast<std::size_t>(multi.colno - 1);
  if (index == 0) subquery_ = a_.Select(level_, select);
  if (subquery_ == nullptr) return a_.Opaque(nullptr);
  const auto& columns = subquery_->columns;
  if (index == 0 && subquery_->complete &&
      columns.size() != static_cast<std::size_t>(multi.ncolumns)) {
    a_.Fail("syntax-error", "number of columns does not match number of values",
            LocationOf(multi.source));
  }
  MutableExpr value = MakeExpr(Kind::kOpaque, 0, At(link.location));
  if (index < columns.size()) value->type = columns[index].type;
  return value;
}

}  // namespace strata::catalog
