// ALTER … SET SCHEMA
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

void Move(Context& context, ObjectRef object, Oid schema, Span at) {
  const std::string schema_name = context.catalog.schema(schema)->name;
  auto taken = [&](std::string_view rule, const std::string& what) {
    context.Report(rule, what + " already exists in schema \"" + schema_name + "\"", at);
  };
  Oid old = 0;
  switch (object.cls) {
    case ObjectClass::kRelation: {
      const Relation* r = context.catalog.relation(object.oid);
      if (r->schema == schema) return;
      if (r->sequence && r->sequence->owned_by.oid != 0) {
        context.Report("feature-not-supported", "cannot move an owned sequence into another schema",
                       at);
        return;
      }
      if (r->index) {
        context.Report("wrong-object-type", "cannot change schema of index \"" + r->name + "\"", at,
                       "change the schema of the table instead");
        return;
      }
      if (context.catalog.RelationNameUsed(schema, r->name))
        return taken("duplicate-table", "relation \"" + r->name + "\"");
      return MoveRelation(context, object.oid, schema);
    }
    case ObjectClass::kType: {
      const Type* t = context.catalog.type(object.oid);
      if (t->schema == schema) return;
      if (context.catalog.TypeNameUsed(schema, t->name))
        return taken("duplicate-object", "type \"" + t->name + "\"");
      return MoveType(context, object.oid, schema);
    }
    case ObjectClass::kFunction: {
      const Function f = *context.catalog.function(object.oid);
      if (f.schema == schema) return;
      for (const Function* other : context.catalog.FindFunctions(schema_name, f.name)) {
        if (other->inputs == f.inputs)
          return taken("duplicate-function", "function " + context.catalog.Signature(f));
      }
      old = f.schema;
      context.edit.ChangeFunction(object.oid,
                                  [&](Function* function) { function->schema = schema; });
      break;
    }
    case ObjectClass::kExtension: {
      Extension e = *context.catalog.extension(object.oid);
      old = e.schema;
      e.schema = schema;
      context.edit.Put(std::move(e));
      std::vector<ObjectRef> members;
      for (const DependentKey& d : context.catalog.DependentsOf(object)) {
        if (d.kind == DependencyKind::kExtension) members.push_back(d.dependent);
      }
      for (const ObjectRef& member : members) {
        if (member.cls == ObjectClass::kRelation) MoveRelation(context, member.oid, schema);
        if (member.cls == ObjectClass::kType) MoveType(context, member.oid, schema);
        if (member.cls == ObjectClass::kFunction) {
          context.edit.ChangeFunction(member.oid,
                                      [&](Function* function) { function->schema = schema; });
        }
        if (member.cls == ObjectClass::kOperator) {
          Operator o = *context.catalog.operator_(member.oid);
          o.schema = schema;
          context.edit.Put(std::move(o));
        }
        if (member.cls == ObjectClass::kOperatorClass) {
          OperatorClass o = *context.catalog.operator_class(member.oid);
          o.schema = schema;
          context.edit.Put(std::move(o));
        }
      }
      break;
    }
    case ObjectClass::kOperator: {
      Operator o = *context.catalog.operator_(object.oid);
      old = o.schema;
      o.schema = schema;
      context.edit.Put(std::move(o));
      break;
    }
    case ObjectClass::kOperatorClass: {
      OperatorClass o = *context.catalog.operator_class(object.oid);
      old = o.schema;
      o.schema = schema;
      context.edit.Put(std::move(o));
      break;
    }
    default:
      if (const NamedObject* n = context.catalog.named(object.oid)) {
        old = n->schema;
        context.edit.ChangeNamed(object.oid, [&](NamedObject* named) { named->schema = schema; });
      }
  }
  context.edit.ForgetNeed(object, {ObjectClass::kSchema, old});
  context.edit.Depend(object, {ObjectClass::kSchema, schema});
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
  if (schema != nullptr) Move(context, found.object, schema->oid, found.at);
}

}  // namespace strata::catalog
