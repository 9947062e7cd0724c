#include <algorithm>

#include "base/nearest.h"
#include "catalog/analyze/analysis.h"
#include "catalog/analyze/join.h"
#include "catalog/facts/facts.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;
using FromPtr = std::shared_ptr<const FromItem>;

namespace {

std::size_t At(int location) { return location > 0 ? static_cast<std::size_t>(location) : 0; }

std::vector<std::string> AliasColumns(const sql::Alias* alias) {
  std::vector<std::string> names;
  if (alias == nullptr) return names;
  for (const sql::Node* node : sql::Each(alias->n_colnames, alias->colnames))
    names.emplace_back(sql::StringOf(node));
  return names;
}

FromPtr Leaf(int range) {
  auto item = std::make_shared<FromItem>();
  item->range = range;
  return item;
}

// What may be named of a range entry: all of its columns.
Visible VisibleOf(const Level& level, int range) {
  const RangeEntry& entry = level.query.ranges[static_cast<std::size_t>(range)];
  Visible item;
  item.range = range;
  item.alias = entry.alias;
  for (std::size_t i = 0; i < entry.columns.size(); ++i) {
    item.columns.push_back({entry.columns[i].name, range, static_cast<int>(i)});
  }
  return item;
}

}  // namespace

const Relation* Analysis::RelationFor(const sql::RangeVar* var, bool* uncertain) {
  const std::string schema = var->schemaname == nullptr ? "" : var->schemaname;
  const std::string name = var->relname == nullptr ? "" : var->relname;
  const Relation* relation = catalog_.FindRelation(schema, name);
  const std::size_t at = At(var->location);
  if (relation == nullptr) {
    if (schema.compare(0, 7, "pg_temp") == 0 || schema.compare(0, 8, "pg_toast") == 0) {
      *uncertain = true;
      return nullptr;
    }
    std::vector<std::string> names;
    catalog_.relations().ForEach(
        [&](Oid, const std::shared_ptr<const Relation>& r) { names.push_back(r->name); });
    const auto near = Nearest(name, names);
    Fail("undefined-table",
         "relation \"" + (schema.empty() ? name : schema + "." + name) + "\" does not exist", at,
         near ? "did you mean \"" + *near + "\"?" : "");
    return nullptr;
  }
  if (relation->kind == RelationKind::kIndex || relation->kind == RelationKind::kPartitionedIndex ||
      relation->kind == RelationKind::kCompositeType) {
    Fail("wrong-object-type", "cannot open relation \"" + name + "\"", at,
         relation->kind == RelationKind::kCompositeType ? "name a table: this is a composite type"
                                                        : "name a table: this is an index");
    return nullptr;
  }
  return relation;
}

int Analysis::AddRelation(Level* level, const Relation& relation, const sql::Alias* alias,
                          Visible* item) {
  RangeEntry entry;
  entry.kind = RangeEntry::Kind::kRelation;
  entry.relation = relation.oid;
  entry.has_alias = alias != nullptr && alias->aliasname != nullptr && alias->aliasname[0] != '\0';
  entry.alias = entry.has_alias ? alias->aliasname : relation.name;
  entry.column_aliases = AliasColumns(alias);
  for (const Column& column : relation.columns) {
    const std::size_t i = entry.columns.size();
    const bool renamed = i < entry.column_aliases.size();
    entry.columns.push_back(
        {renamed ? entry.column_aliases[i] : column.name, column.type, column.collation});
    entry.numbers.push_back(column.number);
  }
  if (relation.kind == RelationKind::kSequence || !relation.complete) entry.complete = false;
  const bool view =
      relation.kind == RelationKind::kView || relation.kind == RelationKind::kMaterializedView;
  if (view && relation.query != nullptr && !relation.query->complete) entry.complete = false;
  if (entry.column_aliases.size() > entry.columns.size() && entry.complete) {
    Fail("invalid-column-reference",
         "table \"" + entry.alias + "\" has " + std::to_string(entry.columns.size()) +
             " columns available but " + std::to_string(entry.column_aliases.size()) +
             " columns specified",
         0);
  }
  const int range = static_cast<int>(level->query.ranges.size());
  level->uncertain = level->uncertain || !entry.complete;
  const bool has_alias = entry.has_alias;
  level->query.ranges.push_back(std::move(entry));
  *item = VisibleOf(*level, range);
  if (!has_alias) {
    if (const Schema* schema = catalog_.schema(relation.schema)) item->schema = schema->name;
  }
  return range;
}

void Analysis::CheckNames(const std::vector<Visible>& left, const std::vector<Visible>& right,
                          const Level& level) {
  for (const Visible& a : left) {
    if (!a.by_name) continue;
    for (const Visible& b : right) {
      if (!b.by_name || a.alias != b.alias) continue;
      const RangeEntry& ra = level.query.ranges[static_cast<std::size_t>(a.range)];
      const RangeEntry& rb = level.query.ranges[static_cast<std::size_t>(b.range)];
      const bool two_tables = ra.kind == RangeEntry::Kind::kRelation &&
                              rb.kind == RangeEntry::Kind::kRelation && !ra.has_alias &&
                              !rb.has_alias && ra.relation != rb.relation;
      if (two_tables) continue;
      Fail("duplicate-alias", "table name \"" + a.alias + "\" specified more than once", 0,
           "give one of them an alias");
    }
  }
}

namespace {

// One item of FROM after another.
class FromReader {
 public:
  FromReader(Analysis* analysis, Level* level) : a_(*analysis), level_(level) {}

  FromPtr Item(const sql::Node* node, std::vector<Visible>* brought) {
    if (const auto* var = sql::As<sql::RangeVar>(node)) return Table(var, brought);
    if (const auto* subselect = sql::As<sql::RangeSubselect>(node))
      return Subselect(subselect, brought);
    if (const auto* function = sql::As<sql::RangeFunction>(node))
      return Function(function, brought);
    if (const auto* join = sql::As<sql::JoinExpr>(node)) return Join(join, brought);
    if (const auto* sample = sql::As<sql::RangeTableSample>(node)) return Sample(sample, brought);
    return Unknown(node, brought);
  }

 private:
  RangeEntry& Entry(int range) { return level_->query.ranges[static_cast<std::size_t>(range)]; }

  int Add(RangeEntry entry) {
    level_->uncertain = level_->uncertain || !entry.complete;
    level_->query.ranges.push_back(std::move(entry));
    return static_cast<int>(level_->query.ranges.size()) - 1;
  }

  FromPtr Unknown(const sql::Node* node, std::vector<Visible>* brought) {
    RangeEntry entry;
    entry.kind = RangeEntry::Kind::kOpaque;
    entry.complete = false;
    if (const auto* xml = sql::As<sql::RangeTableFunc>(node)) {
      if (xml->alias != nullptr) entry.alias = xml->alias->aliasname;
    }
    a_.Unsure("FROM item " + std::string(sql::KindOf(node)) + " is not analysed");
    level_->query.certain = false;
    const int range = Add(std::move(entry));
    brought->push_back(VisibleOf(*level_, range));
    return Leaf(range);
  }

  FromPtr Sample(const sql::RangeTableSample* sample, std::vector<Visible>* brought) {
    FromPtr item = Item(sample->relation, brought);
    level_->query.certain = false;
    return item;
  }

  // --- tables and CTEs ---

  FromPtr Table(const sql::RangeVar* var, std::vector<Visible>* brought) {
    const std::string schema = var->schemaname == nullptr ? "" : var->schemaname;
    if (schema.empty()) {
      if (FromPtr cte = Cte(var, brought)) return cte;
    }
    bool uncertain = false;
    const std::size_t problems = a_.problems();
    const Relation* relation = a_.RelationFor(var, &uncertain);
    if (relation == nullptr) {
      if (a_.problems() > problems && schema.empty()) SayFutureCte(var->relname);
      RangeEntry entry;
      entry.kind = RangeEntry::Kind::kRelation;
      entry.alias = var->alias != nullptr ? var->alias->aliasname : var->relname;
      entry.has_alias = var->alias != nullptr;
      entry.complete = false;
      const int range = Add(std::move(entry));
      brought->push_back(VisibleOf(*level_, range));
      return Leaf(range);
    }
    Visible item;
    const int range = a_.AddRelation(level_, *relation, var->alias, &item);
    Entry(range).only = !var->inh;
    brought->push_back(std::move(item));
    return Leaf(range);
  }

  void SayFutureCte(const std::string& name) {
    for (const Level* l = level_; l != nullptr; l = l->parent) {
      if (std::find(l->future_ctes.begin(), l->future_ctes.end(), name) == l->future_ctes.end())
        continue;
      a_.findings()->problems.back().help =
          "use WITH RECURSIVE, or put the WITH item named \"" + name + "\" before this one";
    }
  }

  FromPtr Cte(const sql::RangeVar* var, std::vector<Visible>* brought) {
    for (Level* l = level_; l != nullptr; l = l->parent) {
      for (const Query::Cte& cte : l->ctes) {
        if (cte.name != var->relname) continue;
        RangeEntry entry;
        entry.kind = RangeEntry::Kind::kCte;
        entry.query = cte.query;
        entry.text = cte.name;
        entry.has_alias = var->alias != nullptr;
        entry.alias = entry.has_alias ? var->alias->aliasname : cte.name;
        entry.columns = cte.query->columns;
        entry.complete = cte.query->complete && cte.search_and_cycle.empty();
        const bool writes = cte.query->kind == Query::Kind::kInsert ||
                            cte.query->kind == Query::Kind::kUpdate ||
                            cte.query->kind == Query::Kind::kDelete;
        if (writes && cte.query->returning.empty() && entry.complete) {
          a_.Fail("feature-not-supported",
                  "WITH query \"" + cte.name + "\" does not have a RETURNING clause",
                  At(var->location), "add RETURNING to it");
          entry.complete = false;
        }
        Rename(&entry, cte.column_aliases);
        RenameByAlias(&entry, var->alias, At(var->location));
        const int range = Add(std::move(entry));
        brought->push_back(VisibleOf(*level_, range));
        return Leaf(range);
      }
    }
    return nullptr;
  }

  static void Rename(RangeEntry* entry, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size() && i < entry->columns.size(); ++i)
      entry->columns[i].name = names[i];
  }

  void RenameByAlias(RangeEntry* entry, const sql::Alias* alias, std::size_t) {
    entry->column_aliases = AliasColumns(alias);
    if (entry->column_aliases.size() > entry->columns.size() && entry->complete) {
      a_.Fail("invalid-column-reference",
              "table \"" + entry->alias + "\" has " + std::to_string(entry->columns.size()) +
                  " columns available but " + std::to_string(entry->column_aliases.size()) +
                  " columns specified",
              0);
    }
    Rename(entry, entry->column_aliases);
  }

  // --- subqueries ---

  FromPtr Subselect(const sql::RangeSubselect* subselect, std::vector<Visible>* brought) {
    const auto* select = sql::As<sql::SelectStmt>(subselect->subquery);
    const bool before = level_->lateral;
    level_->lateral = subselect->lateral;
    RangeEntry entry;
    entry.kind = RangeEntry::Kind::kSubquery;
    entry.lateral = subselect->lateral;
    entry.query = a_.Select(level_, select);
    level_->lateral = before;
    entry.has_alias = subselect->alias != nullptr;
    if (entry.has_alias) entry.alias = subselect->alias->aliasname;
    entry.columns = entry.query->columns;
    entry.complete = entry.query->complete;
    RenameByAlias(&entry, subselect->alias, 0);
    const int range = Add(std::move(entry));
    brought->push_back(VisibleOf(*level_, range));
    if (Entry(range).alias.empty()) brought->back().by_name = false;
    return Leaf(range);
  }

  // --- functions ---

  FromPtr Function(const sql::RangeFunction* item, std::vector<Visible>* brought) {
    RangeEntry entry;
    entry.kind = RangeEntry::Kind::kFunction;
    entry.lateral = item->lateral;
    entry.ordinality = item->ordinality;
    entry.has_alias = item->alias != nullptr;
    const bool before = level_->lateral;
    level_->lateral = true;
    for (const sql::Node* node : sql::Each(item->n_functions, item->functions)) {
      const auto parts = sql::Each(sql::As<sql::List>(node));
      if (parts.empty() || AddUnnests(&entry, parts[0], item->alias)) continue;
      const auto own_list =
          parts.size() > 1 ? sql::Each(sql::As<sql::List>(parts[1])) : sql::Each(0, nullptr);
      const bool single = item->n_functions == 1;
      AddFunction(
          &entry, parts[0],
          own_list.empty() && single ? sql::Each(item->n_coldeflist, item->coldeflist) : own_list,
          item->alias);
    }
    level_->lateral = before;
    if (item->ordinality) entry.columns.push_back({"ordinality", {kInt8, -1}, 0});
    if (entry.has_alias) entry.alias = item->alias->aliasname;
    RenameByAlias(&entry, item->alias, 0);
    const int range = Add(std::move(entry));
    brought->push_back(VisibleOf(*level_, range));
    return Leaf(range);
  }

  // unnest(a, b, …) stands for ROWS FROM (unnest(a), unnest(b), …) (parse_clause.c); false where
  // the call is another.
  bool AddUnnests(RangeEntry* entry, const sql::Node* node, const sql::Alias* alias) {
    const auto* call = sql::As<sql::FuncCall>(node);
    if (call == nullptr || call->n_args < 2 || call->n_funcname != 1 || call->func_variadic ||
        sql::StringOf(call->funcname[0]) != "unnest")
      return false;
    for (std::size_t i = 0; i < call->n_args; ++i) {
      sql::FuncCall one = *call;
      one.n_args = 1;
      one.args = call->args + i;
      sql::Node wrapped = *node;
      wrapped.func_call = &one;
      AddFunction(entry, &wrapped, sql::Each(0, nullptr), alias);
    }
    return true;
  }

  void AddFunction(RangeEntry* entry, const sql::Node* node, sql::NodeRange definition,
                   const sql::Alias* alias) {
    const Clause before = level_->clause;
    level_->clause = Clause::kFromFunction;
    const auto* call = sql::As<sql::FuncCall>(node);
    const std::size_t problems = a_.problems();
    ExprPtr value =
        call != nullptr ? a_.FunctionCall(level_, call, true) : a_.Transform(level_, node);
    level_->clause = before;
    entry->functions.push_back(value);
    const std::string name = FigureName(node);
    if (entry->alias.empty()) entry->alias = name;
    if (!definition.empty()) return AddDefinition(entry, definition);
    if (a_.problems() > problems && value->type.type == 0) {
      entry->complete = false;
      return;
    }
    AddColumns(entry, *value, name, alias);
  }

  void AddDefinition(RangeEntry* entry, sql::NodeRange definition) {
    for (const sql::Node* node : definition) {
      const auto* column = sql::As<sql::ColumnDef>(node);
      if (column == nullptr) continue;
      const TypeRef type = AnalyzeTypeName(a_.catalog(), column->type_name, a_.findings());
      entry->columns.push_back({column->colname, type, 0});
      if (!entry->definition.empty()) entry->definition += ", ";
      entry->definition += std::string(column->colname) + " " + a_.catalog().TypeName(type);
    }
  }

  void AddColumns(RangeEntry* entry, const Expr& value, const std::string& name,
                  const sql::Alias* alias) {
    const ::strata::catalog::Function* function = value.kind == Kind::kFunction && value.object != 0
                                                      ? a_.catalog().function(value.object)
                                                      : nullptr;
    std::vector<const FunctionArgument*> outputs;
    if (function != nullptr) {
      for (const FunctionArgument& argument : function->arguments) {
        if (argument.mode == 'o' || argument.mode == 'b' || argument.mode == 't')
          outputs.push_back(&argument);
      }
    }
    const bool table = !outputs.empty() && value.type.type == kRecord;
    if (table) {
      for (const FunctionArgument* output : outputs) {
        TypeRef type = output->type;
        if (IsPolymorphic(type.type)) type = {};
        const std::string shown = output->name.empty()
                                      ? "column" + std::to_string(entry->columns.size() + 1)
                                      : output->name;
        entry->columns.push_back({shown, type, 0});
      }
      return;
    }
    if (value.type.type == 0 || value.type.type == kRecord) {
      entry->complete = false;
      const bool certain = function != nullptr && value.type.type == kRecord && outputs.empty();
      if (certain) {
        a_.Fail("syntax-error",
                "a column definition list is required for functions returning \"record\"",
                value.span.begin, "add AS alias(column type, …)");
      }
      return;
    }
    if (AddRow(entry, value.type.type)) return;
    const bool named_output = outputs.size() == 1 && !outputs[0]->name.empty();
    std::string column = alias != nullptr ? alias->aliasname : name;
    if (named_output) column = outputs[0]->name;
    entry->columns.push_back({column, value.type, 0});
  }

  // The columns of a composite result; false where it is not composite.
  bool AddRow(RangeEntry* entry, Oid oid) {
    const Type* type = a_.catalog().type(BaseTypeOf(a_.catalog(), oid));
    if (type == nullptr || type->kind != TypeKind::kComposite) return false;
    const Relation* relation = a_.catalog().relation(type->relation);
    if (relation == nullptr) {
      entry->complete = false;
      return true;
    }
    for (const Column& column : relation->columns)
      entry->columns.push_back({column.name, column.type, column.collation});
    return true;
  }

  // --- joins ---

  FromPtr Join(const sql::JoinExpr* join, std::vector<Visible>* brought) {
    auto item = std::make_shared<FromItem>();
    std::vector<Visible> left, right;
    item->left = Item(join->larg, &left);
    // The right side sees the left one where it is LATERAL.
    const bool lateral_ok = join->jointype == PG_QUERY__JOIN_TYPE__JOIN_INNER ||
                            join->jointype == PG_QUERY__JOIN_TYPE__JOIN_LEFT;
    const std::vector<Visible> outside = level_->visible;
    for (Visible v : left) {
      v.lateral_only = true;
      v.lateral_ok = lateral_ok;
      level_->visible.push_back(std::move(v));
    }
    item->right = Item(join->rarg, &right);
    level_->visible = outside;
    a_.CheckNames(left, right, *level_);
    item->join = Word(join->jointype);
    item->natural = join->is_natural;
    for (const sql::Node* name : sql::Each(join->n_using_clause, join->using_clause)) {
      item->using_columns.emplace_back(sql::StringOf(name));
    }
    std::vector<std::string> merged = item->using_columns;
    const bool known = IsComplete(left) && IsComplete(right);
    if (join->is_natural) merged = CommonNames(left, right);
    std::vector<VisibleColumn> columns =
        MergedColumns(&a_, level_, join, merged, left, right, known);
    const std::size_t shared = std::min(columns.size(), merged.size());
    if (join->quals != nullptr) {
      std::vector<Visible> both = left;
      both.insert(both.end(), right.begin(), right.end());
      std::swap(level_->visible, both);
      const bool before = level_->lateral;
      item->on = a_.CoerceToBoolean(a_.Expression(level_, join->quals, Clause::kJoinOn), "JOIN/ON");
      level_->lateral = before;
      std::swap(level_->visible, both);
    }
    const bool cross = join->quals == nullptr && !join->is_natural && item->using_columns.empty();
    if (cross && item->join == "inner") item->join = "cross";
    Visible named = UsingAlias(join, {columns.begin(), columns.begin() + shared});
    Bring(join, std::move(columns), known, left, right, brought);
    named.range = brought->back().range;
    if (!named.alias.empty()) brought->push_back(std::move(named));
    return item;
  }

  // JOIN … USING (…) AS alias: the shared columns under that name.
  static Visible UsingAlias(const sql::JoinExpr* join, std::vector<VisibleColumn> columns) {
    Visible named;
    if (join->join_using_alias == nullptr) return named;
    named.alias = join->join_using_alias->aliasname;
    named.columns = std::move(columns);
    named.by_column = false;
    return named;
  }

  static const char* Word(PgQuery__JoinType type) {
    switch (type) {
      case PG_QUERY__JOIN_TYPE__JOIN_LEFT:
        return "left";
      case PG_QUERY__JOIN_TYPE__JOIN_RIGHT:
        return "right";
      case PG_QUERY__JOIN_TYPE__JOIN_FULL:
        return "full";
      default:
        return "inner";
    }
  }

  bool IsComplete(const std::vector<Visible>& side) {
    return std::all_of(side.begin(), side.end(),
                       [&](const Visible& v) { return Entry(v.range).complete; });
  }

  void Bring(const sql::JoinExpr* join, std::vector<VisibleColumn> columns, bool known,
             std::vector<Visible> left, std::vector<Visible> right, std::vector<Visible>* brought) {
    RangeEntry entry;
    entry.kind = RangeEntry::Kind::kJoin;
    entry.complete = known;
    entry.has_alias = join->alias != nullptr;
    for (const VisibleColumn& column : columns) {
      const RangeEntry& from = Entry(column.range);
      ResultColumn result = from.columns[static_cast<std::size_t>(column.index)];
      result.name = column.name;
      entry.columns.push_back(std::move(result));
    }
    if (entry.has_alias) {
      entry.alias = join->alias->aliasname;
      RenameByAlias(&entry, join->alias, 0);
    }
    const bool has_alias = entry.has_alias;
    const int range = Add(std::move(entry));
    Visible joined = VisibleOf(*level_, range);
    joined.by_name = has_alias;
    if (!has_alias) {
      joined.columns = std::move(columns);
      for (std::vector<Visible>* side : {&left, &right}) {
        for (Visible& v : *side) {
          v.by_column = false;
          brought->push_back(std::move(v));
        }
      }
    }
    brought->push_back(std::move(joined));
  }

  Analysis& a_;
  Level* level_;
};

}  // namespace

FromPtr Analysis::FromNode(Level* level, const sql::Node* node, std::vector<Visible>* brought) {
  return FromReader(this, level).Item(node, brought);
}

void Analysis::From(Level* level, sql::NodeRange items) {
  for (const sql::Node* node : items) {
    std::vector<Visible> brought;
    level->query.from.push_back(FromNode(level, node, &brought));
    CheckNames(level->visible, brought, *level);
    for (Visible& item : brought) {
      item.lateral_only = true;
      level->visible.push_back(std::move(item));
    }
  }
  for (Visible& item : level->visible) {
    item.lateral_only = false;
    item.lateral_ok = true;
  }
}

}  // namespace strata::catalog
