#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* create = As<sql::CreateDomainStmt>(step.tree);
  if (create == nullptr) return;
  for (const sql::Node* node : Each(create->n_constraints, create->constraints)) {
    const auto* constraint = As<sql::Constraint>(node);
    const bool check =
        constraint != nullptr && (constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK ||
                                  constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL);
    if (!check) continue;
    report->Add(HeadOf(step.text, step.span()),
                "a constraint of domain \"" +
                    LastName(Each(create->n_domainname, create->domainname)) +
                    "\" is hard to change once tables use it");
    return;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_create_domain_with_constraint;
const Rule kRule_create_domain_with_constraint = {
    .name = "create-domain-with-constraint",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kNote,
    .summary = "a domain with a constraint is created",
    .why =
        "Changing the constraint later checks every table that uses the domain at once, and adding "
        "a column "
        "of such a domain rewrites the table.",
    .help = "use the base type and a CHECK on the table",
    .bad = "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');",
    .good =
        "CREATE TABLE users (\n    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
        "    email text CONSTRAINT users_email_at CHECK (email LIKE '%@%')\n);",
    .squawk = "ban-create-domain-with-constraint",
    .step = lint::Check,
};

}  // namespace strata
