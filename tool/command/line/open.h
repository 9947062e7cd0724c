// Opening what a command's row says it needs.
#pragma once

#include <memory>
#include <optional>

#include "command/context.h"

namespace strata {

// Owns what a Context points at.
struct Opened {
  Opened();
  Opened(Opened&&) noexcept;
  ~Opened();
  std::unique_ptr<sql::LoadedSet> loaded;
};

// Fills `context` as its command's row asks. Returns nullopt where the command can run, else the
// exit code, with the reason printed: a missing URL or folder (2), a faulty set (3).
std::optional<Exit> Open(Context& context, Opened& opened);

}  // namespace strata
