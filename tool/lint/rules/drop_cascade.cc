#include <set>

#include "lint/match.h"
#include "sql/token.h"

namespace strata {
namespace lint {
namespace {

// What production has and the statement takes without naming it.
std::vector<std::string> AlsoDropped(const Step& step, const std::set<std::string>& named) {
  std::vector<std::string> others;
  step.before.relations().ForEach([&](catalog::Oid oid, const auto& relation) {
    const bool counts = relation->kind != catalog::RelationKind::kIndex &&
                        relation->kind != catalog::RelationKind::kSequence &&
                        relation->kind != catalog::RelationKind::kPartitionedIndex &&
                        relation->kind != catalog::RelationKind::kCompositeType;
    if (counts && step.after.relation(oid) == nullptr && named.count(relation->name) == 0)
      others.push_back(relation->name);
  });
  step.before.constraints().ForEach([&](catalog::Oid oid, const auto& constraint) {
    const bool gone = step.after.constraint(oid) == nullptr &&
                      step.after.relation(constraint->relation) != nullptr;
    if (gone && constraint->kind == catalog::ConstraintKind::kForeignKey)
      others.push_back(constraint->name);
  });
  return others;
}

void Check(const Step& step, Report* report) {
  const auto* drop = As<sql::DropStmt>(step.tree);
  if (drop == nullptr || drop->behavior != PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE) return;
  std::set<std::string> named;
  for (const DroppedObject& object : DroppedObjects(drop)) named.insert(object.name);
  const std::vector<std::string> others = AlsoDropped(step, named);
  if (others.empty()) return;
  const auto keyword = sql::FindKeyword(step.text, step.span(), "cascade");
  report->Add(keyword.value_or(HeadOf(step.text, step.span())),
              "CASCADE also drops " + QuotedList(others));
}

}  // namespace
}  // namespace lint

extern const Rule kRule_drop_cascade;
const Rule kRule_drop_cascade = {
    .name = "drop-cascade",
    .family = RuleFamily::kRobustness,
    .summary = "DROP … CASCADE takes more than it names",
    .why =
        "Views, foreign keys and whatever else depends on the object go without being named; what "
        "that is "
        "differs where a database has more than the migrations made.",
    .help = "drop each of them by name, before",
    .bad = "DROP TABLE users CASCADE;",
    .good = "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;\nDROP TABLE users;",
    .source = "https://www.postgresql.org/docs/15/ddl-depend.html",
    .step = lint::Check,
};

}  // namespace strata
