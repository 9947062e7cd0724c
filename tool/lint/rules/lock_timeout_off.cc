#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  if (!step.lock_timeout_off) return;
  for (const Step& earlier : step.earlier) {
    for (const TableLock& lock : earlier.locks) {
      if (lock.mode >= LockMode::kShare) return;  // said once a file
    }
  }
  for (const TableLock& lock : step.locks) {
    if (lock.mode < LockMode::kShare) continue;
    Found& found = report->Add(HeadOf(step.text, step.span()),
                               "without a lock timeout this waits for table \"" + lock.name +
                                   "\" as long as it takes, and everybody else waits behind it");
    Fix fix;
    fix.edits = {{{0, 0}, "-- strata: lock-timeout 2s\n"}};
    found.fix = std::move(fix);
    return;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_lock_timeout_off;
const Rule kRule_lock_timeout_off = {
    .name = "lock-timeout-off",
    .family = RuleFamily::kLocks,
    .summary = "a strong lock is waited for without a lock timeout",
    .why =
        "A statement that waits for a lock blocks everybody who comes later, so one long query "
        "stops the "
        "whole table. Strata's own default is 5 seconds; here it was switched off.",
    .blocks = "reads and writes of the table, for as long as the longest query on it runs",
    .help = "put -- strata: lock-timeout 2s at the top of the file",
    .bad = "-- strata: lock-timeout 0\nALTER TABLE users ADD COLUMN plan text;",
    .good = "-- strata: lock-timeout 2s\nALTER TABLE users ADD COLUMN plan text;",
    .source = "https://www.postgresql.org/docs/15/runtime-config-client.html",
    .squawk = "require-lock-timeout, require-timeout-settings",
    .strong_migrations = "lock_timeout_limit",
    .eugene = "E9",
    .step = lint::Check,
};

}  // namespace strata
