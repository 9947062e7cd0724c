#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* vacuum = As<sql::VacuumStmt>(step.tree);
  const auto* cluster = As<sql::ClusterStmt>(step.tree);
  bool full = false;
  if (vacuum != nullptr) {
    for (const sql::Node* node : Each(vacuum->n_options, vacuum->options)) {
      const auto* option = As<sql::DefElem>(node);
      full = full || (option != nullptr && std::string_view(option->defname) == "full");
    }
  }
  if (!full && cluster == nullptr) return;
  if (cluster != nullptr && cluster->relation != nullptr && !step.InProduction(cluster->relation))
    return;
  report->Add(HeadOf(step.text, step.span()),
              std::string(full ? "VACUUM FULL" : "CLUSTER") +
                  " copies the whole table while nobody can use it");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_rewrite_command;
const Rule kRule_rewrite_command = {
    .name = "rewrite-command",
    .family = RuleFamily::kLocks,
    .summary = "VACUUM FULL or CLUSTER",
    .why =
        "The whole table and its indexes are copied under ACCESS EXCLUSIVE; the disk must hold "
        "both copies.",
    .blocks = "reads and writes of the table, for as long as it takes to write it",
    .help = "use plain VACUUM, or pg_repack outside the migrations",
    .bad = "VACUUM FULL events;",
    .good = "VACUUM events;",
    .source = "https://www.postgresql.org/docs/15/sql-vacuum.html",
    .squawk = "prefer-repack",
    .step = lint::Check,
};

}  // namespace strata
