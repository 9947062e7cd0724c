#include "shadow/world.h"

namespace strata::shadow {
namespace {

using catalog::Oid;
using catalog::Relation;

void ResetSequences(World& world, const Relation& relation) {
  for (const catalog::Column& column : relation.columns) {
    Oid sequence = 0;
    const auto identity =
        world.identities.find({catalog::ObjectClass::kRelation, relation.oid, column.number});
    if (identity != world.identities.end()) sequence = identity->second;
    const Relation* named = SequenceOfDefault(*world.after, column.default_value);
    if (sequence == 0 && named != nullptr) sequence = named->oid;
    const Relation* found = sequence == 0 ? nullptr : world.after->relation(sequence);
    if (found != nullptr && found->sequence)
      world.state.sequences.Set(sequence, {found->sequence->start, false, true});
  }
}

void Empty(World& world, const Relation& relation, bool cascade, bool restart,
           std::set<Oid>* done) {
  if (!done->insert(relation.oid).second) return;
  world.Forget(relation.oid);
  if (restart) ResetSequences(world, relation);
  for (const Oid child : world.after->ChildrenOf(relation.oid)) {
    if (const Relation* table = world.after->relation(child))
      Empty(world, *table, cascade, restart, done);
  }
  if (!cascade) return;
  for (const catalog::Constraint* key : world.after->ForeignKeysTo(relation.oid)) {
    if (const Relation* table = world.after->relation(key->relation))
      Empty(world, *table, cascade, restart, done);
  }
}

}  // namespace

Outcome RunTruncate(World& world, const sql::TruncateStmt& statement) {
  std::set<Oid> done;
  for (const sql::Node* node : sql::Each(statement.n_relations, statement.relations)) {
    const auto* var = sql::As<sql::RangeVar>(node);
    if (var == nullptr) continue;
    const Relation* relation = world.after->FindRelation(var->schemaname, var->relname);
    if (relation == nullptr) continue;
    const bool cascade = statement.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    std::set<std::int16_t> ignored;
    if (!FollowTriggers(world, *relation, "TRUNCATE", &ignored)) world.MarkAllUnknown();
    Empty(world, *relation, cascade, statement.restart_seqs, &done);
  }
  return {};
}

}  // namespace strata::shadow
