// What falls when an object is dropped (PostgreSQL: dependency.c).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/apply/edit.h"

namespace strata::catalog {

// Why a drop is refused.
struct DropRefusal {
  std::string rule, message, help;
};

struct DropPlan {
  std::vector<ObjectRef> doomed;  // the wanted objects and all that falls with them
  std::optional<DropRefusal> refusal;
  std::vector<std::string> falling_names;  // of what only CASCADE would have dropped
};

// `cascade` false: refused where something that needs the objects is not part of them.
DropPlan PlanDrop(const Catalog& catalog, const std::vector<ObjectRef>& wanted, bool cascade);

// Takes everything in the plan away.
void Execute(Editor* edit, const DropPlan& plan);

}  // namespace strata::catalog
