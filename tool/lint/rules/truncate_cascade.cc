#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* truncate = As<sql::TruncateStmt>(step.tree);
  if (truncate == nullptr || truncate->behavior != PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE) return;
  for (const sql::Node* node : Each(truncate->n_relations, truncate->relations)) {
    const auto* table = As<sql::RangeVar>(node);
    if (table == nullptr || !step.InProduction(table)) continue;
    std::vector<std::string> others;
    if (const catalog::Relation* relation = step.Find(table)) {
      for (const catalog::Constraint* key : step.before.ForeignKeysTo(relation->oid)) {
        const catalog::Relation* other = step.before.relation(key->relation);
        if (other != nullptr && other != relation) others.push_back(NameOf(step.before, *other));
      }
    }
    report->Add(SpanAt(step, table->location),
                "TRUNCATE … CASCADE empties table \"" + NameOf(table) +
                    "\" and every table that refers to it" +
                    (others.empty() ? "" : ": " + QuotedList(others)));
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_truncate_cascade;
const Rule kRule_truncate_cascade = {
    .name = "truncate-cascade",
    .family = RuleFamily::kDestructive,
    .summary = "TRUNCATE … CASCADE empties tables it does not name",
    .why =
        "Every table with a foreign key to the named one is emptied as well, and those that refer "
        "to them, "
        "whether or not their rows point anywhere.",
    .blocks = "reads and writes of all these tables",
    .help = "name the tables, or delete by a condition",
    .bad = "TRUNCATE users CASCADE;",
    .good = "TRUNCATE users, sessions;",
    .source = "https://www.postgresql.org/docs/15/sql-truncate.html",
    .squawk = "ban-truncate-cascade",
    .step = lint::Check,
};

}  // namespace strata
