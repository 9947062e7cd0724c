// The lock table of a set: which statement locks what, as people, reviews and programs read it.
#pragma once

#include <string>
#include <vector>

#include "base/sources.h"
#include "lint/lint.h"

namespace strata::report {

// One line a lock, statements without locks left out; "" where there is none.
std::string LockTableText(const std::vector<lint::LockRow>& rows, const Sources& sources);

// A table for a pull request.
std::string LockTableMarkdown(const std::vector<lint::LockRow>& rows, const Sources& sources);

// A table of the report's page; "" where there is none.
std::string LockTableHtml(const std::vector<lint::LockRow>& rows, const Sources& sources);

// {"version":1,"locks":[{"file","line","statement","table","lock","blocks","work","grows",
// "in_transaction"}]}; "work" is "none", "scan" or "rewrite".
std::string LockTableJson(const std::vector<lint::LockRow>& rows, const Sources& sources);

}  // namespace strata::report
