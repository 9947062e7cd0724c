#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* grant = As<sql::GrantStmt>(step.tree);
  if (grant == nullptr || !grant->is_grant) return;
  const bool harmless = grant->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION ||
                        grant->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE ||
                        grant->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE;
  if (harmless) return;  // what PostgreSQL grants by itself
  for (const sql::Node* node : Each(grant->n_grantees, grant->grantees)) {
    const auto* role = As<sql::RoleSpec>(node);
    if (role == nullptr || role->roletype != PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC) continue;
    report->Add(SpanAt(step, role->location),
                "PUBLIC is every role there is and every one to come");
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_grant_to_public;
const Rule kRule_grant_to_public = {
    .name = "grant-to-public",
    .family = RuleFamily::kRobustness,
    .summary = "a privilege is granted to PUBLIC",
    .why =
        "Every role of the server has it from then on, those of other applications and those made "
        "later included.",
    .help = "grant it to the roles that need it",
    .bad = "GRANT SELECT ON users TO PUBLIC;",
    .good = "GRANT SELECT ON users TO app_reader;",
    .source = "https://www.postgresql.org/docs/15/ddl-priv.html",
    .step = lint::Check,
};

}  // namespace strata
