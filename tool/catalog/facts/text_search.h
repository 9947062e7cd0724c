// The text search configurations that PostgreSQL comes with. Source: pg_ts_config_map of 15; all of
// them are of the parser pg_catalog.default.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace strata::catalog::facts {

const std::vector<std::string>& TextSearchConfigurations();

// Token type -> dictionary; empty: there is no configuration of that name.
std::map<std::string, std::string> TextSearchMappings(std::string_view configuration);

}  // namespace strata::catalog::facts
