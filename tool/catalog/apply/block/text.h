// Text that a PL/pgSQL block puts together as it runs, as far as its making can be read.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "sql/tree.h"

namespace strata::catalog {

// What stands for a name that is not known; a part of a longer word where it is joined to others.
constexpr std::string_view kUnknownName = "strata_unknown";

class Text {
 public:
  Text() = default;  // the empty text
  explicit Text(std::string known);
  static Text Unknown();

  void Append(const Text& other);
  // As one identifier (%I), as one string literal (%L).
  Text AsName() const;
  Text AsLiteral() const;

  bool known() const { return known_; }
  // What is not known are string literals only (%L), NULL in text().
  bool names_known() const { return names_known_; }
  // The text was made from the catalog (pg_get_viewdef): its meaning is known, not its very words.
  bool derived() const { return derived_; }
  void set_derived() { derived_ = true; }
  // kUnknownName stands for each part that is not known.
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  bool known_ = true, names_known_ = true, derived_ = false;
};

// Values of variables; one that is not in it is not known. Fields of records as "r.field",
// parameters as "$1" too.
using Variables = std::map<std::string, Text>;

// The value of an expression as text.
Text Evaluate(const Catalog& catalog, const sql::Node* expression, const Variables& variables);
Text Evaluate(const Catalog& catalog, const std::string& expression, const Variables& variables);

// The values that an array expression, or a query of one column, gives one after the other. Returns
// false where they are not known; `field` is what the query calls its column.
bool EvaluateArray(const Catalog& catalog, const std::string& expression,
                   const Variables& variables, std::vector<Text>* values);
bool EvaluateRows(const Catalog& catalog, const std::string& query, const Variables& variables,
                  std::vector<Text>* values, std::string* field);

}  // namespace strata::catalog
