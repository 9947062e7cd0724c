// Down and then up again: what is rolled back goes up, and nothing else.
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "migrate/engine.h"

namespace strata {

absl::StatusOr<MigrateResult> Engine::Redo() {
  const PlanRequest down = Request(true);
  ASSIGN_OR_RETURN(const Plan plan, ReadAndPlan(down));
  for (const Step& step : plan.steps) {
    if (step.migration != nullptr) continue;
    return absl::FailedPreconditionError(
        absl::StrCat(step.label, " cannot be redone: its file is missing"));
  }
  if (plan.steps.empty()) {  // not planned again: a roll-back alone is no redo
    Finish(result_);
    return result_;
  }
  if (options_.dry_run) return DryRedo(down);
  PlanRequest up = Request(false);
  up.target = plan.steps.front().version;
  up.steps.reset();
  up.allow_out_of_order = true;  // what was left out before stays out
  std::set<std::uint64_t> pending;
  for (const Migration& migration : set_.migrations) {
    if (FindRow(history_, migration.version) == nullptr) pending.insert(migration.version);
  }
  absl::StatusOr<MigrateResult> rolled_back = Run(down);
  if (!rolled_back.ok()) return rolled_back;
  redoing_ = true;
  return Run(up, std::move(pending));
}

absl::StatusOr<MigrateResult> Engine::DryRedo(const PlanRequest& down) {
  ASSIGN_OR_RETURN(MigrateResult result, Run(down));
  const std::size_t count = result.changes.size();
  for (std::size_t i = count; i > 0; --i) {
    result.changes.push_back(result.changes[i - 1]);
    result.changes.back().down = false;
  }
  return result;
}

}  // namespace strata
