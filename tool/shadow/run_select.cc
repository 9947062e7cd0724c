// Statements that make rows out of a query: CREATE TABLE AS and its kin, and SELECT for its
// effects.
#include "catalog/analyze/analyze.h"
#include "shadow/world.h"

namespace strata::shadow {

using catalog::Query;
using catalog::Relation;

Outcome FillNew(World& world, const Relation& relation, const Query& query) {
  if (world.IsEmpty(query)) {
    world.Forget(relation.oid);
    return {};
  }
  Emitter emitter(*world.after, &world, true);
  const std::string select = emitter.WriteQuery(query);
  std::string columns, names, list;
  for (std::size_t i = 0; i < relation.columns.size(); ++i) {
    columns += (i > 0 ? ", " : "") + RowColumn(relation.columns[i].number);
    names += (i > 0 ? ", s" : "s") + std::to_string(i);
  }
  if (!emitter.ok() || relation.columns.size() != query.columns.size() || columns.empty()) {
    world.MarkUnknown(relation.oid);
    return World::NotExecuted(emitter.ok() ? "the columns of the query are not known"
                                           : emitter.failure());
  }
  const std::string filled =
      "WITH strata_source(" + names + ") AS (" + select + ") SELECT * FROM strata_source";
  if (const std::optional<SqliteError> error =
          world.Rebuild(*world.after, relation, columns, filled, {})) {
    return world.Decode(relation, *error);
  }
  return {};
}

namespace {

Outcome RunSelect(World& world, const Query& query) {
  bool sequences = false;
  for (const catalog::ObjectRef& reference : ReferencesOf(query)) {
    if (reference.cls != catalog::ObjectClass::kFunction) continue;
    const catalog::Function* function = world.after->function(reference.oid);
    sequences |= function != nullptr && (function->name == "setval" || function->name == "nextval");
  }
  if (!sequences || world.IsEmpty(query)) return {};
  Emitter emitter(*world.after, &world, true);
  const std::string select = emitter.WriteQuery(query);
  if (emitter.ok() && !world.db.Execute(select)) return {};
  world.MarkSequencesUnknown();
  return World::NotExecuted(emitter.ok() ? "a value is not known" : emitter.failure());
}

}  // namespace

Outcome RunQuery(World& world, const Query& query) {
  switch (query.kind) {
    case Query::Kind::kInsert:
      return RunInsert(world, query);
    case Query::Kind::kUpdate:
      return RunUpdate(world, query);
    case Query::Kind::kDelete:
      return RunDelete(world, query);
    case Query::Kind::kSelect:
    case Query::Kind::kValues:
    case Query::Kind::kSetOperation:
      return RunSelect(world, query);
    default:
      break;
  }
  if (query.target != 0) world.MarkUnknown(query.target);
  return World::NotExecuted("a statement of this kind is not run");
}

}  // namespace strata::shadow
