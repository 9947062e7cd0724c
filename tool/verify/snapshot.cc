#include "verify/snapshot.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"

namespace strata::verify {
namespace {

constexpr std::string_view kDefinition = "definition ";

// SQLite keeps a statement as it was written, and quotes names when it renames a table: neither is
// a change of the schema.
std::string WithoutQuotes(std::string line) {
  line.erase(std::remove(line.begin(), line.end(), '"'), line.end());
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

void AddSqliteLine(const std::string& line, Snapshot* snapshot) {
  if (line.rfind(kDefinition, 0) != 0) {
    snapshot->push_back(WithoutQuotes(line));
    return;
  }
  const std::size_t colon = line.find(": ");
  const std::string table = line.substr(kDefinition.size(), colon - kDefinition.size());
  for (const std::string& clause : SqliteClauses(std::string_view(line).substr(colon + 2))) {
    snapshot->push_back(absl::StrFormat("clause %s: %s", table, clause));
  }
}

}  // namespace

absl::StatusOr<Snapshot> TakeSnapshot(Database& database, const std::string& history_table) {
  const bool sqlite = database.dialect() == Dialect::kSqlite;
  if (!sqlite) {  // with an empty path every name is printed with its schema
    RETURN_IF_ERROR(database.Query("SELECT set_config('search_path', '', false)").status());
  }
  ASSIGN_OR_RETURN(const Rows rows, database.Query(sqlite ? SqliteSnapshotQuery(history_table)
                                                          : PostgresSnapshotQuery(history_table)));
  Snapshot snapshot;
  for (const Row& row : rows.rows) {
    if (!row[0].has_value()) continue;
    if (sqlite) {
      AddSqliteLine(*row[0], &snapshot);
    } else {
      snapshot.push_back(*row[0]);
    }
  }
  std::sort(snapshot.begin(), snapshot.end());
  return snapshot;
}

std::vector<std::string> Differences(const Snapshot& before, const Snapshot& after) {
  std::vector<std::string> differences;
  Snapshot only;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                      std::back_inserter(only));
  for (const std::string& line : only) differences.push_back("lost: " + line);
  only.clear();
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                      std::back_inserter(only));
  for (const std::string& line : only) differences.push_back("left behind: " + line);
  return differences;
}

}  // namespace strata::verify
