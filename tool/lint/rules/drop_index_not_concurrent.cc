#include "lint/match.h"
#include "sql/token.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* drop = As<sql::DropStmt>(step.tree);
  if (drop == nullptr || drop->remove_type != PG_QUERY__OBJECT_TYPE__OBJECT_INDEX ||
      drop->concurrent)
    return;
  for (const DroppedObject& object : DroppedObjects(drop)) {
    const catalog::Relation* index = step.before.FindRelation(object.schema, object.name);
    if (index == nullptr ? drop->missing_ok : !step.InProduction(index)) continue;
    const catalog::Relation* table =
        index != nullptr && index->index ? step.before.relation(index->index->table) : nullptr;
    if (table != nullptr && !step.InProduction(table)) continue;
    const std::string where =
        table == nullptr ? "its table" : "table \"" + NameOf(step.before, *table) + "\"";
    Found& found =
        report->Add(SpanOfName(step, object.name), "DROP INDEX waits for every query on " + where +
                                                       ", and all others wait behind it");
    if (table != nullptr) found.about = table->oid;
    const auto keyword = sql::FindKeyword(step.text, step.span(), "index");
    if (!keyword || drop->n_objects != 1 || drop->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
      continue;
    Fix fix;
    fix.edits = {{{keyword->end, keyword->end}, " CONCURRENTLY"}};
    fix.no_transaction = true;
    found.fix = std::move(fix);
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_drop_index_not_concurrent;
const Rule kRule_drop_index_not_concurrent = {
    .name = "drop-index-not-concurrent",
    .family = RuleFamily::kLocks,
    .summary = "an index is dropped without CONCURRENTLY",
    .why =
        "DROP INDEX needs ACCESS EXCLUSIVE on the table: it waits for the longest query on it, and "
        "everybody "
        "who comes later waits behind.",
    .blocks = "reads and writes of the table, from when it begins to wait until it is done",
    .help = "use DROP INDEX CONCURRENTLY in a migration of its own",
    .bad = "DROP INDEX orders_user_id_idx;",
    .good = "DROP INDEX CONCURRENTLY orders_user_id_idx;",
    .source = "https://www.postgresql.org/docs/15/sql-dropindex.html",
    .squawk = "require-concurrent-index-deletion",
    .atlas = "PG102",
    .strong_migrations = "remove_index",
    .step = lint::Check,
};

}  // namespace strata
