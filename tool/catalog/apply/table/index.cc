#include "catalog/apply/table/index.h"

#include <algorithm>

#include "catalog/analyze/extension_help.h"
#include "catalog/analyze/moved.h"
#include "catalog/analyze/types.h"
#include "catalog/apply/names.h"
#include "catalog/apply/table/column.h"
#include "catalog/facts/facts.h"

namespace strata::catalog {
namespace {

class Builder {
 public:
  Builder(Context& context, const IndexRequest& request) : context_(context), request_(request) {}

  Oid Build() {
    const Relation* table = context_.catalog.relation(request_.table);
    CheckMethod();
    Relation index;
    index.schema = table->schema;
    index.owner = table->owner;
    index.persistence = table->persistence;
    index.kind = table->kind == RelationKind::kPartitionedTable ? RelationKind::kPartitionedIndex
                                                                : RelationKind::kIndex;
    index.access_method = request_.method;
    index.tablespace = request_.tablespace;
    ReadOptions(&index);
    index.name = request_.name.empty() ? ChooseIndexName(context_, *table, request_)
                                       : Truncated(request_.name);
    IndexDefinition& d = index.index.emplace();
    d.table = table->oid;
    d.method = request_.method;
    d.unique = request_.unique;
    d.primary = request_.primary;
    d.exclusion = request_.exclusion;
    d.nulls_not_distinct = request_.nulls_not_distinct;
    d.immediate = !request_.deferrable;
    for (const IndexRequest::Key& key : request_.keys) d.keys.push_back(ReadKey(*table, key));
    for (const std::string& name : request_.included) {
      if (const Column* c = KeyColumn(*table, name)) d.included.push_back(c->number);
    }
    ReadPredicate(*table, &d);
    const Oid oid = context_.edit.Put(std::move(index));
    Enter(oid);
    return oid;
  }

 private:
  const sql::Node* Expression(const IndexRequest::Key& key) const {
    return key.element != nullptr && (key.element->name == nullptr || key.element->name[0] == '\0')
               ? key.element->expr
               : nullptr;
  }

  void CheckMethod() {
    const std::string& method = request_.method;
    const NamedObject* found = context_.catalog.FindNamed(ObjectClass::kAccessMethod, "", method);
    if (found == nullptr) {
      std::vector<std::string> names = facts::NamesOf(ObjectClass::kAccessMethod);
      context_.Report("undefined-object", "access method \"" + method + "\" does not exist",
                      context_.Find(method), context_.DidYouMean(method, names));
      known_method_ = false;
      return;
    }
    const bool btree = method == "btree";
    auto fault = [&](const std::string& what) {
      context_.Report("feature-not-supported",
                      "access method \"" + method + "\" does not support " + what, request_.at);
    };
    const bool built_in = btree || method == "hash" || method == "gin" || method == "gist" ||
                          method == "brin" || method == "spgist";
    if (!built_in) return;
    if (request_.unique && !btree) fault("unique indexes");
    if (!request_.included.empty() && !btree && method != "gist" && method != "spgist")
      fault("included columns");
    if (request_.keys.size() > 1 && (method == "hash" || method == "spgist"))
      fault("multicolumn indexes");
    if (request_.exclusion && (method == "gin" || method == "brin")) fault("exclusion constraints");
    if (request_.keys.size() + request_.included.size() > 32) {
      context_.Report("too-many-columns", "cannot use more than 32 columns in an index",
                      request_.at);
    }
  }

  const Column* KeyColumn(const Relation& table, const std::string& name) {
    if (const Column* c = table.FindColumn(name)) return c;
    const Span at =
        context_.Find(name, request_.at.end < context_.Whole().end ? request_.at.end : 0);
    if (IsSystemColumn(name)) {
      context_.Report("feature-not-supported", "index creation on system columns is not supported",
                      at);
      return nullptr;
    }
    if (!table.complete) return nullptr;
    std::vector<std::string> names;
    for (const Column& c : table.columns) names.push_back(c.name);
    context_.Report("undefined-column",
                    request_.constraint ? "column \"" + name + "\" named in key does not exist"
                                        : "column \"" + name + "\" does not exist",
                    at, context_.DidYouMean(name, names));
    return nullptr;
  }

  IndexKey ReadKey(const Relation& table, const IndexRequest::Key& key) {
    IndexKey result;
    TypeRef type;
    if (const sql::Node* expression = Expression(key)) {
      Scope scope;
      scope.place = ExprPlace::kIndexExpression;
      scope.relation = &table;
      result.expression =
          AnalyzeExpression(context_.catalog, expression, scope, context_.findings());
      type = result.expression->type;
      if (const Column* plain = PlainColumn(table, *result.expression)) {
        result.column = plain->number;  // (a) is a
        result.expression = nullptr;
        type = plain->type;
      }
    } else {
      const std::string name = key.element != nullptr ? key.element->name : key.column;
      const Column* column = KeyColumn(table, name);
      if (column != nullptr) {
        result.column = column->number;
        type = column->type;
      }
    }
    if (key.element != nullptr) ReadElement(*key.element, type.type, &result);
    if (known_method_) ReadOperatorClass(key.element, type.type, &result);
    return result;
  }

  static const Column* PlainColumn(const Relation& table, const Expr& e) {
    return e.kind == Expr::Kind::kColumn && e.relation == table.oid && e.number > 0
               ? table.FindColumn(e.number)
               : nullptr;
  }

  void ReadElement(const sql::IndexElem& e, Oid type, IndexKey* key) {
    key->descending = e.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    key->nulls_first =
        e.nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST ||
        (key->descending && e.nulls_ordering != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST);
    if (request_.method != "btree" && known_method_) {
      const bool ordered = e.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC ||
                           e.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_ASC;
      if (ordered) {
        context_.Report(
            "feature-not-supported",
            "access method \"" + request_.method + "\" does not support ASC/DESC options",
            request_.at);
      } else if (e.nulls_ordering > PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT) {
        context_.Report(
            "feature-not-supported",
            "access method \"" + request_.method + "\" does not support NULLS FIRST/LAST options",
            request_.at);
      }
    }
    if (e.n_collation > 0) {
      const Name name = context_.NameOf(e.n_collation, e.collation);
      const NamedObject* found =
          context_.catalog.FindNamed(ObjectClass::kCollation, name.schema, name.name);
      if (LacksCollation(context_.catalog, type)) {
        context_.Report(
            "datatype-mismatch",
            "collations are not supported by type " + context_.catalog.TypeName({type, -1}),
            name.at);
      } else if (found != nullptr) {
        key->collation = found->oid;
      } else {
        context_.Report("undefined-object",
                        "collation \"" + name.Text() + "\" for encoding \"UTF8\" does not exist",
                        name.at);
      }
    }
    for (const sql::Node* n : sql::Each(e.n_opclassopts, e.opclassopts)) {
      const auto* o = sql::As<sql::DefElem>(n);
      if (o != nullptr)
        key->opclass_options += (key->opclass_options.empty() ? "" : ",") +
                                std::string(o->defname) + "=" + OptionText(o->arg);
    }
  }

  void ReadOperatorClass(const sql::IndexElem* e, Oid type, IndexKey* key) {
    if (e != nullptr && e->n_opclass > 0) {
      const Name name = context_.NameOf(e->n_opclass, e->opclass);
      const OperatorClass* found =
          context_.catalog.FindOperatorClass(request_.method, name.schema, name.name);
      if (found == nullptr) {
        context_.Report("undefined-object",
                        "operator class \"" + name.Text() +
                            "\" does not exist for access method \"" + request_.method + "\"",
                        name.at, ExtensionHelp(ObjectClass::kOperatorClass, name.name));
        return;
      }
      const OperatorClass* usual =
          type == 0 ? nullptr : context_.catalog.DefaultOperatorClass(request_.method, type);
      if (usual == nullptr || usual->oid != found->oid) key->opclass = found->oid;
      if (type != 0 && !Accepts(*found, type)) {
        context_.Report("datatype-mismatch",
                        "operator class \"" + name.Text() + "\" does not accept data type " +
                            context_.catalog.TypeName({type, -1}),
                        name.at);
      }
      return;
    }
    if (type == 0 || context_.catalog.DefaultOperatorClass(request_.method, type) != nullptr)
      return;
    context_.Report(
        "undefined-object",
        "data type " + context_.catalog.TypeName({type, -1}) +
            " has no default operator class for access method \"" + request_.method + "\"",
        request_.at, "name an operator class for the index, or use another access method");
  }

  bool Accepts(const OperatorClass& c, Oid type) const {
    const Oid base = context_.catalog.BaseType({type, -1}).type;
    if (c.input == base || c.input == type) return true;
    const Type* input = context_.catalog.type(c.input);
    if (input == nullptr || input->kind == TypeKind::kPseudo) return true;
    const Cast* cast = context_.catalog.FindCast(base, c.input);
    return cast != nullptr && cast->method == 'b';
  }

  void ReadPredicate(const Relation& table, IndexDefinition* d) {
    if (request_.predicate == nullptr) return;
    Scope scope;
    scope.place = ExprPlace::kIndexPredicate;
    scope.relation = &table;
    d->predicate =
        AnalyzeExpression(context_.catalog, request_.predicate, scope, context_.findings());
  }

  void ReadOptions(Relation* index) {
    for (const sql::Node* n : sql::Each(request_.n_options, request_.options)) {
      const auto* o = sql::As<sql::DefElem>(n);
      if (o == nullptr) continue;
      static constexpr std::string_view kKnown[] = {
          "fillfactor",   "deduplicate_items",      "buffering",
          "fastupdate",   "gin_pending_list_limit", "pages_per_range",
          "autosummarize"};
      const std::string name = o->defname;
      const bool known = std::find(std::begin(kKnown), std::end(kKnown), name) != std::end(kKnown);
      if (!known && known_method_ &&
          facts::NamedNamed(ObjectClass::kAccessMethod, request_.method) != nullptr) {
        context_.Report("invalid-parameter-value", "unrecognized parameter \"" + name + "\"",
                        context_.At(o->location));
        continue;
      }
      index->options[name] = OptionText(o->arg);
    }
  }

  void Enter(Oid oid) {
    const Relation* index = context_.catalog.relation(oid);
    const IndexDefinition d = *index->index;
    const ObjectRef self{ObjectClass::kRelation, oid};
    bool on_column = false;
    auto column = [&](std::int16_t number) {
      context_.edit.Depend(self, {ObjectClass::kRelation, d.table, number}, DependencyKind::kAuto);
      on_column = true;
    };
    for (const IndexKey& key : d.keys) {
      if (key.column != 0) column(key.column);
      if (key.expression != nullptr) {
        context_.edit.Depend(self, ReferencesOf(*key.expression), d.table);
      }
      context_.edit.Depend(self, {ObjectClass::kOperatorClass, key.opclass});
      context_.edit.Depend(self, {ObjectClass::kCollation, key.collation});
    }
    for (std::int16_t number : d.included) column(number);
    if (d.predicate != nullptr) context_.edit.Depend(self, ReferencesOf(*d.predicate), d.table);
    if (!on_column)
      context_.edit.Depend(self, {ObjectClass::kRelation, d.table}, DependencyKind::kAuto);
  }

  Context& context_;
  const IndexRequest& request_;
  bool known_method_ = true;
};

bool SameKeys(const IndexDefinition& a, const Relation& a_table, const IndexDefinition& b,
              const Relation& b_table) {
  if (a.method != b.method || a.unique != b.unique || a.keys.size() != b.keys.size() ||
      (a.predicate == nullptr) != (b.predicate == nullptr) ||
      a.included.size() != b.included.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.keys.size(); ++i) {
    const Column* x = a_table.FindColumn(a.keys[i].column);
    const Column* y = b_table.FindColumn(b.keys[i].column);
    if ((x == nullptr) != (y == nullptr) || a.keys[i].opclass != b.keys[i].opclass) return false;
    if (x != nullptr && x->name != y->name) return false;
  }
  return true;
}

std::int16_t Mapped(std::int16_t number, const Relation& from, const Relation& to) {
  const Column* c = from.FindColumn(number);
  const Column* d = c == nullptr ? nullptr : to.FindColumn(c->name);
  return d == nullptr ? 0 : d->number;
}

// The name that the partition's index gets: as if made for its own columns.
std::string MirroredName(Context& context, const Relation& index, const Relation& parent,
                         const Relation& partition) {
  std::vector<std::string> names;
  for (const IndexKey& key : index.index->keys) {
    const Column* c = parent.FindColumn(key.column);
    std::string name = c == nullptr ? "expr" : c->name;
    for (int i = 1; std::find(names.begin(), names.end(), name) != names.end(); ++i) {
      name = (c == nullptr ? "expr" : c->name) + std::to_string(i);
    }
    names.push_back(name);
  }
  for (std::int16_t number : index.index->included) {
    if (const Column* c = parent.FindColumn(number)) names.push_back(c->name);
  }
  const bool constraint = index.index->constraint != 0;
  if (index.index->primary)
    return ChooseRelationName(context.catalog, partition.schema, partition.name, "", "pkey", true);
  return ChooseRelationName(context.catalog, partition.schema, partition.name, JoinedColumns(names),
                            constraint ? "key" : "idx", constraint);
}

void MirrorConstraint(Context& context, const Relation& parent_index, Oid index, Oid partition) {
  const Constraint* model = context.catalog.constraint(parent_index.index->constraint);
  if (model == nullptr) return;
  const Relation* table = context.catalog.relation(partition);
  const Relation* parent_table = context.catalog.relation(model->relation);
  Constraint c = *model;
  c.oid = 0;
  c.name = context.catalog.relation(index)->name;
  c.relation = partition;
  c.index = index;
  c.parent = model->oid;
  c.local = false;
  c.inherited = 1;
  for (std::int16_t& number : c.columns) number = Mapped(number, *parent_table, *table);
  const Oid model_oid = model->oid;
  const std::vector<std::int16_t> columns = c.columns;
  const bool primary = c.kind == ConstraintKind::kPrimaryKey;
  const Oid oid = context.edit.Put(std::move(c));
  context.edit.ChangeRelation(index, [&](Relation* r) { r->index->constraint = oid; });
  const ObjectRef self{ObjectClass::kConstraint, oid};
  for (std::int16_t number : columns) {
    context.edit.Depend(self, {ObjectClass::kRelation, partition, number}, DependencyKind::kAuto);
    if (primary)
      context.edit.ChangeColumn(partition, number, [](Column* column) { column->not_null = true; });
  }
  context.edit.Depend(self, {ObjectClass::kConstraint, model_oid}, DependencyKind::kPartition);
  context.edit.Depend({ObjectClass::kRelation, index}, self, DependencyKind::kInternal);
}

}  // namespace

std::string ChooseIndexName(Context& context, const Relation& table, const IndexRequest& request) {
  if (request.primary)
    return ChooseRelationName(context.catalog, table.schema, table.name, "", "pkey", true);
  std::vector<sql::IndexElem> made(request.keys.size() + request.included.size());
  std::vector<const sql::IndexElem*> elements;
  std::size_t next = 0;
  auto plain = [&](const std::string& column) {
    made[next].name = const_cast<char*>(column.c_str());
    elements.push_back(&made[next++]);
  };
  for (const IndexRequest::Key& key : request.keys) {
    if (key.element != nullptr) {
      elements.push_back(key.element);
    } else {
      plain(key.column);
    }
  }
  for (const std::string& column : request.included) plain(column);
  const char* label = request.exclusion ? "excl" : request.constraint ? "key" : "idx";
  return ChooseRelationName(context.catalog, table.schema, table.name,
                            JoinedColumns(IndexColumnNames(elements)), label,
                            request.exclusion || request.constraint);
}

void AdoptIndex(Context& context, Oid parent_index, Oid index) {
  const Oid above = context.catalog.relation(parent_index)->index->constraint;
  const Oid own = context.catalog.relation(index)->index->constraint;
  if (above != 0 && own != 0) {
    context.edit.ChangeConstraint(own, [&](Constraint* c) {
      c->parent = above;
      c->local = false;
      c->inherited = 1;
    });
    context.edit.Depend({ObjectClass::kConstraint, own}, {ObjectClass::kConstraint, above},
                        DependencyKind::kPartition);
  }
  context.edit.ChangeRelation(index, [&](Relation* r) { r->parents = {parent_index}; });
  context.edit.Depend({ObjectClass::kRelation, index}, {ObjectClass::kRelation, parent_index},
                      DependencyKind::kPartition);
}

void MirrorIndex(Context& context, Oid parent_index, Oid partition) {
  const Relation parent = *context.catalog.relation(parent_index);
  const Relation* parent_table = context.catalog.relation(parent.index->table);
  const Relation* table = context.catalog.relation(partition);
  if (table == nullptr || table->kind == RelationKind::kForeignTable) return;
  Oid index = 0;
  for (const Relation* own : context.catalog.IndexesOf(partition)) {
    const bool constraint_fits = parent.index->constraint == 0 || own->index->constraint != 0;
    if (own->parents.empty() && constraint_fits &&
        SameKeys(*parent.index, *parent_table, *own->index, *table)) {
      index = own->oid;
      break;
    }
  }
  if (index == 0) {
    Relation copy = parent;
    copy.oid = 0;
    copy.schema = table->schema;
    copy.name = MirroredName(context, parent, *parent_table, *table);
    copy.parents.clear();
    copy.row_type = 0;
    copy.kind = table->kind == RelationKind::kPartitionedTable ? RelationKind::kPartitionedIndex
                                                               : RelationKind::kIndex;
    copy.index->table = partition;
    copy.index->constraint = 0;
    for (IndexKey& key : copy.index->keys) {
      key.column = Mapped(key.column, *parent_table, *table);
      key.expression = Moved(key.expression, *parent_table, *table);
    }
    copy.index->predicate = Moved(copy.index->predicate, *parent_table, *table);
    for (std::int16_t& number : copy.index->included)
      number = Mapped(number, *parent_table, *table);
    const std::vector<IndexKey> keys = copy.index->keys;
    index = context.edit.Put(std::move(copy));
    const ObjectRef self{ObjectClass::kRelation, index};
    context.edit.Depend(self, {ObjectClass::kRelation, partition}, DependencyKind::kAuto);
    for (const IndexKey& key : keys) {
      if (key.column != 0)
        context.edit.Depend(self, {ObjectClass::kRelation, partition, key.column},
                            DependencyKind::kAuto);
    }
    if (parent.index->constraint != 0) MirrorConstraint(context, parent, index, partition);
  }
  AdoptIndex(context, parent_index, index);
  for (Oid child : context.catalog.ChildrenOf(partition)) {
    if (context.catalog.relation(child)->is_partition) MirrorIndex(context, index, child);
  }
}

Oid MakeIndex(Context& context, const IndexRequest& request) {
  return Builder(context, request).Build();
}

}  // namespace strata::catalog
