// The tool's heap.
#pragma once

namespace strata {

// Asks the system to back what the heap grows to, beyond its first megabytes, with large pages: a
// check of ten thousand files spends a fifth of its time on faults of small ones. To be called
// once, before there are threads. Where the system has no large pages or grants none, nothing
// changes.
void UseLargePages();

}  // namespace strata
