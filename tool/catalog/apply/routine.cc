#include "catalog/apply/routine.h"

#include <algorithm>

namespace strata::catalog {
namespace {

// "" for a type that is what it says.
std::string PolymorphicName(const Catalog& catalog, Oid type) {
  const Type* t = catalog.type(type);
  const bool pseudo = t != nullptr && t->kind == TypeKind::kPseudo && t->oid < kFirstUserOid;
  return pseudo && t->name != "any" && t->name.starts_with("any") ? t->name : "";
}

// Ranges are told by ranges alone; the rest by any of the same family.
bool Tells(const std::string& argument, const std::string& result) {
  const auto compatible = [](const std::string& type) { return type.starts_with("anycompatible"); };
  const auto range = [](const std::string& type) { return type.ends_with("range"); };
  return !argument.empty() && compatible(argument) == compatible(result) &&
         (!range(result) || range(argument));
}

}  // namespace

std::string UndeterminedResult(const Catalog& catalog, const Function& function) {
  std::vector<Oid> outputs = {function.result.type};
  for (const FunctionArgument& a : function.arguments) {
    if (a.mode == 'o' || a.mode == 't') outputs.push_back(a.type.type);
  }
  for (const Oid output : outputs) {
    const std::string result = PolymorphicName(catalog, output);
    const bool told = std::any_of(function.inputs.begin(), function.inputs.end(), [&](Oid input) {
      return Tells(PolymorphicName(catalog, input), result);
    });
    if (!result.empty() && !told) return result;
  }
  return "";
}

bool IsForFunctionsAlone(std::string_view option) {
  return option == "strict" || option == "volatility" || option == "leakproof" ||
         option == "window" || option == "cost" || option == "rows" || option == "support" ||
         option == "parallel";
}

}  // namespace strata::catalog
