// SET, RESET
#include "catalog/apply/statement.h"
#include "catalog/facts/facts.h"

namespace strata::catalog {
namespace {

// Settings that the server takes but does not list in pg_settings.
bool IsHidden(std::string_view name) {
  return name == "default_with_oids" || name == "seed" || name == "is_superuser";
}

void SetSearchPath(Context& context, const sql::VariableSetStmt& statement) {
  std::vector<std::string> path;
  for (const sql::Node* n : sql::Each(statement.n_args, statement.args)) {
    const std::string name = OptionText(n);
    if (!name.empty() && name != "$user") path.push_back(name);
  }
  context.catalog.session.search_path = std::move(path);
}

}  // namespace

void ApplyStatement(Context& context, const sql::VariableSetStmt& statement) {
  Session& session = context.catalog.session;
  const std::string name = statement.name == nullptr ? "" : statement.name;
  const bool sets = statement.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE;
  if (statement.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL) {
    session.search_path = {"public"};
    return;
  }
  if (name == "search_path") {
    if (sets) return SetSearchPath(context, statement);
    session.search_path = {"public"};
  } else if (name == "role") {
    const std::string role =
        sets && statement.n_args > 0 ? OptionText(statement.args[0]) : "postgres";
    if (role == "none" || !sets) {
      session.role = "postgres";
    } else if (context.CheckRole(role, context.Find(role))) {
      session.role = role;
    }
  } else if (name == "session_authorization") {
    const std::string role =
        sets && statement.n_args > 0 ? OptionText(statement.args[0]) : "postgres";
    if (context.CheckRole(role, context.Find(role))) session.role = role;
  } else if (name == "check_function_bodies") {
    session.check_function_bodies =
        !sets || (statement.n_args > 0 && OptionIsTrue(statement.args[0]));
  } else if (!name.empty() && name.find('.') == std::string::npos && !facts::IsSetting(name) &&
             !IsHidden(name) && !name.starts_with("TRANSACTION") && !name.starts_with("SESSION")) {
    std::string folded = name;
    for (char& c : folded) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (facts::IsSetting(folded)) return;
    context.Report("undefined-object", "unrecognized configuration parameter \"" + name + "\"",
                   context.Find(name), context.DidYouMean(name, facts::SettingNames()));
  }
}

}  // namespace strata::catalog
