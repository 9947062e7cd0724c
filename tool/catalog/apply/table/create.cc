#include "catalog/apply/table/create.h"

#include <algorithm>

#include "catalog/analyze/canonical.h"
#include "catalog/analyze/types.h"
#include "catalog/apply/doubt.h"
#include "catalog/apply/names.h"
#include "catalog/apply/table/column.h"
#include "catalog/apply/table/constraint.h"
#include "catalog/apply/table/index.h"
#include "catalog/apply/table/like.h"
#include "catalog/apply/table/partition.h"
#include "catalog/quote.h"
#include "sql/parse.h"

namespace strata::catalog {

namespace {

// What may be gone is gone where its name is taken anew, and what needed it too; with IF NOT EXISTS
// either of the two is there now. Returns whether the name is free.
bool GiveWay(Context& context, const Relation& old, bool if_not_exists) {
  const Oid oid = old.oid;
  if (!if_not_exists) {
    Execute(&context.edit,
            PlanDrop(context.catalog, {{ObjectClass::kRelation, oid}}, /*cascade=*/true));
    return true;
  }
  context.edit.ChangeRelation(oid, [](Relation* r) { r->complete = false; });
  return false;
}

}  // namespace

bool RelationNameIsFree(Context& context, Oid schema, const Name& name, bool if_not_exists) {
  const std::string chosen = Truncated(name.name);
  if (!context.catalog.RelationNameUsed(schema, chosen)) return true;
  const Relation* old = context.catalog.FindRelation(context.catalog.schema(schema)->name, chosen);
  if (old != nullptr && InDoubt(context.catalog.session, {"relation", chosen}))
    return GiveWay(context, *old, if_not_exists);
  if (!if_not_exists) {
    context.Report("duplicate-table", "relation \"" + Truncated(name.name) + "\" already exists",
                   name.at);
  }
  return false;
}

std::map<std::string, std::string> ReadTableOptions(Context& context, std::size_t count,
                                                    sql::Node* const* nodes) {
  std::map<std::string, std::string> options;
  for (const sql::Node* n : sql::Each(count, nodes)) {
    const auto* o = sql::As<sql::DefElem>(n);
    if (o == nullptr) continue;
    const std::string space = o->defnamespace == nullptr || o->defnamespace[0] == '\0'
                                  ? ""
                                  : std::string(o->defnamespace) + ".";
    const std::string name = o->defname;
    if (space.empty() && name == "oids") {
      if (OptionIsTrue(o->arg)) {
        context.Report("feature-not-supported", "tables declared WITH OIDS are not supported",
                       context.At(o->location));
      }
      continue;
    }
    static constexpr std::string_view kOthers[] = {"fillfactor",
                                                   "toast_tuple_target",
                                                   "parallel_workers",
                                                   "user_catalog_table",
                                                   "vacuum_index_cleanup",
                                                   "vacuum_truncate",
                                                   "log_autovacuum_min_duration",
                                                   "security_barrier",
                                                   "security_invoker",
                                                   "check_option"};
    const bool known = name.starts_with("autovacuum_") ||
                       std::find(std::begin(kOthers), std::end(kOthers), name) != std::end(kOthers);
    if (!known) {
      context.Report("invalid-parameter-value", "unrecognized parameter \"" + name + "\"",
                     context.At(o->location));
      continue;
    }
    options[space + name] = o->arg == nullptr ? "true" : OptionText(o->arg);
  }
  return options;
}

namespace {

class Creator {
 public:
  Creator(Context& context, const sql::CreateStmt& statement, RelationKind kind, Oid server)
      : context_(context), statement_(statement), name_(context.NameOf(*statement.relation)) {
    table_.kind = kind;
    table_.server = server;
  }

  void Create() {
    const Oid schema = context_.NeedCreationSchema(name_, statement_.relation);
    if (schema == 0) {
      context_.Doubt(name_.name);
      return;
    }
    if (!RelationNameIsFree(context_, schema, name_, statement_.if_not_exists)) return;
    table_.schema = schema;
    table_.name = Truncated(name_.name);
    TypeNameIsFree(context_, schema, table_.name, name_.at);
    ReadProperties();
    ReadParents();
    for (const sql::Node* n : sql::Each(statement_.n_table_elts, statement_.table_elts))
      ReadElement(n);
    for (const sql::Node* n : sql::Each(statement_.n_constraints, statement_.constraints)) {
      if (const auto* c = sql::As<sql::Constraint>(n)) constraints_.push_back({c, ""});
    }
    if (statement_.of_typename != nullptr) ReadOfType();
    const Oid oid = context_.edit.Put(table_);
    Enter(oid);
    for (const auto& [number, request] : requests_) FinishColumn(context_, oid, number, request);
    ReadPartitionKey(oid);
    InheritChecks(oid);
    for (const LikeSource& like : likes_) CopyChecks(context_, like, oid);
    for (const LikeSource& like : likes_) CopyTheRest(context_, like, oid);
    AddConstraints(context_, oid, constraints_, true);
    if (table_.is_partition) AttachPartition(context_, table_.parents[0], oid);
  }

 private:
  void ReadProperties() {
    const char* persistence = statement_.relation->relpersistence;
    if (persistence != nullptr && persistence[0] != '\0') table_.persistence = persistence[0];
    if (table_.schema == kTemporarySchema) table_.persistence = 't';
    table_.owner = context_.catalog.session.role;
    table_.options = ReadTableOptions(context_, statement_.n_options, statement_.options);
    if (statement_.access_method != nullptr && statement_.access_method[0] != '\0') {
      table_.access_method = statement_.access_method;
      if (context_.catalog.FindNamed(ObjectClass::kAccessMethod, "", table_.access_method) ==
          nullptr) {
        context_.Report("undefined-object",
                        "access method \"" + table_.access_method + "\" does not exist",
                        context_.Find(table_.access_method));
      }
    }
    if (statement_.tablespacename != nullptr && statement_.tablespacename[0] != '\0') {
      table_.tablespace = statement_.tablespacename;
      if (context_.catalog.FindNamed(ObjectClass::kTablespace, "", table_.tablespace) == nullptr) {
        context_.Report("undefined-object",
                        "tablespace \"" + table_.tablespace + "\" does not exist",
                        context_.Find(table_.tablespace));
      }
    }
    if (table_.access_method == "heap") table_.access_method.clear();
    if (table_.tablespace == "pg_default") table_.tablespace.clear();
    if (statement_.partspec != nullptr) table_.kind = RelationKind::kPartitionedTable;
  }

  // --- inheritance and partitions ---

  void ReadParents() {
    const bool partition = statement_.partbound != nullptr;
    for (const sql::Node* n : sql::Each(statement_.n_inh_relations, statement_.inh_relations)) {
      const auto* range = sql::As<sql::RangeVar>(n);
      if (range == nullptr) continue;
      const Relation* parent = context_.NeedRelation(context_.NameOf(*range));
      if (parent == nullptr) {
        table_.complete = false;
        continue;
      }
      const std::string quoted = "\"" + parent->name + "\"";
      const bool is_table = parent->kind == RelationKind::kTable ||
                            parent->kind == RelationKind::kPartitionedTable ||
                            parent->kind == RelationKind::kForeignTable;
      if (!is_table) {
        context_.Report("wrong-object-type",
                        "inherited relation " + quoted + " is not a table or foreign table",
                        context_.At(range->location));
        continue;
      }
      if (partition && parent->kind != RelationKind::kPartitionedTable) {
        context_.Report("invalid-object-definition", quoted + " is not partitioned",
                        context_.At(range->location));
        continue;
      }
      if (!partition && parent->kind == RelationKind::kPartitionedTable) {
        context_.Report("wrong-object-type", "cannot inherit from partitioned table " + quoted,
                        context_.At(range->location));
        continue;
      }
      if (parent->persistence == 't' && table_.persistence != 't') {
        context_.Report("wrong-object-type",
                        (partition ? "cannot create a permanent relation as partition of temporary "
                                     "relation "
                                   : "cannot inherit from temporary relation ") +
                            quoted,
                        context_.At(range->location));
        continue;
      }
      table_.parents.push_back(parent->oid);
      if (!parent->complete) table_.complete = false;
      for (const Column& c : parent->columns) Inherit(c);
      if (partition) {
        table_.is_partition = true;
        table_.partition_bound = ReadBound(context_, *parent, table_.name, *statement_.partbound);
      }
    }
  }

  void Inherit(const Column& from) {
    if (Column* own = OwnColumn(from.name)) {
      ++own->inherited;
      own->not_null |= from.not_null;
      return;
    }
    Column column = from;
    column.number = ++table_.last_number;
    column.local = false;
    column.inherited = 1;
    column.identity = 0;
    inherited_defaults_.push_back({column.number, from.default_value, from.generated});
    column.default_value = nullptr;
    table_.columns.push_back(std::move(column));
  }

  void InheritChecks(Oid oid) {
    for (const auto& [number, value, generated] : inherited_defaults_) {
      const Column* column = context_.catalog.relation(oid)->FindColumn(number);
      if (value == nullptr || column->default_value != nullptr) continue;
      context_.edit.ChangeColumn(oid, number, [&](Column* c) { c->default_value = value; });
      const ObjectRef self{ObjectClass::kDefault, oid, number};
      context_.edit.Depend(self, {ObjectClass::kRelation, oid, number}, DependencyKind::kAuto);
      std::vector<ObjectRef> needs = ReferencesOf(*value);
      std::erase_if(needs, [](const ObjectRef& r) {
        return r.cls == ObjectClass::kRelation && r.column != 0;
      });
      context_.edit.Depend(self, needs);
    }
    for (Oid parent : table_.parents) {
      std::vector<Constraint> checks;
      for (const Constraint* c : context_.catalog.ConstraintsOf(parent)) {
        if (c->kind == ConstraintKind::kCheck && !c->no_inherit) checks.push_back(*c);
      }
      for (const Constraint& c : checks) InheritCheck(context_, c, oid);
    }
  }

  // --- elements ---

  void ReadElement(const sql::Node* node) {
    if (const auto* definition = sql::As<sql::ColumnDef>(node)) {
      AddColumn(*definition);
    } else if (const auto* constraint = sql::As<sql::Constraint>(node)) {
      constraints_.push_back(
          {constraint, "", constraint->deferrable != 0, constraint->initdeferred != 0});
    } else if (const auto* like = sql::As<sql::TableLikeClause>(node)) {
      ReadLike(*like);
    }
  }

  void AddColumn(const sql::ColumnDef& definition) {
    ColumnRequest request = ReadColumn(context_, definition, table_.name);
    Column& column = request.column;
    const Span at = context_.At(definition.location);
    for (ConstraintRequest& c : request.constraints) constraints_.push_back(c);
    if (Column* own = OwnColumn(column.name)) {
      if (own->inherited > 0 && !own->local) return MergeColumn(own, request, at);
      context_.Report("duplicate-column", "column \"" + column.name + "\" specified more than once",
                      at);
      return;
    }
    if (IsSystemColumn(column.name)) {
      context_.Report("duplicate-column",
                      "column name \"" + column.name + "\" conflicts with a system column name",
                      at);
      return;
    }
    column.number = ++table_.last_number;
    table_.columns.push_back(column);
    requests_.emplace_back(column.number, std::move(request));
  }

  void MergeColumn(Column* own, ColumnRequest& request, Span at) {
    const Column& column = request.column;
    own->local = true;
    own->not_null |= column.not_null;
    own->identity = column.identity;
    const bool typed = column.type.type != 0 && own->type.type != 0 && !table_.is_partition;
    if (typed && !(column.type == own->type)) {
      context_.Report("datatype-mismatch", "column \"" + own->name + "\" has a type conflict", at,
                      context_.catalog.TypeName(own->type) + " versus " +
                          context_.catalog.TypeName(column.type));
    }
    request.column.number = own->number;
    requests_.emplace_back(own->number, request);
  }

  Column* OwnColumn(std::string_view name) {
    for (Column& own : table_.columns) {
      if (own.name == name) return &own;
    }
    return nullptr;
  }

  void ReadLike(const sql::TableLikeClause& clause) {
    const Relation* source = context_.NeedRelation(context_.NameOf(*clause.relation));
    if (source == nullptr) {
      table_.complete = false;
      return;
    }
    if (source->kind == RelationKind::kSequence || source->kind == RelationKind::kIndex) {
      context_.Report("wrong-object-type",
                      "relation \"" + source->name + "\" is invalid in LIKE clause",
                      context_.At(clause.relation->location));
      return;
    }
    LikeSource like{source->oid, clause.options, {}};
    table_.complete &= source->complete;
    for (const Column& from : source->columns) {
      Column* own = OwnColumn(from.name);
      if (own != nullptr && own->inherited > 0 && !own->local) {
        own->local = true;
        own->not_null |= from.not_null;
        like.numbers[from.number] = own->number;
        continue;
      }
      if (own != nullptr) {
        context_.Report("duplicate-column", "column \"" + from.name + "\" specified more than once",
                        context_.At(clause.relation->location));
        continue;
      }
      Column column = CopyColumn(from, clause.options);
      column.number = ++table_.last_number;
      like.numbers[from.number] = column.number;
      table_.columns.push_back(std::move(column));
    }
    likes_.push_back(std::move(like));
  }

  void ReadOfType() {
    const TypeRef ref =
        AnalyzeTypeName(context_.catalog, statement_.of_typename, context_.findings());
    const Type* type = context_.catalog.type(ref.type);
    const Relation* row = type == nullptr ? nullptr : context_.catalog.relation(type->relation);
    if (row == nullptr || row->kind != RelationKind::kCompositeType) {
      if (type != nullptr) {
        context_.Report("wrong-object-type",
                        "type " + context_.catalog.TypeName(ref) + " is not a composite type",
                        context_.At(statement_.of_typename->location));
      }
      table_.complete = false;
      return;
    }
    table_.of_type = ref.type;
    std::vector<Column> options = std::move(table_.columns);
    table_.columns.clear();
    table_.last_number = 0;
    for (const Column& from : row->columns) {
      Column column = from;
      column.number = ++table_.last_number;
      for (const Column& option : options) {
        if (option.name == column.name) column.not_null |= option.not_null;
      }
      table_.columns.push_back(std::move(column));
    }
    for (auto& [number, request] : requests_) {
      const Column* column = table_.FindColumn(request.column.name);
      if (column != nullptr) number = column->number;
    }
  }

  // --- entering ---

  void Enter(Oid oid) {
    const ObjectRef self{ObjectClass::kRelation, oid};
    context_.edit.Depend(self, {ObjectClass::kSchema, table_.schema});
    context_.edit.Depend(self, {ObjectClass::kType, table_.of_type});
    context_.edit.Depend(self, {ObjectClass::kForeignServer, table_.server});
    for (Oid parent : table_.parents) {
      context_.edit.Depend(self, {ObjectClass::kRelation, parent},
                           table_.is_partition ? DependencyKind::kAuto : DependencyKind::kNormal);
    }
    for (const Column& c : table_.columns) EnterColumn(context_, oid, c);
    for (const LikeSource& like : likes_) CopyDefaults(context_, like, oid);
    MakeRowType(context_, *context_.catalog.relation(oid));
  }

  void ReadPartitionKey(Oid oid) {
    if (statement_.partspec == nullptr) return;
    const Relation* table = context_.catalog.relation(oid);
    PartitionKey key;
    key.strategy = statement_.partspec->strategy;
    if (key.strategy != "list" && key.strategy != "range" && key.strategy != "hash") {
      context_.Report("invalid-parameter-value",
                      "unrecognized partitioning strategy \"" + key.strategy + "\"",
                      context_.At(statement_.partspec->location));
    }
    std::vector<ObjectRef> needs;
    for (const sql::Node* n :
         sql::Each(statement_.partspec->n_part_params, statement_.partspec->part_params)) {
      const auto* element = sql::As<sql::PartitionElem>(n);
      if (element == nullptr) continue;
      IndexKey k;
      if (element->name != nullptr && element->name[0] != '\0') {
        const Column* column = table->FindColumn(element->name);
        if (column == nullptr && table->complete) {
          context_.Report(
              "undefined-column",
              "column \"" + std::string(element->name) + "\" named in partition key does not exist",
              context_.At(element->location));
        }
        if (column != nullptr) k.column = column->number;
      } else {
        Scope scope;
        scope.place = ExprPlace::kPartitionKey;
        scope.relation = table;
        k.expression =
            AnalyzeExpression(context_.catalog, element->expr, scope, context_.findings());
        for (const ObjectRef& ref : ReferencesOf(*k.expression)) needs.push_back(ref);
      }
      key.keys.push_back(std::move(k));
    }
    context_.edit.ChangeRelation(oid, [&](Relation* r) { r->partition_key = key; });
    context_.edit.Depend({ObjectClass::kRelation, oid}, needs, oid);
  }

  Context& context_;
  const sql::CreateStmt& statement_;
  const Name name_;
  Relation table_;
  std::vector<std::pair<std::int16_t, ColumnRequest>> requests_;
  std::vector<ConstraintRequest> constraints_;
  std::vector<LikeSource> likes_;
  struct InheritedDefault {
    std::int16_t number;
    ExprPtr value;
    char generated;
  };
  std::vector<InheritedDefault> inherited_defaults_;
};

}  // namespace

void CreateTable(Context& context, const sql::CreateStmt& statement, RelationKind kind,
                 Oid server) {
  Creator(context, statement, kind, server).Create();
}

}  // namespace strata::catalog
