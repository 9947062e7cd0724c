// The locks of one statement while they are being collected.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "lint/locks.h"

namespace strata::lint {

class LockList {
 public:
  LockList(const catalog::Catalog& before, const catalog::Catalog& after)
      : before_(before), after_(after) {}

  const catalog::Catalog& before() const { return before_; }
  const catalog::Catalog& after() const { return after_; }
  const catalog::Relation* Find(const sql::RangeVar* name) const;

  // Adds a lock; of the locks on one table the strongest stays, with the most work. Relations that
  // hold no rows (views, sequences, composite types) and null are left out.
  TableLock* Add(const catalog::Relation* relation, LockMode mode);
  TableLock* Add(const sql::RangeVar* name, LockMode mode) { return Add(Find(name), mode); }
  // The relation and, as ALTER TABLE and most others do, every table that inherits from it.
  TableLock* AddWithChildren(const catalog::Relation* relation, LockMode mode);

  std::vector<TableLock> Take() const { return {locks_.begin(), locks_.end()}; }

 private:
  const catalog::Catalog& before_;
  const catalog::Catalog& after_;
  std::deque<TableLock> locks_;  // pointers into it stay good
};

// Raises what the lock says of the work under it; null is left alone.
void Grow(TableLock* lock, TableWork work, std::string_view why);

// alter_locks.cc: the locks of ALTER TABLE and its kin.
void AddAlterTableLocks(const sql::AlterTableStmt* alter, LockList* locks);

}  // namespace strata::lint
