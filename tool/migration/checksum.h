// The checksum of a script: what history, seal file and blob record.
#pragma once

#include <string>
#include <string_view>

namespace strata {

// Returns SHA-256 (64 hex digits) of `text` with each CRLF read as LF. `text` has no byte-order
// mark.
std::string ScriptChecksum(std::string_view text);

}  // namespace strata
