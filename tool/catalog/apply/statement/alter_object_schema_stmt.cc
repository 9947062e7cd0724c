// ALTER … SET SCHEMA
#include <utility>

#include "catalog/apply/object.h"
#include "catalog/apply/statement.h"
#include "catalog/apply/table/column.h"

namespace strata::catalog {
namespace {

// Moves the relation with its types, indexes, constraints' names and owned sequences.
void MoveRelation(Context& context, Oid oid, Oid schema) {
  const Relation* r = context.catalog.relation(oid);
  const ObjectRef self{ObjectClass::kRelation, oid};
  const Oid old = r->schema, row = r->row_type;
  std::vector<Oid> parts;
  for (const Relation* index : context.catalog.IndexesOf(oid)) parts.push_back(index->oid);
  for (const Relation* sequence : context.catalog.SequencesOf(oid)) parts.push_back(sequence->oid);
  context.edit.ChangeRelation(oid, [&](Relation* t) { t->schema = schema; });
  const Type* type = context.catalog.type(row);
  if (type != nullptr) {
    const Oid array = type->array;
    context.edit.ChangeType(row, [&](Type* t) { t->schema = schema; });
    context.edit.ChangeType(array, [&](Type* t) { t->schema = schema; });
  }
  const auto* needs = context.catalog.dependencies().Find(self);
  const ObjectRef from{ObjectClass::kSchema, old};
  bool on_schema = false;
  if (needs != nullptr) {
    for (const Dependency& d : *needs) on_schema |= d.on == from;
  }
  if (on_schema) {
    context.edit.ForgetNeed(self, from);
    context.edit.Depend(self, {ObjectClass::kSchema, schema});
  }
  for (Oid part : parts) MoveRelation(context, part, schema);
}

void MoveType(Context& context, Oid oid, Oid schema) {
  const Type* t = context.catalog.type(oid);
  const Oid array = t->array, relation = t->relation, old = t->schema;
  context.edit.ChangeType(oid, [&](Type* type) { type->schema = schema; });
  context.edit.ChangeType(array, [&](Type* type) { type->schema = schema; });
  if (relation != 0)
    context.edit.ChangeRelation(relation, [&](Relation* r) { r->schema = schema; });
  context.edit.ForgetNeed({ObjectClass::kType, oid}, {ObjectClass::kSchema, old});
  context.edit.Depend({ObjectClass::kType, oid}, {ObjectClass::kSchema, schema});
}

// Where an object is to go; `at`: its name in the statement.
struct Destination {
  Oid schema = 0;
  Span at;
};

void ReportTaken(Context& context, const Destination& to, std::string_view rule,
                 const std::string& what) {
  context.Report(
      rule, what + " already exists in schema \"" + context.catalog.schema(to.schema)->name + "\"",
      to.at);
}

void CheckAndMoveRelation(Context& context, Oid oid, const Destination& to) {
  const Relation* r = context.catalog.relation(oid);
  if (r->schema == to.schema) return;
  if (r->sequence && r->sequence->owned_by.oid != 0) {
    return context.Report("feature-not-supported",
                          "cannot move an owned sequence into another schema", to.at);
  }
  if (r->index) {
    return context.Report("wrong-object-type", "cannot change schema of index \"" + r->name + "\"",
                          to.at, "change the schema of the table instead");
  }
  if (context.catalog.RelationNameUsed(to.schema, r->name))
    return ReportTaken(context, to, "duplicate-table", "relation \"" + r->name + "\"");
  MoveRelation(context, oid, to.schema);
}

void CheckAndMoveType(Context& context, Oid oid, const Destination& to) {
  const Type* t = context.catalog.type(oid);
  if (t->schema == to.schema) return;
  if (context.catalog.TypeNameUsed(to.schema, t->name))
    return ReportTaken(context, to, "duplicate-object", "type \"" + t->name + "\"");
  MoveType(context, oid, to.schema);
}

// Whether a function of the same name and inputs stands there.
bool IsTaken(Context& context, const Function& f, const Destination& to) {
  const std::string schema = context.catalog.schema(to.schema)->name;
  for (const Function* other : context.catalog.FindFunctions(schema, f.name)) {
    if (other->inputs == f.inputs) return true;
  }
  return false;
}

template <typename T>
Oid PutInto(Context& context, T object, Oid schema) {
  const Oid old = std::exchange(object.schema, schema);
  context.edit.Put(std::move(object));
  return old;
}

// Moves an object without parts of its own and returns the schema that it leaves (0: it had none).
Oid MoveAlone(Context& context, ObjectRef object, Oid schema) {
  switch (object.cls) {
    case ObjectClass::kFunction: {
      const Oid old = context.catalog.function(object.oid)->schema;
      context.edit.ChangeFunction(object.oid, [&](Function* f) { f->schema = schema; });
      return old;
    }
    case ObjectClass::kExtension:
      return PutInto(context, *context.catalog.extension(object.oid), schema);
    case ObjectClass::kOperator:
      return PutInto(context, *context.catalog.operator_(object.oid), schema);
    case ObjectClass::kOperatorClass:
      return PutInto(context, *context.catalog.operator_class(object.oid), schema);
    default: {
      const NamedObject* n = context.catalog.named(object.oid);
      if (n == nullptr) return 0;
      const Oid old = n->schema;
      context.edit.ChangeNamed(object.oid, [&](NamedObject* named) { named->schema = schema; });
      return old;
    }
  }
}

void MoveMembers(Context& context, ObjectRef extension, Oid schema) {
  std::vector<ObjectRef> members;
  for (const DependentKey& d : context.catalog.DependentsOf(extension)) {
    if (d.kind == DependencyKind::kExtension) members.push_back(d.dependent);
  }
  for (const ObjectRef& member : members) {
    const ObjectClass cls = member.cls;
    if (cls == ObjectClass::kRelation) MoveRelation(context, member.oid, schema);
    if (cls == ObjectClass::kType) MoveType(context, member.oid, schema);
    const bool alone = cls == ObjectClass::kFunction || cls == ObjectClass::kOperator ||
                       cls == ObjectClass::kOperatorClass;
    if (alone) MoveAlone(context, member, schema);
  }
}

void Move(Context& context, ObjectRef object, const Destination& to) {
  if (object.cls == ObjectClass::kRelation) return CheckAndMoveRelation(context, object.oid, to);
  if (object.cls == ObjectClass::kType) return CheckAndMoveType(context, object.oid, to);
  if (object.cls == ObjectClass::kFunction) {
    const Function& f = *context.catalog.function(object.oid);
    if (f.schema == to.schema) return;
    if (IsTaken(context, f, to)) {
      return ReportTaken(context, to, "duplicate-function",
                         "function " + context.catalog.Signature(f));
    }
  }
  const Oid old = MoveAlone(context, object, to.schema);
  if (object.cls == ObjectClass::kExtension) MoveMembers(context, object, to.schema);
  context.edit.ForgetNeed(object, {ObjectClass::kSchema, old});
  context.edit.Depend(object, {ObjectClass::kSchema, to.schema});
}

}  // namespace

void ApplyStatement(Context& context, const sql::AlterObjectSchemaStmt& statement) {
  FoundObject found;
  if (statement.relation != nullptr) {
    const Name name = context.NameOf(*statement.relation);
    const Relation* r = context.NeedRelation(name, "relation", statement.missing_ok);
    if (r == nullptr) return;
    found.object = {ObjectClass::kRelation, r->oid};
    found.at = name.at;
    const bool any = statement.object_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;
    if (!any && !IsOfKind(*r, statement.object_type)) {
      return ReportWrongKind(context, *r, statement.object_type, name.at, false);
    }
  } else {
    found = FindObject(context, statement.object_type, statement.object, statement.missing_ok);
    if (!found.known) return;
  }
  const Schema* schema =
      context.NeedSchema(statement.newschema, context.Find(statement.newschema, found.at.end));
  if (schema != nullptr) Move(context, found.object, {schema->oid, found.at});
}

}  // namespace strata::catalog
