#include <shop_schema.h>

#include <cstdio>

static_assert(__cplusplus == 201703L, "C++17 is enough");
static_assert(acme::shop::kLatestVersion == 2);
static_assert(acme::shop::kMigrationCount == 2);
static_assert(acme::shop::HasMigration(1) && !acme::shop::HasMigration(3));
static_assert(acme::shop::kMigrations[1].name == "add_email");
static_assert(!acme::shop::kMigrations[1].reversible);
static_assert(acme::shop::kMigrations[0].checksum.size() == 64);

int main() {
  for (const strata::Migration& migration : acme::shop::migrations().migrations) {
    std::printf("%s %zu\n", std::string(migration.name).c_str(), migration.up.text.size());
  }
}
