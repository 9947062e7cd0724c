#include "catalog/analyze/extension_help.h"

#include "catalog/facts/facts.h"
#include "catalog/quote.h"

namespace strata::catalog {

std::string ExtensionHelp(ObjectClass cls, std::string_view name) {
  const std::string extension = facts::ExtensionWith(cls, name);
  if (extension.empty()) return "";
  return "extension \"" + extension + "\" brings it: write CREATE EXTENSION " +
         QuoteIdentifier(extension) + " before it";
}

}  // namespace strata::catalog
