#include "strata/embedded.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "migration/blob.h"

namespace strata {

const MigrationSet& EmbeddedSet(const char* begin, const char* end) {
  absl::StatusOr<MigrationSet> set = ReadBlob(std::string_view(begin, end - begin));
  if (!set.ok()) {
    std::fprintf(stderr, "strata: %s\n", std::string(set.status().message()).c_str());
    std::abort();
  }
  return *new MigrationSet(*std::move(set));  // as long-lived as the bytes it points into
}

const MigrationSet& EmbeddedSet(const EmbeddedChunk* chunks, std::size_t count) {
  auto* blob = new std::string;
  for (std::size_t i = 0; i < count; ++i) blob->append(chunks[i].bytes, chunks[i].size);
  return EmbeddedSet(blob->data(), blob->data() + blob->size());
}

}  // namespace strata
