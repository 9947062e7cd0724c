#include "catalog/apply/table/constraint.h"

#include <algorithm>
#include <set>

#include "catalog/analyze/moved.h"
#include "catalog/apply/doubt.h"
#include "catalog/apply/names.h"
#include "catalog/apply/table/index.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

std::vector<std::string> Strings(std::size_t count, sql::Node* const* nodes) {
  std::vector<std::string> strings;
  for (const sql::Node* n : sql::Each(count, nodes)) strings.emplace_back(sql::StringOf(n));
  return strings;
}

// The columns of the relation that an expression names, without repeats.
std::set<std::int16_t> ColumnsIn(const Expr& e, Oid relation) {
  std::set<std::int16_t> columns;
  for (const ObjectRef& ref : ReferencesOf(e)) {
    if (ref.cls == ObjectClass::kRelation && ref.oid == relation && ref.column != 0)
      columns.insert(ref.column);
  }
  return columns;
}

std::vector<std::string> KeyNames(const ConstraintRequest& request) {
  if (!request.column.empty()) return {request.column};
  return Strings(request.node->n_keys, request.node->keys);
}

// Two keys written twice over are one: UNIQUE PRIMARY KEY.
bool SameKey(const ConstraintRequest& a, const ConstraintRequest& b) {
  if (a.node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION ||
      b.node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION) {
    return false;
  }
  return KeyNames(a) == KeyNames(b) && a.deferrable == b.deferrable && a.deferred == b.deferred &&
         a.node->nulls_not_distinct == b.node->nulls_not_distinct &&
         Strings(a.node->n_including, a.node->including) ==
             Strings(b.node->n_including, b.node->including);
}

bool IsKey(const sql::Constraint& c) {
  return c.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY ||
         c.contype == PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE ||
         c.contype == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION;
}

std::string GivenName(const sql::Constraint& c) {
  return c.conname == nullptr ? "" : Truncated(c.conname);
}

}  // namespace

void AddConstraints(Context& context, Oid table, const std::vector<ConstraintRequest>& requests,
                    bool in_create) {
  for (const ConstraintRequest& r : requests) {
    if (r.node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK) AddCheck(context, table, r);
  }
  std::vector<ConstraintRequest> keys;
  std::vector<std::string> names;
  auto add_keys = [&](bool primary) {
    for (const ConstraintRequest& r : requests) {
      if (!IsKey(*r.node) || (r.node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY) != primary)
        continue;
      bool repeated = false;
      for (std::size_t i = 0; in_create && i < keys.size(); ++i) {
        if (!SameKey(keys[i], r)) continue;
        if (primary) break;
        repeated = true;
        if (names[i].empty()) names[i] = GivenName(*r.node);
      }
      if (repeated) continue;
      keys.push_back(r);
      names.push_back(GivenName(*r.node));
    }
  };
  add_keys(true);
  add_keys(false);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    keys[i].name = names[i];
    AddKey(context, table, keys[i]);
  }
  for (const ConstraintRequest& r : requests) {
    if (r.node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN) AddForeignKey(context, table, r);
  }
}

bool ConstraintNameIsFree(Context& context, Oid relation, const std::string& name, Span at) {
  if (context.catalog.FindConstraint(relation, name) == nullptr) return true;
  const Relation* r = context.catalog.relation(relation);
  const std::string on = r != nullptr
                             ? " for relation \"" + r->name + "\""
                             : " for domain \"" + context.catalog.type(relation)->name + "\"";
  context.Report("duplicate-object", "constraint \"" + name + "\"" + on + " already exists", at);
  return false;
}

// --- CHECK ---------------------------------------------------------------------------------------

void AddCheck(Context& context, Oid table, const ConstraintRequest& request) {
  const Relation* relation = context.catalog.relation(table);
  const sql::Constraint& node = *request.node;
  Scope scope;
  scope.place = ExprPlace::kCheck;
  scope.relation = relation;
  Constraint c;
  c.kind = ConstraintKind::kCheck;
  c.relation = table;
  c.check = AnalyzeExpression(context.catalog, node.raw_expr, scope, context.findings());
  c.no_inherit = node.is_no_inherit;
  c.validated = !node.skip_validation;
  const std::set<std::int16_t> columns = ColumnsIn(*c.check, table);
  c.columns.assign(columns.begin(), columns.end());
  c.name = GivenName(node);
  if (c.name.empty()) {
    const Column* only = columns.size() == 1 ? relation->FindColumn(*columns.begin()) : nullptr;
    const bool at_column =
        columns.empty() && !request.column.empty() && c.check->kind == Expr::Kind::kOpaque;
    c.name = ChooseConstraintName(context.catalog, relation->schema, relation->name,
                                  only != nullptr ? only->name
                                  : at_column     ? request.column
                                                  : "",
                                  "check", {});
  } else if (const Constraint* old = context.catalog.FindConstraint(table, c.name)) {
    const bool merges = old->kind == ConstraintKind::kCheck && old->inherited > 0 && !old->local;
    if (!merges) {
      ConstraintNameIsFree(context, table, c.name, context.Find(node.conname));
      return;
    }
    context.edit.ChangeConstraint(old->oid, [](Constraint* k) { k->local = true; });
    return;
  }
  const std::vector<ObjectRef> needs = ReferencesOf(*c.check);
  const Oid oid = context.edit.Put(std::move(c));
  const ObjectRef self{ObjectClass::kConstraint, oid};
  context.edit.Depend(self, {ObjectClass::kRelation, table}, DependencyKind::kAuto);
  context.edit.Depend(self, needs, table);
  const Constraint made = *context.catalog.constraint(oid);
  if (made.no_inherit) return;
  for (Oid child : context.catalog.ChildrenOf(table)) InheritCheck(context, made, child);
}

void InheritCheck(Context& context, const Constraint& check, Oid child) {
  if (const Constraint* own = context.catalog.FindConstraint(child, check.name)) {
    context.edit.ChangeConstraint(own->oid, [](Constraint* c) { ++c->inherited; });
    return;
  }
  Constraint copy = check;
  copy.oid = 0;
  copy.relation = child;
  copy.local = false;
  copy.inherited = 1;
  const Relation* from = context.catalog.relation(check.relation);
  const Relation* to = context.catalog.relation(child);
  for (std::int16_t& number : copy.columns) {
    const Column* a = from->FindColumn(number);
    const Column* b = a == nullptr ? nullptr : to->FindColumn(a->name);
    if (b != nullptr) number = b->number;
  }
  copy.check = Moved(copy.check, *from, *to);
  const std::vector<std::int16_t> columns = copy.columns;
  const Oid oid = context.edit.Put(std::move(copy));
  const ObjectRef self{ObjectClass::kConstraint, oid};
  context.edit.Depend(self, {ObjectClass::kRelation, child}, DependencyKind::kAuto);
  for (std::int16_t number : columns) {
    context.edit.Depend(self, {ObjectClass::kRelation, child, number}, DependencyKind::kAuto);
  }
  const Constraint made = *context.catalog.constraint(oid);
  for (Oid grandchild : context.catalog.ChildrenOf(child)) InheritCheck(context, made, grandchild);
}

// --- PRIMARY KEY, UNIQUE, EXCLUDE ----------------------------------------------------------------

namespace {

bool CheckKeyColumns(Context& context, const ConstraintRequest& request,
                     const std::vector<std::string>& names) {
  std::set<std::string> seen;
  for (const std::string& name : names) {
    if (seen.insert(name).second) continue;
    const bool primary = request.node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
    context.Report("duplicate-column",
                   "column \"" + name + "\" appears twice in " +
                       (primary ? "primary key" : "unique") + " constraint",
                   context.At(request.node->location));
    return false;
  }
  return true;
}

void SetNotNull(Context& context, Oid table, std::int16_t number) {
  const Relation* relation = context.catalog.relation(table);
  const Column* column = relation->FindColumn(number);
  if (column == nullptr) return;
  const std::string name = column->name;
  if (!column->not_null)
    context.edit.ChangeColumn(table, number, [](Column* c) { c->not_null = true; });
  for (Oid child : context.catalog.ChildrenOf(table)) {
    const Column* below = context.catalog.relation(child)->FindColumn(name);
    if (below != nullptr) SetNotNull(context, child, below->number);
  }
}

// A unique key of a partitioned table must contain the partition key.
void CheckPartitionKey(Context& context, const Relation& table,
                       const std::vector<std::string>& names, bool primary, Span at) {
  if (!table.partition_key) return;
  for (const IndexKey& key : table.partition_key->keys) {
    const Column* c = table.FindColumn(key.column);
    if (key.column != 0 && c == nullptr) continue;
    if (c != nullptr && std::find(names.begin(), names.end(), c->name) != names.end()) continue;
    const std::string what = primary ? "PRIMARY KEY" : "UNIQUE";
    if (c == nullptr) {
      context.Report("feature-not-supported",
                     "unsupported " + what + " constraint with partition key definition", at,
                     what + " constraints cannot be used when partition keys include expressions");
    } else {
      context.Report("feature-not-supported",
                     "unique constraint on partitioned table must include all partitioning columns",
                     at,
                     what + " constraint on table \"" + table.name + "\" lacks column \"" +
                         c->name + "\" which is part of the partition key");
    }
    return;
  }
}

void EnterKey(Context& context, Oid table, Oid constraint, Oid index) {
  const Constraint c = *context.catalog.constraint(constraint);
  const ObjectRef self{ObjectClass::kConstraint, constraint};
  for (std::int16_t number : c.columns) {
    context.edit.Depend(self, {ObjectClass::kRelation, table, number}, DependencyKind::kAuto);
  }
  const std::vector<std::int16_t> included = context.catalog.relation(index)->index->included;
  for (std::int16_t number : included) {
    context.edit.Depend(self, {ObjectClass::kRelation, table, number}, DependencyKind::kAuto);
  }
  if (c.columns.empty())
    context.edit.Depend(self, {ObjectClass::kRelation, table}, DependencyKind::kAuto);
  context.edit.Depend({ObjectClass::kRelation, index}, self, DependencyKind::kInternal);
}

IndexRequest KeyRequest(Context& context, Oid table, const ConstraintRequest& request) {
  const sql::Constraint& node = *request.node;
  IndexRequest index;
  index.table = table;
  index.at = context.At(node.location);
  index.constraint = true;
  index.primary = node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
  index.exclusion = node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION;
  index.unique = !index.exclusion;
  index.nulls_not_distinct = node.nulls_not_distinct;
  index.deferrable = request.deferrable || node.deferrable;
  index.deferred = request.deferred || node.initdeferred;
  index.n_options = node.n_options;
  index.options = node.options;
  if (node.access_method != nullptr && node.access_method[0] != '\0')
    index.method = node.access_method;
  if (node.indexspace != nullptr) index.tablespace = node.indexspace;
  index.included = Strings(node.n_including, node.including);
  index.predicate = node.where_clause;
  if (index.exclusion) {
    for (const sql::Node* n : sql::Each(node.n_exclusions, node.exclusions)) {
      const auto* pair = sql::As<sql::List>(n);
      const auto* element = pair == nullptr ? nullptr : sql::As<sql::IndexElem>(pair->items[0]);
      if (element != nullptr)
        index.keys.push_back({"", element, sql::As<sql::List>(pair->items[1])});
    }
  } else {
    for (const std::string& name : KeyNames(request)) index.keys.push_back({name});
  }
  return index;
}

}  // namespace

void AddKey(Context& context, Oid table, const ConstraintRequest& request) {
  const sql::Constraint& node = *request.node;
  const Relation* relation = context.catalog.relation(table);
  if (node.indexname != nullptr && node.indexname[0] != '\0')
    return AddConstraintFromIndex(context, table, node);
  IndexRequest index = KeyRequest(context, table, request);
  const std::vector<std::string> names =
      index.exclusion ? std::vector<std::string>() : KeyNames(request);
  if (index.primary && context.catalog.PrimaryKeyOf(table) != nullptr) {
    // It may be gone, and this one is the only one then.
    if (InDoubt(context.catalog.session, {"key", relation->name})) return;
    context.Report("invalid-table-definition",
                   "multiple primary keys for table \"" + relation->name + "\" are not allowed",
                   index.at, "one key of several columns is written PRIMARY KEY (a, b)");
    return;
  }
  if (!CheckKeyColumns(context, request, names)) return;
  if (index.unique) CheckPartitionKey(context, *relation, names, index.primary, index.at);
  index.name = request.name.empty() ? GivenName(node) : request.name;
  if (!index.name.empty()) {
    const Span at = context.Find(node.conname);
    if (context.catalog.RelationNameUsed(relation->schema, index.name)) {
      context.Report("duplicate-table", "relation \"" + index.name + "\" already exists", at,
                     "the index of a key has the constraint's name; choose another name");
      return;
    }
    if (!ConstraintNameIsFree(context, table, index.name, at)) return;
  }
  if (index.primary) {
    for (const std::string& name : names) {
      const Column* column = context.catalog.relation(table)->FindColumn(name);
      if (column != nullptr) SetNotNull(context, table, column->number);
    }
  }
  const Oid index_oid = MakeIndex(context, index);
  const Relation* made = context.catalog.relation(index_oid);
  Constraint c;
  c.name = made->name;
  c.kind = index.primary     ? ConstraintKind::kPrimaryKey
           : index.exclusion ? ConstraintKind::kExclusion
                             : ConstraintKind::kUnique;
  c.relation = table;
  c.index = index_oid;
  c.deferrable = index.deferrable;
  c.deferred = index.deferred;
  for (const IndexKey& key : made->index->keys) {
    if (key.column != 0) c.columns.push_back(key.column);
  }
  for (const IndexRequest::Key& key : index.keys) {
    if (key.exclusion_operator == nullptr) continue;
    const std::string name(
        sql::StringOf(key.exclusion_operator->items[key.exclusion_operator->n_items - 1]));
    const auto found = context.catalog.FindOperators("", name);
    if (found.empty()) {
      context.Report("undefined-function", "operator does not exist: " + name, index.at);
    }
    c.exclusion_operators.push_back(name);
  }
  const Oid oid = context.edit.Put(std::move(c));
  context.edit.ChangeRelation(index_oid, [&](Relation* r) { r->index->constraint = oid; });
  EnterKey(context, table, oid, index_oid);
  if (request.only) return;
  for (Oid child : context.catalog.ChildrenOf(table)) {
    if (context.catalog.relation(child)->is_partition) MirrorIndex(context, index_oid, child);
  }
}

void AddConstraintFromIndex(Context& context, Oid table, const sql::Constraint& node) {
  const Relation* relation = context.catalog.relation(table);
  const Span at = context.Find(node.indexname);
  const Schema* schema = context.catalog.schema(relation->schema);
  const Relation* index = context.catalog.FindRelation(schema->name, node.indexname);
  if (index == nullptr) {
    std::vector<std::string> names;
    for (const Relation* own : context.catalog.IndexesOf(table)) names.push_back(own->name);
    context.Report("undefined-object",
                   "index \"" + std::string(node.indexname) + "\" does not exist", at,
                   context.DidYouMean(node.indexname, names));
    return;
  }
  auto refuse = [&](std::string_view rule, std::string message) {
    context.Report(rule, std::move(message), at);
  };
  const std::string quoted = "\"" + std::string(node.indexname) + "\"";
  if (!index->index) return refuse("wrong-object-type", quoted + " is not an index");
  const IndexDefinition d = *index->index;
  const bool primary = node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
  if (d.constraint != 0)
    return refuse("object-not-in-prerequisite-state",
                  "index " + quoted + " is already associated with a constraint");
  if (d.table != table) {
    return refuse("object-not-in-prerequisite-state",
                  "index " + quoted + " does not belong to table \"" + relation->name + "\"");
  }
  if (!d.unique) return refuse("wrong-object-type", quoted + " is not a unique index");
  if (d.predicate != nullptr) return refuse("wrong-object-type", quoted + " is a partial index");
  Constraint c;
  for (const IndexKey& key : d.keys) {
    if (key.column == 0)
      return refuse("wrong-object-type", "index " + quoted + " contains expressions");
    c.columns.push_back(key.column);
  }
  if (primary && context.catalog.PrimaryKeyOf(table) != nullptr) {
    if (InDoubt(context.catalog.session, {"key", relation->name})) return;
    return refuse("invalid-table-definition",
                  "multiple primary keys for table \"" + relation->name + "\" are not allowed");
  }
  const Oid index_oid = index->oid;
  c.name =
      node.conname == nullptr || node.conname[0] == '\0' ? index->name : Truncated(node.conname);
  if (!ConstraintNameIsFree(context, table, c.name, at)) return;
  c.kind = primary ? ConstraintKind::kPrimaryKey : ConstraintKind::kUnique;
  c.relation = table;
  c.index = index_oid;
  c.deferrable = node.deferrable;
  c.deferred = node.initdeferred;
  const std::string name = c.name;
  const std::vector<std::int16_t> columns = c.columns;
  const Oid oid = context.edit.Put(std::move(c));
  context.edit.ChangeRelation(index_oid, [&](Relation* r) {
    r->name = name;
    r->index->constraint = oid;
    r->index->primary = primary;
    r->index->immediate = !node.deferrable;
  });
  context.edit.ForgetNeeds({ObjectClass::kRelation, index_oid});
  EnterKey(context, table, oid, index_oid);
  if (!primary) return;
  for (std::int16_t number : columns) SetNotNull(context, table, number);
}

}  // namespace strata::catalog
