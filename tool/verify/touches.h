// Whether a statement had to do with an object.
#pragma once

#include "catalog/catalog.h"

namespace strata::verify {

// Whether `object` was made, changed or removed between two states that came from each other. Costs
// what looking it up costs.
bool Touches(const catalog::Catalog& earlier, const catalog::Catalog& later,
             catalog::ObjectRef object);

}  // namespace strata::verify
