// Relations that a query makes: views, materialized views, CREATE TABLE AS.
#pragma once

#include "catalog/apply/context.h"

namespace strata::catalog {

// Columns of the result, renamed by `names` where given. Reports too many names
// (in the words of `too_many`) and repeats.
// `complete`: set to false where the result is not wholly known.
std::vector<Column> ColumnsOf(Context& context, const Query& query,
                              const std::vector<std::string>& names, std::string_view too_many,
                              Span at, bool* complete);

// Registers what a view needs: everything its query names.
void EnterQuery(Context& context, Oid relation, const Query& query);

// CREATE TABLE … AS and SELECT … INTO.
void CreateTableAs(Context& context, const sql::Node* query, const sql::IntoClause& into,
                   bool materialized, bool if_not_exists);

}  // namespace strata::catalog
