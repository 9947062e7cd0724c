// DO: the static statements of its block are followed
#include "catalog/apply/body.h"
#include "catalog/apply/plpgsql.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::DoStmt& statement) {
  std::string language = "plpgsql", text;
  int location = -1;
  for (const sql::Node* n : sql::Each(statement.n_args, statement.args)) {
    const auto* o = sql::As<sql::DefElem>(n);
    if (o == nullptr) continue;
    if (std::string_view(o->defname) == "language") language = OptionText(o->arg);
    if (std::string_view(o->defname) == "as") text = OptionText(o->arg), location = o->location;
  }
  if (context.catalog.FindNamed(ObjectClass::kLanguage, "", language) == nullptr) {
    context.Report("undefined-object", "language \"" + language + "\" does not exist",
                   context.Find(language));
    return;
  }
  if (language == "sql" || language == "c" || language == "internal") {
    context.Report("feature-not-supported",
                   "language \"" + language + "\" does not support inline code execution",
                   context.Find(language), "write LANGUAGE plpgsql, or the statements as they are");
    return;
  }
  const BodyText body = LocateBody(context, text, location < 0 ? 0 : location);
  if (language != "plpgsql") return context.Skip("a DO block in " + language + " is not followed");
  ApplyBlock(context, body);
}

}  // namespace strata::catalog
