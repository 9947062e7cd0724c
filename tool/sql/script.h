// What running a script needs to know of its statements, read from the parse tree.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "migration/directive.h"
#include "sql/parse.h"
#include "strata/migration_set.h"

namespace strata::sql {

// What PostgreSQL calls a statement that it refuses inside a transaction block ("CREATE INDEX
// CONCURRENTLY", "VACUUM"), or "" for any other. Source: the callers of PreventInTransactionBlock
// in PostgreSQL 15.
std::string OutsideTransactionName(const Node* statement);

// Fills `script`'s statements, flags and transactional from `parsed` and `directives`, and appends
// syntax errors, transaction control and mixed files as diagnostics (rule, message, help and span
// only). Of a statement that a newer-syntax directive vouches for, `unread` is
// set instead of its error.
void AnalyseScript(ParsedScript* parsed, const std::vector<Directive>& directives, bool is_verify,
                   Script* script, Diagnostics* diagnostics);

// The same for a script that runs on SQLite as written; statement boundaries by SQLite's own rules.
void AnalyseSqliteScript(bool is_verify, Script* script, Diagnostics* diagnostics);

}  // namespace strata::sql
