#include "lint/rules/rule.h"

namespace strata {

extern const Rule kRule_allow_without_effect;
const Rule kRule_allow_without_effect = {
    .name = "allow-without-effect",
    .family = RuleFamily::kAllowance,
    .summary = "an allowance that takes no finding off",
    .why =
        "It stands for a danger that is not there, and would silently allow one that comes later.",
    .help = "remove it",
    .bad =
        "-- strata: allow drop-table \"copied on 2026-11-01\"\nALTER TABLE invoices ADD COLUMN "
        "note text;",
    .good = "ALTER TABLE invoices ADD COLUMN note text;",
    .squawk = "unused-ignore",
};

}  // namespace strata
