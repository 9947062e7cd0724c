#include "command/line/drift.h"

#include <algorithm>

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

bool IsUtc(const std::string& zone) {
  return zone == "UTC" || zone == "Etc/UTC" || zone == "GMT" || zone == "Etc/UCT";
}

// A time in a migration that names no zone is in the database's, one that names it is a moment:
// what agrees in either reading is no drift.
void KeepShared(const diff::Steps& others, diff::Steps* steps) {
  diff::Steps kept;
  for (std::size_t i = 0; i < steps->differences.size(); ++i) {
    const std::string& object = steps->differences[i].object;
    const bool shared =
        std::any_of(others.differences.begin(), others.differences.end(),
                    [&](const diff::Difference& other) { return other.object == object; });
    if (!shared) continue;
    kept.differences.push_back(steps->differences[i]);
    kept.sql.push_back(steps->sql[i]);
    if (!steps->sql[i].empty()) kept.script += (kept.script.empty() ? "" : "\n") + steps->sql[i];
  }
  if (kept.differences.size() == steps->differences.size()) return;
  kept.unchecked = std::move(steps->unchecked);
  *steps = std::move(kept);
}

}  // namespace

absl::StatusOr<diff::Steps> DriftOf(Context& context) {
  ASSIGN_OR_RETURN(const StatusReport status,
                   Status(*context.set, context.url, RunOptions(context)));
  if (context.set->dialect == Dialect::kSqlite) return SqliteDrift(context, status.current);
  catalog::Catalog expected = status.current ? diff::CatalogOf(*context.set, *status.current)
                                             : diff::CatalogOf(*context.set);
  diff::IntrospectOptions options;
  options.expected = &expected;
  ASSIGN_OR_RETURN(const diff::LiveSchema live, ReadLive(context, context.url, options));
  SayLeftOut(context, live.left_out);
  ExpectHistorySchema(context, live.catalog, &expected);
  const bool untouched =
      !status.current && diff::StepsBetween(catalog::Catalog(), live.catalog).differences.empty();
  diff::Steps steps =
      untouched ? diff::Steps() : diff::StepsBetween(live.catalog, expected, &expected.session);
  if (!steps.differences.empty() && !IsUtc(live.zone)) {
    options.clock_times = true;
    ASSIGN_OR_RETURN(const diff::LiveSchema clock, ReadLive(context, context.url, options));
    KeepShared(diff::StepsBetween(clock.catalog, expected, &expected.session), &steps);
  }
  steps.left_out = live.left_out;
  return steps;
}

}  // namespace strata
