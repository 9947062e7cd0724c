#include "strata/embedded.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "migration/blob.h"

namespace strata {

namespace {

// The set lives as long as the program; so does `storage`, which owns its bytes where they are not
// static.
const MigrationSet& Keep(std::string_view blob, std::shared_ptr<const void> storage) {
  absl::StatusOr<MigrationSet> set = ReadBlob(blob);
  if (!set.ok()) {
    std::fprintf(stderr, "strata: %s\n", std::string(set.status().message()).c_str());
    std::abort();
  }
  auto* kept = new MigrationSet(*std::move(set));
  kept->storage = std::move(storage);
  return *kept;
}

}  // namespace

const MigrationSet& EmbeddedSet(const char* begin, const char* end) {
  return Keep(std::string_view(begin, end - begin), nullptr);
}

const MigrationSet& EmbeddedSet(const EmbeddedChunk* chunks, std::size_t count) {
  auto blob = std::make_shared<std::string>();
  for (std::size_t i = 0; i < count; ++i) blob->append(chunks[i].bytes, chunks[i].size);
  const std::string_view bytes = *blob;
  return Keep(bytes, std::move(blob));
}

}  // namespace strata
