#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* alter = As<sql::AlterDomainStmt>(step.tree);
  if (alter == nullptr) return;
  const bool adds = std::string_view(alter->subtype) == "C";
  const bool requires_value = std::string_view(alter->subtype) == "O";
  const auto* constraint = As<sql::Constraint>(alter->def);
  if ((!adds && !requires_value) || (constraint != nullptr && constraint->skip_validation)) return;
  const std::vector<std::string> parts = Names(Each(alter->n_type_name, alter->type_name));
  const catalog::Type* domain =
      step.before.FindType(parts.size() > 1 ? parts[0] : "", parts.empty() ? "" : parts.back());
  if (domain != nullptr && step.known.type(domain->oid) == nullptr) return;
  report->Add(HeadOf(step.text, step.span()),
              "the new constraint of domain \"" + (parts.empty() ? "" : parts.back()) +
                  "\" is checked against every row of every table that uses it");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_domain_constraint;
const Rule kRule_domain_constraint = {
    .name = "domain-constraint",
    .family = RuleFamily::kLocks,
    .summary = "a constraint is added to a domain",
    .why =
        "Every table with a column of the domain is read under SHARE locks until all have been "
        "checked.",
    .blocks = "writes of every table that uses the domain",
    .help = "add it NOT VALID, and validate it in the next migration",
    .bad = "ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%');",
    .good =
        "ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%') NOT VALID;\n"
        "-- next migration:\nALTER DOMAIN email VALIDATE CONSTRAINT has_at;",
    .source = "https://www.postgresql.org/docs/15/sql-alterdomain.html",
    .squawk = "ban-alter-domain-with-add-constraint",
    .step = lint::Check,
};

}  // namespace strata
