#include "lint/match.h"
#include "sql/token.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const AlterCommand& c :
       AlterCommands(step.tree, PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition)) {
    const auto* partition = As<sql::PartitionCmd>(c.command->def);
    if (partition == nullptr || partition->concurrent || !step.InProduction(c.statement->relation))
      continue;
    const catalog::Relation* parent = step.Find(c.statement->relation);
    Found& found =
        report->Add(HeadOf(step.text, step.span()),
                    "DETACH PARTITION waits for every query on table \"" +
                        NameOf(c.statement->relation) + "\", and all others wait behind it");
    if (parent != nullptr) found.about = parent->oid;
    Fix fix;
    fix.edits = {{{step.span().end, step.span().end}, " CONCURRENTLY"}};
    fix.no_transaction = true;
    found.fix = std::move(fix);
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_detach_partition;
const Rule kRule_detach_partition = {
    .name = "detach-partition",
    .family = RuleFamily::kLocks,
    .summary = "a partition is detached without CONCURRENTLY",
    .why = "DETACH needs ACCESS EXCLUSIVE on the parent: every query of every partition waits.",
    .blocks =
        "reads and writes of the partitioned table, from when it begins to wait until it is done",
    .help = "use DETACH PARTITION … CONCURRENTLY in a migration of its own",
    .bad = "ALTER TABLE events DETACH PARTITION events_2020;",
    .good = "ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY;",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html",
    .squawk = "require-concurrent-partition-detach",
    .step = lint::Check,
};

}  // namespace strata
