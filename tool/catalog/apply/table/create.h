// CREATE TABLE, shared by tables and foreign tables; and what inheritance brings.
#pragma once

#include "catalog/apply/context.h"

namespace strata::catalog {

// Makes the table. `server`: of a foreign table.
void CreateTable(Context& context, const sql::CreateStmt& statement, RelationKind kind, Oid server);

// Whether a new relation of that name may be made in the schema; reports what is in the way.
// `if_not_exists`: an existing one is no fault (false all the same).
bool RelationNameIsFree(Context& context, Oid schema, const Name& name, bool if_not_exists);

// WITH (…), with PostgreSQL's word against a parameter it does not know.
std::map<std::string, std::string> ReadTableOptions(Context& context, std::size_t count,
                                                    sql::Node* const* options);

}  // namespace strata::catalog
