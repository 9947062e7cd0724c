// What a rule sees of a set: one statement with the schema before and after it, one file, the
// whole.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "lint/fix.h"
#include "lint/locks.h"
#include "lint/rules/rule.h"
#include "sql/load_set.h"

namespace strata::lint {

// What a run of the linter is told beside the set.
struct Environment {
  bool lock_timeout_off = false;          // the tool's own default lock timeout was switched off
  std::string sqlite_version = "3.35.0";  // the oldest SQLite that a sqlite set is to run on
  int max_statements = 200;               // of one file
  int max_bytes = 256 << 10;
  std::uint64_t now = 0;  // UTC as a timestamp version (20261122103000); 0: not known
};

struct Step;

// An up file of a postgres set.
struct File {
  const sql::ParsedMigration& migration;
  const sql::ParsedFile& up;
  const catalog::Catalog& start;  // before its first statement
  const catalog::Catalog& end;    // after its last; in a step: so far
  const std::vector<Step>& steps;
  const Environment& environment;
  bool told_lock_timeout = false;  // the file sets one of its own, by directive or SET
};

// One statement of an up file.
struct Step {
  const sql::ParsedStatement& statement;
  const sql::Node* tree;
  std::string_view text;  // of the script
  std::size_t index = 0;
  bool in_transaction = true;
  const sql::ParsedMigration& migration;
  const catalog::Catalog& known;  // what production has: the schema before the file (or the window)
  catalog::Catalog before, after;
  std::vector<TableLock> locks;      // on tables that production has
  const std::vector<Step>& earlier;  // of the same file
  const Environment& environment;
  bool lock_timeout_off = false;  // of this file

  Span span() const { return statement.span; }
  // The relation a name means, before or after the statement; null where the model has none.
  const catalog::Relation* Find(const sql::RangeVar* name) const;
  const catalog::Relation* FindAfter(const sql::RangeVar* name) const;
  // Whether production has a table (or view …) of this name, so that others may be using it. A name
  // that the model does not know is taken to exist.
  bool InProduction(const sql::RangeVar* name) const;
  bool InProduction(const catalog::Relation* relation) const;
};

// One statement of a sqlite script: words upper case, one for each token that is no punctuation;
// quoted names without their quotes, with their own case in `names`.
struct SqliteStep {
  std::string_view text;  // of the script
  Span span;
  std::vector<std::string> words;
  std::vector<std::string> names;
  bool in_transaction = true;
  const Migration& migration;
  const std::vector<SqliteStep>& earlier;  // of the same file
  // Tables that migrations before this file made: name (lower case) -> its CREATE TABLE.
  const std::map<std::string, std::string>& tables;
  const Environment& environment;
};

struct SetView {
  const sql::LoadedSet& loaded;
  std::size_t first = 0;  // index of the first migration to be judged; those before are context
  const Environment& environment;
};

// What a check says.
struct Found {
  Span span;
  std::string message;
  std::string help;
  std::optional<Fix> fix;
  catalog::Oid about = 0;  // nothing is said where this is gone at the file's end; 0: always said
  const Script* script = nullptr;  // where it is; null: the up file at hand
  const Migration* migration = nullptr;
};

class Report {
 public:
  Found& Add(Span span, std::string message) {
    found_.push_back({span, std::move(message), "", {}, 0, nullptr, nullptr});
    return found_.back();
  }
  // Of a file's or the set's check: in another script.
  Found& Add(const Migration& migration, const Script& script, Span span, std::string message) {
    found_.push_back({span, std::move(message), "", {}, 0, &script, &migration});
    return found_.back();
  }
  std::vector<Found> Take() { return std::move(found_); }

 private:
  std::vector<Found> found_;
};

}  // namespace strata::lint
