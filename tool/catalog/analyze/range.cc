#include "catalog/analyze/range.h"

#include <utility>

#include "base/nearest.h"

namespace strata::catalog {
namespace {

void CheckAliases(Analysis* analysis, const RangeEntry& entry) {
  if (entry.column_aliases.size() <= entry.columns.size() || !entry.complete) return;
  analysis->Fail("invalid-column-reference",
                 "table \"" + entry.alias + "\" has " + std::to_string(entry.columns.size()) +
                     " columns available but " + std::to_string(entry.column_aliases.size()) +
                     " columns specified",
                 0);
}

}  // namespace

std::vector<std::string> AliasColumns(const sql::Alias* alias) {
  std::vector<std::string> names;
  if (alias == nullptr) return names;
  for (const sql::Node* node : sql::Each(alias->n_colnames, alias->colnames))
    names.emplace_back(sql::StringOf(node));
  return names;
}

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

void Rename(RangeEntry* entry, const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size() && i < entry->columns.size(); ++i)
    entry->columns[i].name = names[i];
}

void RenameByAlias(Analysis* analysis, RangeEntry* entry, const sql::Alias* alias) {
  entry->column_aliases = AliasColumns(alias);
  CheckAliases(analysis, *entry);
  Rename(entry, entry->column_aliases);
}

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
  CheckAliases(this, entry);
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

}  // namespace strata::catalog
