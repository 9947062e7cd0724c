// Steps of a plan -> what a database is asked to run, and the history that is to be expected of it.
#include <algorithm>
#include <utility>

#include "migrate/engine.h"
#include "migration/recorded.h"

namespace strata {

Work WorkUp(const MigrationSet& set, const Migration& migration, Dialect database) {
  Work work;
  work.version = migration.version;
  work.name = std::string(migration.name);
  work.label = Label(migration);
  work.script = UpScript(set, migration, database);
  work.verify = VerifyScript(set, migration, database);
  work.checksum = migration.up.checksum;
  const Script* down = DownScript(set, migration, database);
  if (migration.down && down != nullptr) {
    work.down_checksum = migration.down->checksum;
    work.down_script = down->text;
  }
  return work;
}

std::vector<Work> Engine::MakeWorks(const std::vector<Step>& steps) {
  std::vector<Work> works;
  works.reserve(steps.size());
  std::vector<std::uint64_t> versions;
  for (const HistoryRow& row : history_.rows) versions.push_back(row.version);
  for (const Step& step : steps) {
    Work work;
    if (step.migration != nullptr && !step.down) {
      work = WorkUp(set_, *step.migration, database_.dialect());
    }
    work.version = step.version;
    work.name = step.name;
    work.label = step.label;
    work.down = step.down;
    work.script = step.script != nullptr ? step.script : Recorded(step.version);
    if (!versions.empty()) work.newest = versions.back();
    const auto at = std::lower_bound(versions.begin(), versions.end(), step.version);
    if (step.down) {
      versions.erase(at);
    } else {
      versions.insert(at, step.version);
    }
    works.push_back(std::move(work));
  }
  return works;
}

const Script* Engine::Recorded(std::uint64_t version) {
  const HistoryRow* row = FindRow(history_, version);
  recorded_.push_back(std::make_unique<std::string>(row->down_script.value_or("")));
  scripts_.push_back(
      std::make_unique<Script>(RecordedScript(*recorded_.back(), database_.dialect())));
  return scripts_.back().get();
}

std::vector<std::uint64_t> Engine::VersionsAfter(const std::vector<Work>& works,
                                                 std::size_t count) const {
  std::vector<std::uint64_t> versions;
  versions.reserve(history_.rows.size() + count);
  for (const HistoryRow& row : history_.rows) versions.push_back(row.version);
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = std::lower_bound(versions.begin(), versions.end(), works[i].version);
    if (works[i].down) {
      versions.erase(at);
    } else {
      versions.insert(at, works[i].version);
    }
  }
  return versions;
}

}  // namespace strata
