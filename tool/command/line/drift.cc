#include "command/line/drift.h"

#include "command/line/live_schema.h"
#include "command/line/running.h"
#include "diff/run.h"

namespace strata {

absl::StatusOr<diff::Steps> DriftOf(Context& context) {
  ASSIGN_OR_RETURN(const StatusReport status,
                   Status(*context.set, context.url, RunOptions(context)));
  const catalog::Catalog expected = status.current ? diff::CatalogOf(*context.set, *status.current)
                                                   : diff::CatalogOf(*context.set);
  ASSIGN_OR_RETURN(const catalog::Catalog live, LiveCatalog(context, context.url, &expected));
  const bool untouched =
      !status.current && diff::StepsBetween(catalog::Catalog(), live).differences.empty();
  return untouched ? diff::Steps() : diff::StepsBetween(live, expected, &expected.session);
}

}  // namespace strata
