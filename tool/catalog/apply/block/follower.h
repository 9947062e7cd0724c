// Following what a PL/pgSQL block does to the schema.
#pragma once

#include <string>

#include "catalog/apply/block/json.h"
#include "catalog/apply/block/text.h"
#include "catalog/apply/body.h"

namespace strata::catalog {

// How sure it is that a statement runs.
enum class Certainty {
  kRuns,
  kProbable,  // it runs, but perhaps not in these words
  kMayRun,
};

// Applies what the block certainly or probably does, and puts in doubt what it may do.
// `function`: the parser's tree, with the values of its parameters in `variables`.
void FollowBlock(Context& context, const BodyText& body, const Json& function, Variables variables,
                 Certainty certainty);

}  // namespace strata::catalog
