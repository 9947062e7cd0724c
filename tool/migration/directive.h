// Directives: comment lines `-- strata: NAME [ARGUMENTS]` before the first statement, which hold
// for the file, or directly above the statement they concern. The vocabulary is closed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "migration/file_name.h"
#include "strata/migration_set.h"

namespace strata {

struct Directive {
  enum class Kind {
    kNoTransaction,     // no-transaction
    kIrreversible,      // irreversible "reason"
    kAllow,             // allow RULE "reason"
    kLockTimeout,       // lock-timeout 2s
    kStatementTimeout,  // statement-timeout 5min
    kRenamedFrom,       // renamed-from OLD_NAME (a desired schema only)
    kReplaces,          // replaces 0001_create_users CHECKSUM (baseline.h)
    kNewerSyntax,  // newer-syntax "reason": a statement of a newer server than the grammar knows
  };
  Kind kind = Kind::kAllow;
  std::string rule;  // of allow
  std::string text;  // the reason, the old name, or what is replaced; of allow it may be missing
  std::uint32_t ms = 0;  // of the timeouts
  Span span;             // the comment, from "--" to its last character
  // Of which statement: an offset at which its text goes on; nullopt: of the whole file.
  std::optional<std::size_t> anchor;
};

// Where a text comes from decides which directives it may hold.
enum class ScriptHome { kUp, kDown, kVerify, kSchema };

// Reads all directives of a text without byte-order mark. Appends faults with rule, span, message
// and help; the caller fills in file, migration and direction.
std::vector<Directive> ReadDirectives(std::string_view text, Dialect dialect, ScriptHome home,
                                      Diagnostics* diagnostics);

// Reads "500ms", "2s", "5min", "1h" or "0" (no limit) as milliseconds; nullopt where it is none or
// above 2147483647 ms (PostgreSQL's limit for its timeouts).
std::optional<std::uint32_t> ParseDuration(std::string_view text);

}  // namespace strata
