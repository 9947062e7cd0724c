// What RETURN may say in a PL/pgSQL body, by what its function returns.
#pragma once

#include "catalog/analyze/plpgsql.h"

namespace strata::catalog {

struct Returning {
  bool known = true;     // the type is
  bool set = false;      // SETOF, TABLE
  bool nothing = false;  // void, an event trigger, a DO block
  bool procedure = false;
  bool outputs = false;  // OUT, INOUT or TABLE parameters
};

// The first RETURN that PostgreSQL's compiler refuses (pl_gram.y: make_return_stmt,
// make_return_next_stmt, make_return_query_stmt).
PlpgsqlFault FindReturnFault(std::string_view body, const Returning& returning);

}  // namespace strata::catalog
