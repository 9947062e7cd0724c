// Values that go with the process.
#pragma once

#include <memory>

namespace strata {

// Keeps `value` until the process ends, and does not destroy it then. For a command's large last
// results: taking millions of small objects apart takes longer than leaving them to the system.
// They stay reachable, so that a leak checker finds nothing.
void KeepToTheEnd(std::shared_ptr<const void> value);

}  // namespace strata
