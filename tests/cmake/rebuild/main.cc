#include <strata/migration_set.h>

#include <cstdio>
#include <string>

namespace shop_schema {
const strata::MigrationSet& migrations();
}

int main() {
  for (const strata::Migration& m : shop_schema::migrations().migrations) {
    std::printf("%s %s", std::string(m.up.file).c_str(), std::string(m.up.text).c_str());
  }
}
