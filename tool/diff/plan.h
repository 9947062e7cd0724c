// Two catalogs -> the migration between them: files with their way back, proven on the catalog.
#pragma once

#include <string>
#include <vector>

#include "diff/op.h"
#include "diff/schema.h"

namespace strata::diff {

struct PlanOptions {
  bool online = true;  // forms that keep busy tables usable; else the plain ones, in one file
  bool down = true;    // the way back as well
  std::vector<Rename> renames;
};

// One migration. Several make a whole where a part has to run outside a transaction or after
// another's commit.
struct PlannedFile {
  std::string suffix;  // appended to the name: "", "_indexes", …
  std::string up, down;
  std::vector<std::string> warnings;  // sentences about what is destroyed or may fail
};

struct Plan {
  std::vector<PlannedFile> files;  // empty: nothing differs
  std::vector<Difference> differences;
  std::vector<Difference> unchecked;  // over names in doubt: left out
  std::string refusal;  // not empty: no sound migration was found; which statement or object is why
};

// Both ways are run on copies of the catalogs before they are returned: up on `from` gives `to`,
// each down gives back what was before its up.
Plan MakePlan(const Catalog& from, const Catalog& to, const PlanOptions& options);

// What differs, and the statements (each with its semicolon) that lead from `from` to `to`, in
// their plain form and unproven; empty where nothing differs.
struct Steps {
  std::vector<Difference> differences;
  std::vector<std::string> sql;  // beside `differences`: what undoes each; "" where another does
  std::string script;
  std::vector<Difference> unchecked;  // over names in doubt: nobody can say whether they are one
  std::vector<std::string> left_out;  // of a live database: what was not read
};
// `doubts`: the names in doubt; then `from` is of a live database, which prints its rules in its
// own words and does not tell of base types: what cannot be judged by them is unchecked. Null:
// none.
Steps StepsBetween(const Catalog& from, const Catalog& to,
                   const catalog::Session* doubts = nullptr);

// Statements that make the roles which the schema grants to, where they are missing.
std::string RolesFor(const Catalog& catalog);

// The whole schema as SQL, in the order of dependencies; deterministic, no dates, no versions.
// `left_out` takes the objects of which the catalog knows too little to print them.
std::string Dump(const Catalog& catalog, std::vector<std::string>* left_out = nullptr);

}  // namespace strata::diff
