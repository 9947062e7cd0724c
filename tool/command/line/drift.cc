#include "command/line/drift.h"

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

}  // namespace

absl::StatusOr<diff::Steps> DriftOf(Context& context) {
  ASSIGN_OR_RETURN(const StatusReport status,
                   Status(*context.set, context.url, RunOptions(context)));
  if (context.set->dialect == Dialect::kSqlite) return SqliteDrift(context, status.current);
  const catalog::Catalog expected = status.current ? diff::CatalogOf(*context.set, *status.current)
                                                   : diff::CatalogOf(*context.set);
  std::vector<std::string> left_out;
  ASSIGN_OR_RETURN(const catalog::Catalog live,
                   LiveCatalog(context, context.url, &expected, &left_out));
  const bool untouched =
      !status.current && diff::StepsBetween(catalog::Catalog(), live).differences.empty();
  diff::Steps steps =
      untouched ? diff::Steps() : diff::StepsBetween(live, expected, &expected.session);
  steps.left_out = std::move(left_out);
  return steps;
}

}  // namespace strata
