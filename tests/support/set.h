// Migration sets made in a test, from texts.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "migration/recorded.h"
#include "strata/migration_set.h"

namespace strata::testing {

struct Source {
  std::uint64_t version;
  std::string name;
  std::string up;
  std::string down = "";  // empty: irreversible
  std::string verify = "";
};

// Cuts statements by the lexical rules; a statement with CONCURRENTLY makes its script run outside
// a transaction.
inline MigrationSet MakeSet(const std::vector<Source>& sources,
                            Dialect dialect = Dialect::kPostgres) {
  auto texts = std::make_shared<std::vector<std::unique_ptr<std::string>>>();
  const auto keep = [&texts](std::string text) -> std::string_view {
    texts->push_back(std::make_unique<std::string>(std::move(text)));
    return *texts->back();
  };
  const auto script = [&](const std::string& text, const std::string& file) {
    Script made = RecordedScript(keep(text), dialect);
    made.file = keep(file);
    made.checksum = keep(Sha256Hex(text));
    return made;
  };
  MigrationSet set;
  set.name = "test";
  set.dialect = dialect;
  for (const Source& source : sources) {
    const std::string digits = absl::StrCat(source.version);
    const std::string stem = absl::StrCat(
        std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0'), digits, "_", source.name);
    Migration migration;
    migration.version = source.version;
    migration.name = keep(source.name);
    migration.up = script(source.up, stem + ".up.sql");
    if (!source.down.empty()) migration.down = script(source.down, stem + ".down.sql");
    if (!source.verify.empty()) migration.verify = script(source.verify, stem + ".verify.sql");
    if (source.down.empty()) migration.irreversible = "test";
    set.migrations.push_back(std::move(migration));
  }
  set.storage = texts;
  return set;
}

}  // namespace strata::testing
