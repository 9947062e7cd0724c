// What Session::doubtful may hold. Something is in doubt where an earlier statement may have made
// or dropped it in a way that cannot be followed; nothing is said against it.
//
//   name        whatever has this name: an earlier statement failed over it
//   kind name   what is of this kind and has this name; * in it stands for any text
//   *           everything that statements made up as they run may make
//   extension * what an extension brings
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"

namespace strata::catalog {

// An extension whose contents are not known may have brought types, functions, operators and whole
// schemas, but no table or column of the migrations' own.
constexpr std::string_view kFromExtension = "extension *";

// A kind and a name, as messages put them.
struct Thing {
  std::string kind;         // as doubts have it: "table" also for foreign tables, "function", …
  std::string name;         // without its schema
  std::string schema = {};  // "": not given
};

// `constraint "c" of relation "t"` -> constraint c, relation t; `function f(integer)` -> function
// f.
std::vector<Thing> ThingsIn(std::string_view words);

// The doubts' word for a kind as SQL names it ("materialized view" -> "view").
std::string DoubtKind(std::string_view kind);

// "kind name"; every part of the name that is kUnknownName becomes *.
std::string DoubtKey(std::string_view kind, std::string_view name);

// Whether `text` is what `pattern` says, * standing for any text.
bool MatchesPattern(std::string_view pattern, std::string_view text);

bool InDoubt(const Session& session, const Thing& thing);
// The same for something of a kind that is not known.
bool NameInDoubt(const Session& session, const std::string& name);

}  // namespace strata::catalog
