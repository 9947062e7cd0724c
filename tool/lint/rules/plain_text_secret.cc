#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

bool IsSecret(std::string_view name) {
  return name == "password" || name == "passwd" || name == "secret" || name == "secret_key" ||
         name == "api_key";
}

void Check(const Step& step, Report* report) {
  const auto add = [&](std::string_view what) {
    report->Add(SpanOfName(step, what),
                "a password stands here in plain text, in version control and in the server's log");
  };
  auto options = [&](sql::NodeRange range) {
    for (const sql::Node* node : range) {
      const auto* option = As<sql::DefElem>(node);
      const bool hashed =
          option != nullptr && (sql::StringOf(option->arg).substr(0, 14) == "SCRAM-SHA-256$" ||
                                sql::StringOf(option->arg).substr(0, 3) == "md5");
      const bool given = option != nullptr && !sql::StringOf(option->arg).empty();
      if (given && !hashed && IsSecret(option->defname)) return add(sql::StringOf(option->arg));
    }
  };
  if (const auto* role = As<sql::CreateRoleStmt>(step.tree))
    options(Each(role->n_options, role->options));
  if (const auto* role = As<sql::AlterRoleStmt>(step.tree))
    options(Each(role->n_options, role->options));
  if (const auto* user = As<sql::CreateUserMappingStmt>(step.tree))
    options(Each(user->n_options, user->options));
  if (const auto* user = As<sql::AlterUserMappingStmt>(step.tree))
    options(Each(user->n_options, user->options));
  const auto* subscription = As<sql::CreateSubscriptionStmt>(step.tree);
  if (subscription != nullptr &&
      std::string_view(subscription->conninfo).find("password=") != std::string_view::npos) {
    add(subscription->conninfo);
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_plain_text_secret;
const Rule kRule_plain_text_secret = {
    .name = "plain-text-secret",
    .family = RuleFamily::kRobustness,
    .summary = "a password in plain text",
    .why =
        "It is in version control, in the history table, in the server's log and in "
        "pg_stat_statements, the same "
        "in every environment.",
    .help = "set it outside the migrations; create the role with NOLOGIN or without a password",
    .bad = "CREATE ROLE app LOGIN PASSWORD 'hunter2';",
    .good = "CREATE ROLE app LOGIN;  -- its password is set by whoever runs the server",
    .source = "https://www.postgresql.org/docs/15/sql-createrole.html",
    .step = lint::Check,
};

}  // namespace strata
