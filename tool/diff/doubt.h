// Which differences nobody can judge, because the set makes its schema in ways that cannot be
// followed.
#pragma once

#include <string_view>

#include "catalog/catalog.h"
#include "diff/op.h"

namespace strata::diff {

// In doubt where the script sets default privileges of a role by name: who may do what with objects
// made after it.
constexpr std::string_view kGrantedByDefault = "privileges:new";

// Where the body of a function or DO makes SQL up and runs it: remembers the words of its literals,
// and of what kind the objects are that statements made of them can reach.
void RememberWords(catalog::Session* session, std::string_view statement);

class Doubts {
 public:
  Doubts() = default;
  explicit Doubts(const catalog::Session& session);

  // The difference is over a name in doubt, or the object and what it is a part of are words in the
  // literals of a body that makes SQL up, and what stands there can reach such an object.
  bool Covers(const Difference& difference) const;
  bool Cover(const Op& op) const;

 private:
  catalog::Session named_;
};

}  // namespace strata::diff
