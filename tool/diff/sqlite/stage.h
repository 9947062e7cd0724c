// The database that a migration's statements are tried on, in parts that nothing ties together:
// at each rename SQLite reads a whole schema again, so one database makes many rebuilds quadratic.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "diff/sqlite/model.h"

namespace strata::diff {

// Views, triggers and virtual tables lie with all that their text names, indexes with their table.
// Tables that only a foreign key ties lie apart: no statement of a migration reads another's, as
// foreign keys are off. Each table has a row: some statements are refused only where there is one.
class SqliteStage {
 public:
  // From `from`, on the way to `to`; `tables` are the facts of from's tables. These have to
  // outlive the stage. `whole` holds `from`; null, or where a view in it is broken: all is one
  // part.
  SqliteStage(const SqliteModel& from, const SqliteModel& to,
              const std::map<std::string, SqliteTable>& tables, shadow::Database* whole);

  // Runs one statement about the object `name` of either schema. Returns what SQLite refuses, a
  // broken view or trigger in another part included; "": none.
  std::string Run(const std::string& name, const std::string& statement);

  // Whether the statements run one after another. Leaves everything as it was. `then` is asked
  // before that, of the part's database, and may be null.
  bool Try(const std::string& name, const std::vector<std::string>& statements,
           const std::function<bool(shadow::Database&)>& then);

  // The rows of the part in which `name` is; and of all. In the order of their making.
  SqliteModel PartOf(const std::string& name);
  SqliteModel All() const;

 private:
  struct Placed {
    shadow::SchemaRow row;
    std::size_t place = 0;  // among all rows
  };
  struct Part {
    std::vector<Placed> rows;
    std::unique_ptr<shadow::Database> database;  // null until it is needed
    std::string fault;                           // of making it
  };

  Part& Find(const std::string& name);
  std::string Elsewhere(const Part& part, const std::string& statement);
  void Fill(Part* part);
  void Place(Part* part);

  const std::map<std::string, SqliteTable>& tables_;
  std::map<std::string, std::size_t> part_of_;  // by folded name
  std::vector<Part> parts_;
  std::size_t next_place_ = 0;
  std::set<Part*> unread_;               // changed since they were last looked at
  std::map<Part*, std::string> broken_;  // and what is wrong in those that were
};

}  // namespace strata::diff
