#include "catalog/apply/session.h"

#include <utility>

#include "catalog/apply/drop.h"

namespace strata::catalog {

void StartSession(Catalog* catalog) {
  Session session;
  session.transaction = catalog->session.transaction + 1;
  // What is in doubt is so in the database, whoever is connected to it.
  session.doubtful = std::move(catalog->session.doubtful);
  catalog->session = std::move(session);

  std::vector<ObjectRef> temporary;
  for (const DependentKey& d : catalog->DependentsOf({ObjectClass::kSchema, kTemporarySchema})) {
    temporary.push_back(d.dependent);
  }
  if (temporary.empty()) return;
  Editor edit(catalog);
  Execute(&edit, PlanDrop(*catalog, temporary, /*cascade=*/true));
}

}  // namespace strata::catalog
