// A schema as a picture: tables as boxes, foreign keys as lines, in SVG.
#pragma once

#include <string>

#include "catalog/catalog.h"

namespace strata::report {

// Returns the <svg> of every table and view of `catalog`, or "" where it has none. A table stands
// to the right of those it refers to. The same schema gives the same picture.
std::string SchemaDiagram(const catalog::Catalog& catalog);

}  // namespace strata::report
