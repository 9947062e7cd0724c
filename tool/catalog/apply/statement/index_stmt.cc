// CREATE INDEX
#include "catalog/apply/names.h"
#include "catalog/apply/statement.h"
#include "catalog/apply/table/index.h"

namespace strata::catalog {
namespace {

bool CanBeIndexed(Context& context, const Relation& table, Span at) {
  const char* what = nullptr;
  switch (table.kind) {
    case RelationKind::kTable:
    case RelationKind::kPartitionedTable:
    case RelationKind::kMaterializedView:
      return true;
    case RelationKind::kView:
      what = "views";
      break;
    case RelationKind::kForeignTable:
      what = "foreign tables";
      break;
    case RelationKind::kSequence:
      what = "sequences";
      break;
    case RelationKind::kCompositeType:
      what = "composite types";
      break;
    default:
      what = "indexes";
      break;
  }
  context.Report("wrong-object-type", "cannot create index on relation \"" + table.name + "\"", at,
                 std::string("this operation is not supported for ") + what);
  return false;
}

IndexRequest ReadRequest(Context& context, const sql::IndexStmt& statement, Oid table) {
  IndexRequest request;
  request.table = table;
  request.at = context.At(statement.relation->location);
  request.name = statement.idxname == nullptr ? "" : statement.idxname;
  if (statement.access_method != nullptr && statement.access_method[0] != '\0')
    request.method = statement.access_method;
  if (request.method == "rtree") request.method = "gist";
  for (const sql::Node* n : sql::Each(statement.n_index_params, statement.index_params)) {
    if (const auto* e = sql::As<sql::IndexElem>(n)) request.keys.push_back({"", e});
  }
  for (const sql::Node* n :
       sql::Each(statement.n_index_including_params, statement.index_including_params)) {
    const auto* e = sql::As<sql::IndexElem>(n);
    if (e != nullptr && e->name != nullptr) request.included.emplace_back(e->name);
  }
  request.predicate = statement.where_clause;
  request.unique = statement.unique;
  request.nulls_not_distinct = statement.nulls_not_distinct;
  request.concurrent = statement.concurrent;
  request.n_options = statement.n_options;
  request.options = statement.options;
  if (statement.table_space != nullptr) request.tablespace = statement.table_space;
  return request;
}

}  // namespace

void ApplyStatement(Context& context, const sql::IndexStmt& statement) {
  if (statement.concurrent) context.OutsideTransaction("CREATE INDEX CONCURRENTLY");
  const Name name = context.NameOf(*statement.relation);
  const Relation* table = context.NeedRelation(name);
  if (table == nullptr) {
    if (statement.idxname != nullptr && statement.idxname[0] != '\0') {
      context.Doubt(statement.idxname);
    }
    return;
  }
  if (!CanBeIndexed(context, *table, name.at)) return;
  if (table->kind == RelationKind::kPartitionedTable && statement.concurrent) {
    context.Report("feature-not-supported",
                   "cannot create index on partitioned table \"" + table->name + "\" concurrently",
                   name.at);
  }
  IndexRequest request = ReadRequest(context, statement, table->oid);
  if (!request.name.empty() &&
      context.catalog.RelationNameUsed(table->schema, Truncated(request.name))) {
    if (!statement.if_not_exists) {
      context.Report("duplicate-table",
                     "relation \"" + Truncated(request.name) + "\" already exists",
                     context.Find(request.name));
    }
    return;
  }
  const Oid oid = table->oid;
  const Oid index = MakeIndex(context, request);
  if (!statement.relation->inh) return;
  for (Oid child : context.catalog.ChildrenOf(oid)) {
    if (context.catalog.relation(child)->is_partition) MirrorIndex(context, index, child);
  }
}

}  // namespace strata::catalog
