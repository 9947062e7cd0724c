#include "command/foreign/foreign.h"

namespace strata {

const std::vector<ForeignTool>& ForeignTools() {
  static const std::vector<ForeignTool> kTools = {
      {"alembic", "Python revisions: their files cannot be converted", nullptr,
       "SELECT version_num, '' FROM alembic_version", nullptr, true},
      {"dbmate", "<version>_<name>.sql with -- migrate:up and -- migrate:down", ReadSections,
       "SELECT CAST(version AS text), '' FROM schema_migrations"},
      {"diesel", "<version>_<name>/up.sql and down.sql", ReadFolders,
       "SELECT CAST(version AS text), '' FROM __diesel_schema_migrations"},
      {"flyway", "V<version>__<name>.sql and U<version>__<name>.sql", ReadPrefixed,
       "SELECT version, description FROM flyway_schema_history "
       "WHERE version IS NOT NULL AND success",
       "SELECT version FROM flyway_schema_history WHERE version IS NOT NULL AND NOT success"},
      {"golang-migrate", "<version>_<name>.up.sql and .down.sql", ReadPairs,
       "SELECT CAST(version AS text), '' FROM schema_migrations WHERE NOT dirty",
       "SELECT CAST(version AS text) FROM schema_migrations WHERE dirty", true},
      {"goose", "<version>_<name>.sql with -- +goose Up and -- +goose Down", ReadSections,
       "SELECT CAST(version_id AS text), '' FROM goose_db_version AS a WHERE version_id > 0 AND "
       "is_applied AND id = (SELECT max(id) FROM goose_db_version AS b WHERE b.version_id = "
       "a.version_id)"},
      {"refinery", "V<version>__<name>.sql", ReadPrefixed,
       "SELECT CAST(version AS text), name FROM refinery_schema_history"},
      {"sqitch", "sqitch.plan with deploy/, revert/ and verify/", ReadSqitch,
       "SELECT '', change FROM sqitch.changes"},
      {"sqlx", "<version>_<name>.up.sql and .down.sql, or <version>_<name>.sql", ReadPairs,
       "SELECT CAST(version AS text), description FROM _sqlx_migrations WHERE success",
       "SELECT CAST(version AS text) FROM _sqlx_migrations WHERE NOT success"},
  };
  return kTools;
}

const ForeignTool* FindForeignTool(std::string_view name) {
  for (const ForeignTool& tool : ForeignTools()) {
    if (name == tool.name) return &tool;
  }
  return nullptr;
}

std::size_t VersionParts(std::string_view version) {
  std::size_t parts = 1;
  for (const char c : version) parts += c == '.' ? 1 : 0;
  return parts;
}

std::string VersionDigits(std::string_view version, std::size_t parts) {
  std::string digits;
  std::string part;
  std::size_t done = 0;
  const auto finish = [&] {
    if (done++ > 0 && part.size() < 3) part.insert(0, 3 - part.size(), '0');
    digits += part;
    part.clear();
  };
  for (const char c : version) {
    if (c >= '0' && c <= '9') {
      part += c;
    } else if (c == '.' || (c == '_' && parts > 1)) {
      finish();
    } else if (c != '-' && c != '_') {
      return "";
    }
  }
  finish();
  for (; done < parts;) finish();
  return digits.size() > 18 ? "" : digits;
}

}  // namespace strata
