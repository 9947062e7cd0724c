#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* create = As<sql::CreateFunctionStmt>(step.tree);
  if (create == nullptr || create->sql_body != nullptr) return;
  bool definer = false, path = false;
  for (const sql::Node* node : Each(create->n_options, create->options)) {
    const auto* option = As<sql::DefElem>(node);
    if (option == nullptr) continue;
    const std::string_view name = option->defname;
    if (name == "security") {
      const auto* boolean = As<sql::Boolean>(option->arg);
      const auto* integer = As<sql::Integer>(option->arg);
      definer =
          (boolean != nullptr && boolean->boolval) || (integer != nullptr && integer->ival != 0);
    }
    const auto* set = As<sql::VariableSetStmt>(option->arg);
    if (name == "set" && set != nullptr && std::string_view(set->name) == "search_path")
      path = true;
  }
  if (!definer || path) return;
  const std::string name = LastName(Each(create->n_funcname, create->funcname));
  report->Add(SpanOfName(step, name),
              "SECURITY DEFINER function \"" + name + "\" runs with its caller's search_path");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_security_definer_search_path;
const Rule kRule_security_definer_search_path = {
    .name = "security-definer-search-path",
    .family = RuleFamily::kRobustness,
    .summary = "a SECURITY DEFINER function without a search_path of its own",
    .why =
        "It runs with its owner's rights and looks names up where the caller says: whoever can "
        "create an object "
        "in an earlier schema has the function run it.",
    .help = "add SET search_path = pg_catalog, pg_temp (and the schemas it needs) to the function",
    .bad =
        "CREATE FUNCTION whoami() RETURNS text LANGUAGE sql SECURITY DEFINER AS $$ SELECT "
        "current_user $$;",
    .good =
        "CREATE FUNCTION whoami() RETURNS text LANGUAGE sql SECURITY DEFINER\n"
        "    SET search_path = pg_catalog, pg_temp AS $$ SELECT current_user $$;",
    .source =
        "https://www.postgresql.org/docs/15/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY",
    .step = lint::Check,
};

}  // namespace strata
