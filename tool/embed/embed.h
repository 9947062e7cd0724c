// A migration set -> the files that one build step writes: the blob, the source that carries it
// into the object file, the header that an application includes, and what the build must watch.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "strata/migration_set.h"

namespace strata::embed {

struct Options {
  std::string target;      // "shop_schema": the header is <target>.h
  std::string name_space;  // C++ namespace of the accessor, "shop" or "acme::shop"
  std::string blob_path;   // as the compiler finds it
  bool incbin = true;      // false: the bytes stand in the source, for assemblers without .incbin
};

// Returns the generated header: migrations(), kLatestVersion, kMigrations and HasMigration().
std::string Header(const MigrationSet& set, const Options& options);

// Returns the generated C++ source, which includes no header, so that it compiles at once. It names
// the blob's checksum: it changes exactly when the blob does.
std::string Source(std::string_view blob, const Options& options);

// Returns the CTest script that adds a test for each migration, "<target>.<version>_<name>", which
// runs `check` with `--only <version>` appended; and, where `result` is not empty, a second one,
// "….postgres", which runs `result` with the version appended, after the fixture <target>_postgres.
std::string TestList(const MigrationSet& set, const std::string& target,
                     const std::vector<std::string>& check,
                     const std::vector<std::string>& result = {});

// Returns a dependency file in make's form: `output` is stale when one of `inputs` is newer.
std::string Depfile(const std::string& output, const std::vector<std::string>& inputs);

}  // namespace strata::embed
