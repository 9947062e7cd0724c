#include "catalog/analyze/visible.h"

#include "base/nearest.h"
#include "catalog/analyze/candidates.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

bool IsShown(const Level& level, const Visible& item) {
  return !item.lateral_only || level.lateral;
}

std::string DidYouMean(std::string_view name, const std::vector<std::string>& names) {
  const auto near = Nearest(name, names);
  return near ? "did you mean \"" + *near + "\"?" : "";
}

ExprPtr Analysis::ColumnOf(Level* level, int levels_up, const VisibleColumn& column,
                           std::size_t at) {
  const RangeEntry& range = level->query.ranges[static_cast<std::size_t>(column.range)];
  const auto index = static_cast<std::size_t>(column.index);
  const ResultColumn& result = range.columns[index];
  MutableExpr expr = MakeExpr(Kind::kColumn, result.type.type, at);
  expr->type = result.type;
  expr->collation = result.collation;
  expr->level = levels_up;
  expr->range = column.range;
  expr->word = result.name;
  const bool of_table = range.kind == RangeEntry::Kind::kRelation && index < range.numbers.size();
  expr->relation = of_table ? range.relation : 0;
  expr->number = of_table ? range.numbers[index] : static_cast<std::int16_t>(index + 1);
  return expr;
}

ExprPtr Analysis::WholeRow(Level* level, int levels_up, const Visible& item, std::size_t at) {
  const RangeEntry& range = level->query.ranges[static_cast<std::size_t>(item.range)];
  const bool scalar = range.kind == RangeEntry::Kind::kFunction && range.columns.size() == 1 &&
                      !range.ordinality && range.functions.size() == 1 && range.complete &&
                      !IsRowType(catalog_, range.functions[0]->type.type);
  if (scalar && !item.columns.empty()) return ColumnOf(level, levels_up, item.columns[0], at);
  MutableExpr expr = MakeExpr(Kind::kColumn, kRecord, at);
  expr->level = levels_up;
  expr->range = item.range;
  expr->relation = range.relation;
  expr->word = item.alias;
  if (const Relation* relation =
          range.relation == 0 ? nullptr : catalog_.relation(range.relation)) {
    expr->type.type = relation->row_type;  // 0 where it is not known
  } else if (range.kind == RangeEntry::Kind::kFunction && range.functions.size() == 1 &&
             !range.ordinality) {
    expr->type = range.functions[0]->type;
  } else if (!range.complete) {
    expr->type.type = 0;
  }
  return expr;
}

bool Analysis::FindVisible(Level* level, std::string_view schema, std::string_view name,
                           std::size_t at, const Visible** item, int* levels_up, Level** owner,
                           bool* uncertain) {
  int up = 0;
  *item = nullptr;
  for (Level* l = level; l != nullptr; l = l->parent, ++up) {
    for (const Visible& candidate : l->visible) {
      if (!candidate.by_name || candidate.alias != name || !IsShown(*l, candidate)) continue;
      if (!schema.empty() && candidate.schema != schema) continue;
      if (*item != nullptr && *owner == l) {
        Fail("ambiguous-alias", "table reference \"" + std::string(name) + "\" is ambiguous", at);
        return true;
      }
      *item = &candidate;
      *owner = l;
      *levels_up = up;
    }
    if (*item != nullptr) {
      if ((*item)->lateral_only && !(*item)->lateral_ok) {
        Fail("invalid-column-reference",
             "invalid reference to FROM-clause entry for table \"" + std::string(name) + "\"", at,
             "the combining JOIN type must be INNER or LEFT for a LATERAL reference");
      }
      return true;
    }
    *uncertain = *uncertain || l->uncertain;
  }
  return false;
}

void Analysis::MissingFrom(Level* level, std::string_view schema, std::string_view name,
                           std::size_t at) {
  std::vector<std::string> aliases;
  const std::string quoted = "\"" + std::string(name) + "\"";
  for (Level* l = level; l != nullptr; l = l->parent) {
    for (const Visible& item : l->visible) {
      aliases.push_back(item.alias);
      const RangeEntry& range = l->query.ranges[static_cast<std::size_t>(item.range)];
      const Relation* relation = range.relation == 0 ? nullptr : catalog_.relation(range.relation);
      const bool hidden = item.alias == name || (relation != nullptr && relation->name == name);
      if (!hidden) continue;
      const std::string help =
          relation != nullptr && item.alias != name
              ? "write \"" + item.alias + "\", the alias that the table has here"
              : "";
      return Fail("undefined-table", "invalid reference to FROM-clause entry for table " + quoted,
                  at, help);
    }
    for (const RangeEntry& range : l->query.ranges) {
      if (range.alias == name && !range.alias.empty()) {
        return Fail("undefined-table", "invalid reference to FROM-clause entry for table " + quoted,
                    at);
      }
    }
  }
  (void)schema;
  Fail("undefined-table", "missing FROM-clause entry for table " + quoted, at,
       DidYouMean(name, aliases));
}

ExprPtr Analysis::FieldOf(Level*, const ExprPtr& row, const std::string& field, std::size_t at) {
  MutableExpr made = MakeExpr(Kind::kField, 0, row->span.begin);
  made->args = {row};
  made->word = field;
  const Oid base = BaseTypeOf(catalog_, row->type.type);
  if (base == 0 || row->type.type == kRecord) return made;
  const Type* type = catalog_.type(base);
  const Relation* relation =
      type == nullptr || type->relation == 0 ? nullptr : catalog_.relation(type->relation);
  if (type == nullptr || (type->kind == TypeKind::kComposite && relation == nullptr)) return made;
  if (relation != nullptr) {
    if (const Column* column = relation->FindColumn(field)) {
      made->type = column->type;
      made->number = column->number;
      made->relation = relation->oid;
      return made;
    }
  }
  CallShape shape;
  shape.types = {row->type.type};
  if (MatchFunction(catalog_, "", field, shape).match != Match::kMissing) return made;
  if (relation != nullptr) {
    const bool whole = row->kind == Kind::kColumn && row->number == 0;
    Fail("undefined-column",
         whole ? "column " + row->word + "." + field + " does not exist"
               : "column \"" + field + "\" not found in data type " + Name(row->type.type),
         at);
  } else if (row->type.type != kUnknown) {
    Fail("wrong-object-type",
         "column notation ." + field + " applied to type " + Name(row->type.type) +
             ", which is not a composite type",
         at);
  }
  return made;
}

}  // namespace strata::catalog
