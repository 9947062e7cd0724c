// `check --format json`: one object, the form in which other programs read a whole check.
#pragma once

#include <string>

#include "report/findings.h"
#include "verify/check.h"

namespace strata::report {

// Returns, in one line:
//
//   {"version": 1, "dialect": "postgres", "migrations": 12,
//    "statements": {"total": 40, "executed": 31, "modelled": 7, "skipped": 2},
//    "diagnostics": [{"file", "line", "column", "end_line", "end_column", "class", "severity",
//                     "rule", "message", "help", "migration", "direction"}, …],
//    "roundtrip": [{"migration", "result", "differences"}, …], "elapsed_ms": 12.3}
//
// Lines and columns count characters from 1; the end is exclusive. "migration" is null where a
// diagnostic is not about one.
std::string CheckJson(const verify::CheckResult& result, const std::vector<Finding>& findings,
                      Dialect dialect);

// "ok", "differs", "down-failed", "irreversible", "not-checked"
const char* RoundtripName(verify::RoundtripResult result);

}  // namespace strata::report
