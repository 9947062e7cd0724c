// Faults in the user's files. (Faults of the world - no file, no server - are absl::Status.)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/span.h"

namespace strata {

enum class Direction { kUp, kDown };

enum class Severity { kNote, kWarning, kError };

// What a diagnostic claims. kReject: PostgreSQL itself would refuse this statement at this point.
enum class DiagnosticClass { kReject, kRoundtrip, kIntegrity, kLint, kCoverage };

struct Diagnostic {
  DiagnosticClass cls = DiagnosticClass::kIntegrity;
  Severity severity = Severity::kError;
  std::string rule;     // "undefined-column"
  std::string message;  // one sentence, names the object; no full stop
  std::string help;     // one imperative, or empty
  std::string file;  // name inside the folder ("0004_drop_email.up.sql"); empty: the folder itself
  Span span;         // in the file's text, byte-order mark excluded
  std::optional<std::uint64_t> migration;  // version
  Direction direction = Direction::kUp;
};

using Diagnostics = std::vector<Diagnostic>;

inline bool HasErrors(const Diagnostics& diagnostics) {
  for (const Diagnostic& d : diagnostics) {
    if (d.severity == Severity::kError) return true;
  }
  return false;
}

}  // namespace strata
