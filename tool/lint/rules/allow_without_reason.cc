#include "lint/rules/rule.h"

namespace strata {

extern const Rule kRule_allow_without_reason;
const Rule kRule_allow_without_reason = {
    .name = "allow-without-reason",
    .family = RuleFamily::kAllowance,
    .summary = "an allowance without a reason",
    .why =
        "Whoever reads it later cannot tell whether the danger was seen or the message was in the "
        "way.",
    .help = "say in double quotes why this is safe here",
    .bad = "-- strata: allow drop-table\nDROP TABLE invoices;",
    .good = "-- strata: allow drop-table \"copied on 2026-11-01\"\nDROP TABLE invoices;",
};

}  // namespace strata
