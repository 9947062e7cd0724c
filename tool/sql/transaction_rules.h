// The rules of transactions in a script, the same for both dialects: one wrapper round the whole
// file is accepted, other transaction control is not, and what cannot run in a transaction stands
// alone unless the file says no-transaction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "strata/migration_set.h"

namespace strata::sql {

enum class TransactionWord { kNone, kBegin, kCommit, kOther };

struct ClassifiedStatement {
  Span span;
  TransactionWord word = TransactionWord::kNone;
  std::string outside;  // what the database calls it where it refuses it in a transaction, else ""
};

// Sets the flags kWrapper and kOutsideTransaction of `script->statements` (which stand for
// `statements`, one for one) and script->transactional, and appends what breaks the rules.
// script->transactional is false on entry where the file says no-transaction.
void ApplyTransactionRules(std::string_view text,
                           const std::vector<ClassifiedStatement>& statements, bool is_verify,
                           Script* script, Diagnostics* diagnostics);

}  // namespace strata::sql
