#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

bool HasCheck(const Step& step, const catalog::Relation* table) {
  if (table == nullptr) return false;
  for (const catalog::Constraint* constraint : step.before.ConstraintsOf(table->oid)) {
    if (constraint->kind == catalog::ConstraintKind::kCheck && constraint->validated) return true;
  }
  return false;
}

void Check(const Step& step, Report* report) {
  for (const AlterCommand& c :
       AlterCommands(step.tree, PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition)) {
    const auto* partition = As<sql::PartitionCmd>(c.command->def);
    if (partition == nullptr || partition->name == nullptr || !step.InProduction(partition->name))
      continue;
    const catalog::Relation* table = step.Find(partition->name);
    if (HasCheck(step, table)) continue;
    Found& found = report->Add(SpanAt(step, partition->name->location),
                               "ATTACH PARTITION reads all of table \"" + NameOf(partition->name) +
                                   "\" to check it against its bounds");
    if (table != nullptr) found.about = table->oid;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_attach_partition;
const Rule kRule_attach_partition = {
    .name = "attach-partition",
    .family = RuleFamily::kLocks,
    .summary = "a table is attached as a partition without a CHECK that says its bounds",
    .why =
        "Every row is checked while nobody can use the new partition. A valid CHECK constraint "
        "with the "
        "bounds' condition spares the scan.",
    .blocks = "reads and writes of the new partition; writes that need the default partition",
    .help = "add a CHECK of the bounds NOT VALID, validate it, attach, then drop it",
    .bad =
        "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO "
        "('2027-01-01');",
    .good =
        "ALTER TABLE events_2026 ADD CONSTRAINT bounds\n"
        "    CHECK (at >= '2026-01-01' AND at < '2027-01-01') NOT VALID;\n"
        "-- next migrations: VALIDATE CONSTRAINT bounds, then ATTACH PARTITION",
    .source = "https://www.postgresql.org/docs/15/ddl-partitioning.html",
    .step = lint::Check,
};

}  // namespace strata
