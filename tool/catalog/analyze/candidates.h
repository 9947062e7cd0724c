// Which function or operator a call means: PostgreSQL's documentation, 10.2 and 10.3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"

namespace strata::catalog {

enum class Match { kFound, kCoercion, kMissing, kAmbiguous, kUncertain };

struct CallShape {
  std::vector<Oid> types;          // of the arguments, named ones last; 0: not known
  std::vector<std::string> names;  // of the last arguments, where they are named
  bool variadic = false;           // VARIADIC stands before the last one
};

struct FunctionMatch {
  Match match = Match::kMissing;
  const Function* function = nullptr;
  std::vector<Oid> declared;  // for each argument in the order given
  std::vector<int> position;  // which parameter each argument is
  bool expanded = false;      // the last arguments are gathered into the VARIADIC array
  Oid coercion = 0;           // kCoercion: the type that the "function" names
};
FunctionMatch MatchFunction(const Catalog& catalog, std::string_view schema, std::string_view name,
                            const CallShape& call);

struct OperatorMatch {
  Match match = Match::kMissing;
  const Operator* op = nullptr;
};
// `left` 0 with `prefix`: a prefix operator. kUnknown types are untyped literals.
OperatorMatch MatchOperator(const Catalog& catalog, std::string_view schema, std::string_view name,
                            bool prefix, Oid left, Oid right);

}  // namespace strata::catalog
