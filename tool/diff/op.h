// One step from a catalog to another, with what it needs done before and after it.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace strata::diff {

using catalog::Catalog;
using catalog::ObjectClass;
using catalog::ObjectRef;
using catalog::Oid;

// One thing in which the catalogs differ, in words.
struct Difference {
  enum class Kind { kMissing, kExtra, kChanged };  // in `after` alone, in `before` alone, in both
  Kind kind = Kind::kChanged;
  std::string object;              // "table users", "column users.bio"
  std::string detail;              // "type is text instead of integer"; empty unless changed
  std::vector<std::string> names;  // of the object and of what it is a part of
};

// The order among steps that nothing else puts in order.
enum class Group {
  kDropAttached,
  kDropView,
  kDropKey,
  kSchema,
  kExtension,
  kType,
  kSequence,
  kFunction,
  kTable,
  kForeignKey,
  kView,
  kAttached,
  kDefaults,
  kDropTable,
  kDropFunction,
  kDropSequence,
  kDropType,
  kDropExtension,
  kDropSchema,
};

// Which file of the migration a step stands in.
enum class Stage { kLabels, kMain, kConcurrent, kAfter };

struct Op {
  Group group = Group::kTable;
  std::string unit;  // what stands together: the table's name
  int step = 0;      // inside the unit
  std::string name;

  std::vector<std::string> sql;  // whole statements
  std::string table;  // or a clause of ALTER TABLE table, to be joined with its neighbours
  std::string clause;
  Oid create_table = 0;  // or CREATE TABLE (of `after`), which takes in its constraints
  Oid constraint = 0;    // of `after`: a clause that CREATE TABLE may take in

  std::vector<ObjectRef> ends;    // of `before`: are no more, or no more the same, afterwards
  std::vector<ObjectRef> starts;  // of `after`: are there afterwards
  std::vector<ObjectRef> needs;   // of `after`: have to be there, besides what `starts` depends on
  Oid allows_null = 0;  // a table of `before`: its primary key, which forbids NULL, goes first
  std::string leaves, joins;  // a parent by its name in SQL: before, or after, its own columns
  bool breaks = false;        // what depends on `ends` has to be gone before

  std::vector<std::string> notes;       // comment lines above it
  std::vector<std::string> conditions;  // the same, above what looks at the rows: online_after
  std::vector<Difference> differences;  // none: only a consequence of others

  // The form that keeps a busy table usable, where there is one: other statements, in their stage,
  // and what has to follow in a later file.
  Stage online_stage = Stage::kMain;
  std::vector<std::string> online_sql;
  std::string online_clause;
  std::vector<std::string> online_after;  // whole statements
  Stage stage = Stage::kLabels;           // what it came to: OrderOps
};

}  // namespace strata::diff
