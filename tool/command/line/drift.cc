#include "command/line/drift.h"

#include "catalog/quote.h"
#include "command/line/live_schema.h"
#include "command/line/running.h"
#include "diff/run.h"

namespace strata {

namespace {

absl::StatusOr<diff::Steps> SqliteDrift(Context& context, std::optional<std::uint64_t> current) {
  ASSIGN_OR_RETURN(const diff::SqliteModel live, LiveModel(context, context.url));
  if (!current && live.empty()) return diff::Steps();
  return diff::SqliteStepsBetween(live, diff::ModelOf(*context.set, current.value_or(UINT64_MAX)));
}

// Somebody made a schema for the history: it is no part of the set, and not to be dropped.
void ExpectHistorySchema(const Context& context, const catalog::Catalog& live,
                         catalog::Catalog* expected) {
  const std::string& table = context.settings.history_table;
  const std::string schema = table.substr(0, table.find('.'));
  if (schema == table || live.FindSchema(schema) == nullptr) return;
  if (expected->FindSchema(schema) == nullptr)
    diff::RunScript(expected, "CREATE SCHEMA " + catalog::QuoteIdentifier(schema));
}

}  // namespace

absl::StatusOr<diff::Steps> DriftOf(Context& context) {
  ASSIGN_OR_RETURN(const StatusReport status,
                   Status(*context.set, context.url, RunOptions(context)));
  if (context.set->dialect == Dialect::kSqlite) return SqliteDrift(context, status.current);
  catalog::Catalog expected = status.current ? diff::CatalogOf(*context.set, *status.current)
                                             : diff::CatalogOf(*context.set);
  std::vector<std::string> left_out;
  ASSIGN_OR_RETURN(const catalog::Catalog live,
                   LiveCatalog(context, context.url, &expected, &left_out));
  ExpectHistorySchema(context, live, &expected);
  const bool untouched =
      !status.current && diff::StepsBetween(catalog::Catalog(), live).differences.empty();
  diff::Steps steps =
      untouched ? diff::Steps() : diff::StepsBetween(live, expected, &expected.session);
  steps.left_out = std::move(left_out);
  return steps;
}

}  // namespace strata
