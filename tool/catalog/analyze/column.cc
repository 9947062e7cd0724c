#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/analyze/analysis.h"
#include "catalog/analyze/candidates.h"
#include "catalog/analyze/visible.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

namespace {

constexpr std::pair<std::string_view, std::int16_t> kSystemColumns[] = {
    {"ctid", -1}, {"xmin", -2}, {"cmin", -3}, {"xmax", -4}, {"cmax", -5}, {"tableoid", -6}};

Oid TypeOfSystemColumn(std::int16_t number) {
  switch (number) {
    case -1:
      return kTid;
    case -2:
    case -4:
      return kXid;
    case -3:
    case -5:
      return kCid;
    default:
      return kOid;
  }
}

std::int16_t SystemColumn(std::string_view name) {
  for (const auto& [known, number] : kSystemColumns) {
    if (known == name) return number;
  }
  return 0;
}

bool HasSystemColumns(const Catalog& catalog, const RangeEntry& range) {
  const Relation* relation =
      range.kind == RangeEntry::Kind::kRelation ? catalog.relation(range.relation) : nullptr;
  return relation != nullptr && relation->kind != RelationKind::kView;
}

struct Found {
  const VisibleColumn* column = nullptr;
  const Visible* item = nullptr;
  std::int16_t system = 0;
  int count = 0;
  bool uncertain = false;
};

Found FindIn(const Catalog& catalog, const Level& level, std::string_view name) {
  Found found;
  for (const Visible& item : level.visible) {
    if (!item.by_column || !IsShown(level, item)) continue;
    const RangeEntry& range = level.query.ranges[static_cast<std::size_t>(item.range)];
    int here = 0;
    for (const VisibleColumn& column : item.columns) {
      if (column.name != name) continue;
      found.column = &column;
      found.item = &item;
      ++here;
    }
    if (here == 0 && SystemColumn(name) != 0 && HasSystemColumns(catalog, range)) {
      found.system = SystemColumn(name);
      found.item = &item;
      here = 1;
    }
    found.count += here;
    if (here == 0 && !range.complete) found.uncertain = true;
  }
  return found;
}

std::vector<std::string> ColumnNames(const Level* level) {
  std::vector<std::string> names;
  for (; level != nullptr; level = level->parent) {
    for (const Visible& item : level->visible) {
      for (const VisibleColumn& column : item.columns) names.push_back(column.name);
    }
  }
  return names;
}

// Where a column reference stands alone by ExprPlace: columns may be forbidden there.
const char* ForbiddenColumns(const Scope* scope) {
  if (scope == nullptr) return nullptr;
  if (scope->place == ExprPlace::kDefault)
    return "cannot use column reference in DEFAULT expression";
  if (scope->place == ExprPlace::kPartitionBound)
    return "cannot use column reference in partition bound expression";
  return nullptr;
}

class Reference {
 public:
  Reference(Analysis* analysis, Level* level, const sql::ColumnRef* ref)
      : a_(*analysis), level_(level) {
    at_ = At(ref->location);
    for (const sql::Node* field : sql::Each(ref->n_fields, ref->fields)) {
      if (sql::As<sql::AStar>(field) != nullptr) {
        star_ = true;
      } else {
        parts_.emplace_back(sql::StringOf(field));
      }
    }
  }

  ExprPtr Resolve() {
    const char* forbidden = level_->parent == nullptr && level_->query.from.empty()
                                ? ForbiddenColumns(a_.scope)
                                : nullptr;
    if (forbidden != nullptr) {
      a_.Fail("feature-not-supported", forbidden, at_,
              a_.scope->place == ExprPlace::kDefault
                  ? "quote it as a string with single quotes if a text is meant"
                  : "");
      return Unknown();
    }
    if (star_ && parts_.empty()) return a_.Opaque(nullptr);
    if (star_) return Star();
    if (parts_.size() == 1) return Single(parts_[0]);
    if (parts_.size() == 2) return Qualified("", parts_[0], parts_[1]);
    if (parts_.size() == 3) return Qualified(parts_[0], parts_[1], parts_[2]);
    return Qualified(parts_[parts_.size() - 3], parts_[parts_.size() - 2], parts_.back());
  }

 private:
  ExprPtr Unknown() {
    MutableExpr expr = MakeExpr(Kind::kOpaque, 0, at_);
    for (const std::string& part : parts_) expr->text += (expr->text.empty() ? "" : ".") + part;
    return expr;
  }

  ExprPtr Single(const std::string& name) {
    bool uncertain = false;
    int up = 0;
    for (Level* l = level_; l != nullptr; l = l->parent, ++up) {
      const Found found = FindIn(a_.catalog(), *l, name);
      if (found.count > 1) {
        a_.Fail("ambiguous-column", "column reference \"" + name + "\" is ambiguous", at_,
                "write the table's name or alias before it");
        return Unknown();
      }
      if (found.count == 1 && uncertain) return Unknown();
      if (found.count == 1) return Take(l, up, found);
      uncertain = uncertain || found.uncertain || l->uncertain;
    }
    if (ExprPtr parameter = Parameter("", name)) return parameter;
    const Visible* item = nullptr;
    Level* owner = nullptr;
    if (a_.FindVisible(level_, "", name, at_, &item, &up, &owner, &uncertain) && item != nullptr) {
      return a_.WholeRow(owner, up, *item, at_);
    }
    if (!uncertain) {
      std::string help = DidYouMean(name, ColumnNames(level_));
      if (help.empty() || level_->parent == nullptr) help = Elsewhere(name, std::move(help));
      a_.Fail("undefined-column", "column \"" + name + "\" does not exist", at_, std::move(help));
    }
    return Unknown();
  }

  // The column is there, but not where it can be seen.
  std::string Elsewhere(const std::string& name, std::string help) {
    for (Level* l = level_; l != nullptr; l = l->parent) {
      for (const Visible& item : l->visible) {
        for (const VisibleColumn& column : item.columns) {
          if (column.name == name) {
            return "there is a column named \"" + name + "\" in table \"" + item.alias +
                   "\", but it cannot be referenced from this part of the query";
          }
        }
      }
    }
    return help;
  }

  ExprPtr Take(Level* l, int up, const Found& found) {
    if (found.item->lateral_only && !found.item->lateral_ok) {
      a_.Fail("invalid-column-reference",
              "invalid reference to FROM-clause entry for table \"" + found.item->alias + "\"", at_,
              "the combining JOIN type must be INNER or LEFT for a LATERAL reference");
      return Unknown();
    }
    if (found.system != 0) return System(l, up, *found.item, found.system);
    return Checked(a_.ColumnOf(l, up, *found.column, at_));
  }

  ExprPtr System(Level* l, int up, const Visible& item, std::int16_t number) {
    MutableExpr expr = MakeExpr(Kind::kColumn, TypeOfSystemColumn(number), at_);
    expr->level = up;
    expr->range = item.range;
    expr->relation = l->query.ranges[static_cast<std::size_t>(item.range)].relation;
    expr->number = number;
    expr->word = parts_.back();
    const bool in_index = a_.scope != nullptr && (a_.scope->place == ExprPlace::kIndexExpression ||
                                                  a_.scope->place == ExprPlace::kIndexPredicate);
    if (in_index && l->parent == nullptr) {
      a_.Fail("feature-not-supported", "index creation on system columns is not supported", at_);
    }
    if (a_.scope != nullptr && number != -6 && l->parent == nullptr) {
      if (a_.scope->place == ExprPlace::kCheck) {
        a_.Fail("invalid-column-reference",
                "system column \"" + parts_.back() + "\" reference in check constraint is invalid",
                at_);
      }
      if (a_.scope->place == ExprPlace::kGenerated) {
        a_.Fail(
            "invalid-column-reference",
            "cannot use system column \"" + parts_.back() + "\" in column generation expression",
            at_);
      }
    }
    return expr;
  }

  // Columns that the place forbids though they are there.
  ExprPtr Checked(ExprPtr expr) {
    if (a_.scope == nullptr || a_.scope->place != ExprPlace::kGenerated) return expr;
    const Relation* relation = a_.scope->relation;
    const Column* column = relation == nullptr ? nullptr : relation->FindColumn(expr->number);
    if (column != nullptr && column->generated != 0) {
      a_.Fail(
          "invalid-object-definition",
          "cannot use generated column \"" + column->name + "\" in column generation expression",
          at_,
          "a generated column cannot reference another generated column; repeat its expression");
    }
    return expr;
  }

  ExprPtr Parameter(const std::string& function, const std::string& name) {
    if (a_.parameters == nullptr || !function.empty()) return nullptr;
    for (std::size_t i = 0; i < a_.parameters->size(); ++i) {
      const FunctionArgument& argument = (*a_.parameters)[i];
      if (argument.name != name || argument.name.empty()) continue;
      MutableExpr expr = MakeExpr(Kind::kParameter, argument.type.type, at_);
      expr->number = static_cast<std::int16_t>(i + 1);
      expr->word = name;
      return expr;
    }
    return nullptr;
  }

  // Whether a parameter's type is a row that has no such column and is no such function's argument.
  bool ParameterLacks(const std::string& parameter, const std::string& field) {
    const ExprPtr value = Parameter("", parameter);
    if (value == nullptr || !IsRowType(a_.catalog(), value->type.type)) return false;
    const Type* row = a_.catalog().type(BaseTypeOf(a_.catalog(), value->type.type));
    const Relation* relation = row == nullptr ? nullptr : a_.catalog().relation(row->relation);
    if (relation == nullptr || !relation->complete || relation->FindColumn(field) != nullptr)
      return false;
    CallShape shape;
    shape.types = {value->type.type};
    return MatchFunction(a_.catalog(), "", field, shape).match == Match::kMissing;
  }

  ExprPtr Star() {
    const Visible* item = nullptr;
    Level* owner = nullptr;
    int up = 0;
    bool uncertain = false;
    const std::string schema = parts_.size() > 1 ? parts_[parts_.size() - 2] : "";
    if (!a_.FindVisible(level_, schema, parts_.back(), at_, &item, &up, &owner, &uncertain)) {
      if (!uncertain && !IsParameter(parts_.back()))
        a_.MissingFrom(level_, schema, parts_.back(), at_);
      return Unknown();
    }
    return item == nullptr ? Unknown() : a_.WholeRow(owner, up, *item, at_);
  }

  bool IsParameter(const std::string& name) const {
    if (a_.parameters == nullptr) return false;
    for (const FunctionArgument& argument : *a_.parameters) {
      if (argument.name == name) return true;
    }
    return false;
  }

  ExprPtr Qualified(const std::string& schema, const std::string& table, const std::string& name) {
    const Visible* item = nullptr;
    Level* owner = nullptr;
    int up = 0;
    bool uncertain = false;
    if (!a_.FindVisible(level_, schema, table, at_, &item, &up, &owner, &uncertain)) {
      return NotVisible(schema, table, name, uncertain);
    }
    if (item == nullptr) return Unknown();
    const VisibleColumn* found = nullptr;
    for (const VisibleColumn& column : item->columns) {
      if (column.name != name) continue;
      if (found != nullptr) {
        a_.Fail("ambiguous-column", "column reference \"" + name + "\" is ambiguous", at_);
        return Unknown();
      }
      found = &column;
    }
    if (found != nullptr) return Checked(a_.ColumnOf(owner, up, *found, at_));
    const RangeEntry& range = owner->query.ranges[static_cast<std::size_t>(item->range)];
    if (const std::int16_t system = SystemColumn(name);
        system != 0 && HasSystemColumns(a_.catalog(), range)) {
      return System(owner, up, *item, system);
    }
    if (!range.complete) return Unknown();
    return CallOnRow(*item, up, owner, table, name);
  }

  // t.f may mean f(t); else there is no such column.
  ExprPtr CallOnRow(const Visible& item, int up, Level* owner, const std::string& table,
                    const std::string& name) {
    const ExprPtr row = a_.WholeRow(owner, up, item, at_);
    CallShape shape;
    shape.types = {row->type.type};
    const FunctionMatch match = MatchFunction(a_.catalog(), "", name, shape);
    if (match.match != Match::kMissing) return Unknown();
    std::vector<std::string> names;
    for (const VisibleColumn& column : item.columns) names.push_back(column.name);
    a_.Fail("undefined-column", "column " + table + "." + name + " does not exist", at_,
            DidYouMean(name, names));
    return Unknown();
  }

  ExprPtr NotVisible(const std::string& schema, const std::string& table, const std::string& name,
                     bool uncertain) {
    if (schema.empty()) {
      // A composite parameter's field, or function.parameter.
      if (a_.parameters != nullptr) {
        const bool lacking = !IsParameter(name) && ParameterLacks(table, name);
        if (!lacking && IsParameter(table))
          return a_.FieldOf(level_, Parameter("", table), name, at_);
        if (!lacking && IsParameter(name)) return Parameter("", name);
      }
    } else if (a_.parameters != nullptr && IsParameter(table)) {
      return Unknown();
    }
    if (!uncertain) a_.MissingFrom(level_, schema, table, at_);
    return Unknown();
  }

  Analysis& a_;
  Level* level_;
  std::vector<std::string> parts_;
  std::size_t at_ = 0;
  bool star_ = false;
};

}  // namespace

ExprPtr Analysis::ColumnReference(Level* level, const sql::ColumnRef* ref) {
  return Reference(this, level, ref).Resolve();
}

}  // namespace strata::catalog
