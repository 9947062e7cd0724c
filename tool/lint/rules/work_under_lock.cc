#include <algorithm>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

// A lock that others notice, taken earlier in the same transaction.
const TableLock* FindHeld(const Step& step) {
  for (const Step& earlier : step.earlier) {
    for (const TableLock& lock : earlier.locks) {
      if (lock.mode == LockMode::kAccessExclusive) return &lock;
    }
  }
  return nullptr;
}

// What is long and yet fit for a busy table; whatever is not has a rule of its own.
bool IsLong(const Step& step) {
  return std::any_of(step.locks.begin(), step.locks.end(), [](const TableLock& lock) {
    return lock.work != TableWork::kNone && lock.mode < LockMode::kShare;
  });
}

void Check(const Step& step, Report* report) {
  if (!step.in_transaction || step.earlier.empty() || !IsLong(step)) return;
  const TableLock* held = FindHeld(step);
  if (held == nullptr) return;
  report->Add(HeadOf(step.text, step.span()),
              "this runs while an earlier statement's lock keeps table \"" + held->name +
                  "\" from being read");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_work_under_lock;
const Rule kRule_work_under_lock = {
    .name = "work-under-lock",
    .family = RuleFamily::kLocks,
    .summary = "a long statement runs under the ACCESS EXCLUSIVE lock of an earlier one",
    .why =
        "Locks are kept until the transaction ends. A change that takes a moment by itself then "
        "blocks its "
        "table for as long as everything after it takes.",
    .blocks = "reads and writes of the table that the earlier statement locked",
    .help = "put it into a migration of its own",
    .bad =
        "ALTER TABLE users ADD COLUMN plan text;\n"
        "ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;",
    .good =
        "ALTER TABLE users ADD COLUMN plan text;\n"
        "-- next migration:\n"
        "ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;",
    .source = "https://www.postgresql.org/docs/15/explicit-locking.html",
    .eugene = "E4",
    .step = lint::Check,
};

}  // namespace strata
