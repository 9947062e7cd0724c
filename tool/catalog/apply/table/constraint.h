// Constraints of tables, as CREATE TABLE and ALTER TABLE ADD CONSTRAINT make them.
#pragma once

#include <string>
#include <vector>

#include "catalog/apply/context.h"
#include "catalog/apply/table/column.h"

namespace strata::catalog {

// Adds CHECKs, then keys and exclusions (the primary key first), then foreign keys: the order in
// which PostgreSQL makes them and so chooses their names.
void AddConstraints(Context& context, Oid table, const std::vector<ConstraintRequest>& requests,
                    bool in_create);

void AddCheck(Context& context, Oid table, const ConstraintRequest& request);
void AddKey(Context& context, Oid table, const ConstraintRequest& request);
void AddForeignKey(Context& context, Oid table, const ConstraintRequest& request);

// Whether the relation or domain already has a constraint of that name; reports it.
bool ConstraintNameIsFree(Context& context, Oid relation, const std::string& name, Span at);

// Puts a CHECK on the children of the table as well.
void InheritCheck(Context& context, const Constraint& check, Oid child);

// Makes a constraint of the index that stands, named as asked.
void AddConstraintFromIndex(Context& context, Oid table, const sql::Constraint& node);

// Copies a partitioned table's foreign keys to a partition.
void MirrorForeignKeys(Context& context, Oid parent, Oid partition);

}  // namespace strata::catalog
