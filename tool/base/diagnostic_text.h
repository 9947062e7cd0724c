// The text form of diagnostics, as compilers print them:
//
//     migrations/0004_drop_email.up.sql:1:31: error: column "emial" … does not exist
//     [undefined-column]
//       ALTER TABLE users DROP COLUMN emial;
//                                     ^~~~~
//     help: did you mean "email"?
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/sources.h"

namespace strata {

std::string_view SeverityName(Severity severity);     // "error", "warning", "note"
std::string_view ClassName(DiagnosticClass cls);      // "reject", "roundtrip", …
std::string_view DirectionName(Direction direction);  // "up", "down"

// Returns one diagnostic with its excerpt and help, each line ended; with `color`, in ANSI colours.
std::string DiagnosticText(const Diagnostic& diagnostic, const Sources& sources,
                           bool color = false);

// The same for all of them, in the order given.
std::string DiagnosticsText(const Diagnostics& diagnostics, const Sources& sources,
                            bool color = false);

// Sorts by migration, direction and place; what concerns the folder as a whole comes first.
void SortByPlace(Diagnostics* diagnostics);

}  // namespace strata
