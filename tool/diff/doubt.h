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

// Remembers every word of a statement that makes SQL up and runs it.
void RememberWords(catalog::Session* session, std::string_view statement);

class Doubts {
 public:
  Doubts() = default;
  explicit Doubts(const catalog::Session& session);

  // The difference is over a name in doubt, or the object and what it is a part of are words of a
  // statement that makes SQL up.
  bool Covers(const Difference& difference) const;
  bool Cover(const Op& op) const;

 private:
  catalog::Session named_;
};

}  // namespace strata::diff
