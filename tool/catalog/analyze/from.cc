#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catalog/analyze/from_function.h"
#include "catalog/analyze/join.h"
#include "catalog/analyze/range.h"

namespace strata::catalog {

using FromPtr = std::shared_ptr<const FromItem>;

namespace {

FromPtr Leaf(int range) {
  auto item = std::make_shared<FromItem>();
  item->range = range;
  return item;
}

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

  FromPtr Bring(RangeEntry entry, std::vector<Visible>* brought) {
    const int range = Add(std::move(entry));
    brought->push_back(VisibleOf(*level_, range));
    return Leaf(range);
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
    return Bring(std::move(entry), brought);
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
      return Bring(std::move(entry), brought);
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
        RenameByAlias(&a_, &entry, var->alias);
        return Bring(std::move(entry), brought);
      }
    }
    return nullptr;
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
    RenameByAlias(&a_, &entry, subselect->alias);
    const int range = Add(std::move(entry));
    brought->push_back(VisibleOf(*level_, range));
    if (Entry(range).alias.empty()) brought->back().by_name = false;
    return Leaf(range);
  }

  FromPtr Function(const sql::RangeFunction* item, std::vector<Visible>* brought) {
    return Bring(FunctionEntry(&a_, level_, *item), brought);
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
    BringJoin(join, std::move(columns), known, left, right, brought);
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

  void BringJoin(const sql::JoinExpr* join, std::vector<VisibleColumn> columns, bool known,
                 std::vector<Visible> left, std::vector<Visible> right,
                 std::vector<Visible>* brought) {
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
      RenameByAlias(&a_, &entry, join->alias);
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
