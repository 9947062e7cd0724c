// What looks like a rename: something that is gone beside something new of the same kind that is
// much like it. Nobody but a person knows, so each is asked.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "diff/schema.h"
#include "diff/sqlite/model.h"

namespace strata::diff {

// As much of an object as it takes to see that two are alike.
struct Shape {
  std::string kind;    // as Rename has it
  std::string schema;  // "public" is ""
  std::string name;
  // A table's columns with their types; an enum's labels.
  std::vector<std::pair<std::string, std::string>> parts;
};
std::vector<Shape> ShapesOf(const catalog::Catalog& catalog);
// With partitions, indexes, sequences and all types: everything that --rename may name.
std::vector<Shape> EveryShapeOf(const catalog::Catalog& catalog);
std::vector<Shape> ShapesOf(const SqliteModel& model);

// Whether the old one, which is gone, is the new one. Called for each likely pair, the likeliest
// first, until the answer is yes.
using IsRename = std::function<bool(const Rename&)>;

// `known` and what the answers add to it.
std::vector<Rename> AskRenames(std::vector<Shape> from, const std::vector<Shape>& to,
                               std::vector<Rename> known, const IsRename& ask);

// "--rename users.mail=email"
std::string AsOption(const Rename& rename);

// "column users.email is new, and users.mail is gone"
std::string InWords(const Rename& rename);

}  // namespace strata::diff
