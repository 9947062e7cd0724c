#include "lint/rules/rule.h"

namespace strata {

extern const Rule kRule_allow_unknown_rule;
const Rule kRule_allow_unknown_rule = {
    .name = "allow-unknown-rule",
    .family = RuleFamily::kAllowance,
    .level = RuleLevel::kError,
    .summary = "an allowance that names no rule",
    .why = "It allows nothing, and whoever wrote it believes otherwise.",
    .help = "strata rules lists the rules",
    .bad = "-- strata: allow drop-tabel \"copied on 2026-11-01\"\nDROP TABLE invoices;",
    .good = "-- strata: allow drop-table \"copied on 2026-11-01\"\nDROP TABLE invoices;",
};

}  // namespace strata
