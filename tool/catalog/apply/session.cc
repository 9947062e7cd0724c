#include "catalog/apply/session.h"

#include <utility>

#include "catalog/apply/drop.h"

namespace strata::catalog {

void StartSession(Catalog* catalog) {
  const int transaction = catalog->session.transaction + 1;
  catalog->session = Session();
  catalog->session.transaction = transaction;

  std::vector<ObjectRef> temporary;
  for (const DependentKey& d : catalog->DependentsOf({ObjectClass::kSchema, kTemporarySchema})) {
    temporary.push_back(d.dependent);
  }
  if (temporary.empty()) return;
  Editor edit(catalog);
  Execute(&edit, PlanDrop(*catalog, temporary, /*cascade=*/true));
}

}  // namespace strata::catalog
