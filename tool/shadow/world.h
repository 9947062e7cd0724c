// What the shadow knows at one moment: each table's rows and each sequence's position, and the
// statement being followed. The statement kinds (run_*.cc) are functions on it.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/expr.h"
#include "catalog/persistent_map.h"
#include "shadow/database.h"
#include "shadow/emitter.h"
#include "shadow/native.h"
#include "shadow/shadow.h"

namespace strata::shadow {

// A table in SQLite; it is dropped with the last state that knows it.
struct SqliteTable {
  SqliteTable(Database* database, std::string table_name, int table_born)
      : db(database), name(std::move(table_name)), born(table_born) {}
  ~SqliteTable();
  SqliteTable(const SqliteTable&) = delete;
  SqliteTable& operator=(const SqliteTable&) = delete;
  Database* db;
  std::string name;  // "t16384_7"
  int born;
};

struct TableState {
  Contents contents = Contents::kEmpty;
  std::shared_ptr<SqliteTable> table;  // where the contents are kRows
  std::set<std::int16_t> opaque;       // columns with values that are not known
  bool complete = true;                // false: there may be other rows beside these
  std::string definition;              // its CREATE TABLE, without its own name
};

struct SequenceState {
  std::int64_t last = 0;
  bool called = false;
  bool known = true;
  friend bool operator==(const SequenceState&, const SequenceState&) = default;
};

struct Shadow::State {
  catalog::PersistentMap<catalog::Oid, std::shared_ptr<const TableState>> tables;
  catalog::PersistentMap<catalog::Oid, SequenceState> sequences;
  // Relations (sequences) up to this number are unknown where nothing else is said.
  catalog::Oid unknown_to = 0, sequences_unknown_to = 0;
  int serial = 0;  // when it was saved
};

// How one statement ended, before it becomes a RunResult.
struct Outcome {
  bool executed = true;
  std::string reason;                      // where not executed
  std::vector<catalog::Problem> problems;  // of an executed one
};

class World : public Naming {
 public:
  World();

  // --- the statement at hand ---
  const catalog::Catalog* before = nullptr;
  const catalog::Catalog* after = nullptr;
  std::string_view text;
  Span span;

  Database db;
  Native native;
  Shadow::State state;
  std::vector<std::weak_ptr<const Shadow::State>> snapshots;
  int serial = 0;
  std::map<catalog::ObjectRef, catalog::Oid> identities;  // identity column -> its sequence
  catalog::Oid newest = 0;                                // the highest number of a relation seen

  // The WITH query at hand, where its rows are asked for; and what such queries returned: a SELECT,
  // or "" where it is not known.
  const catalog::Query* returning = nullptr;
  std::map<const catalog::Query*, std::string> returned;

  // --- contents ---
  Contents ContentsOf(catalog::Oid relation) const;
  // True where a query's result has certainly no row.
  bool IsEmpty(const catalog::Query& query, int depth = 0) const;
  bool IsEmptyRelation(const catalog::Relation& relation, int depth) const;
  void MarkUnknown(catalog::Oid relation);     // and what shares its rows (partitions, parents)
  void MarkIncomplete(catalog::Oid relation);  // rows that are not known may have come to it
  void MarkAllUnknown();
  // What a data statement that is not run makes of its table: an INSERT may bring rows, an UPDATE
  // sets its columns, anything else may do everything.
  void GiveUp(const catalog::Query& query);
  void MarkSequencesUnknown();
  void Forget(catalog::Oid relation);  // dropped, or emptied: nothing is in it
  // The table in SQLite, made where it had no row yet, ready to be written (not shared with a
  // snapshot). Null where it cannot be had.
  const TableState* Writable(const catalog::Relation& relation);
  // From here on values of these columns may be anything; a table that holds rows is made anew
  // without what would judge them. False: it is unknown now.
  bool SetOpaque(const catalog::Relation& relation, const std::set<std::int16_t>& columns);
  const TableState* Find(catalog::Oid relation) const;
  // The SQL of an identity column's next value; "" where it is not known.
  std::string NextOfIdentity(const catalog::Relation& relation, std::int16_t column) const;
  // A new table of `relation`'s shape as `catalog` has it; rows come with `insert`, the SQL after
  // INSERT INTO t(columns). Returns SQLite's error, and then keeps the table as it was.
  std::optional<SqliteError> Rebuild(const catalog::Catalog& catalog,
                                     const catalog::Relation& relation, const std::string& columns,
                                     const std::string& select,
                                     const std::set<std::int16_t>& opaque);

  // --- Naming ---
  std::string Table(const catalog::Relation& relation, Emitter* emitter) override;
  std::string Column(const catalog::Relation& relation, std::int16_t number,
                     Emitter* emitter) override;
  std::string Sequence(const catalog::Relation& sequence, Emitter* emitter) override;
  std::string Returned(const catalog::Query& query) override;

  // --- problems ---
  Outcome Violated(std::string rule, std::string message);
  static Outcome NotExecuted(std::string reason);
  // What SQLite refused, in PostgreSQL's words for a new row, or (`existing`) for the rows that a
  // DDL statement finds. The rows of `relation` are unknown from here on.
  Outcome Decode(const catalog::Relation& relation, const SqliteError& error,
                 bool existing = false);

 private:
  bool IsShared(const SqliteTable& table) const;
  // The table as it is, copied into a new one. Null: it could not be, and is unknown.
  const TableState* Copy(const catalog::Relation& relation, const std::set<std::int16_t>& opaque);
  void Set(catalog::Oid relation, TableState state);
  void MarkSequencesOf(const catalog::Relation& relation);
  bool IsKnown(catalog::Oid sequence) const;
  bool NextValue(catalog::Oid sequence, std::int64_t* value);
};

// --- row_table.cc: the tables of the shadow ---
std::string RowColumn(std::int16_t number);  // c3
// CREATE TABLE and its unique indexes, as one script.
std::string RowTableScript(World& world, const catalog::Catalog& catalog,
                           const catalog::Relation& relation, const std::string& table,
                           std::set<std::int16_t>* opaque);
std::string DefinitionOf(World& world, const catalog::Catalog& catalog,
                         const catalog::Relation& relation);
bool StoresRows(const catalog::Relation& relation);
// Whether SQLite enforces the unique index as PostgreSQL does.
bool HoldsUnique(World& world, const catalog::Catalog& catalog, const catalog::Relation& table,
                 const catalog::Relation& index);

// --- foreign_key.cc ---
// INSERT and UPDATE: rows of `relation` with a rowid above `above` whose reference is missing.
Outcome CheckReferences(World& world, const catalog::Relation& relation, std::int64_t above,
                        bool new_rows);
// The same for one constraint, as ADD CONSTRAINT does.
Outcome CheckReference(World& world, const catalog::Constraint& constraint, std::int64_t above);
// DELETE and UPDATE: what refers to rows of `relation` that are gone.
Outcome FollowReferences(World& world, const catalog::Relation& relation, bool deleted,
                         int depth = 0);

// --- the statement kinds ---
Outcome RunInsert(World& world, const catalog::Query& query);
Outcome RunUpdate(World& world, const catalog::Query& query);
Outcome RunDelete(World& world, const catalog::Query& query);
Outcome RunTruncate(World& world, const sql::TruncateStmt& statement);
Outcome RunCopy(World& world, const sql::CopyStmt& statement, std::string_view data);
// Any of them; of SELECT only what it does to sequences.
Outcome RunQuery(World& world, const catalog::Query& query);
// CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW: the new relation's rows.
Outcome FillNew(World& world, const catalog::Relation& relation, const catalog::Query& query);

// --- run_with.cc: WITH queries that write ---
bool WritesInWith(const catalog::Query& query);
Outcome RunWith(World& world, const catalog::Query& query);
// World::GiveUp for the statement and for each of its WITH queries.
void GiveUpWith(World& world, const catalog::Query& query);
// Keeps what RETURNING gives of the rows that `from` has, where the statement is a WITH query whose
// rows are asked for. `from`: the SQL after FROM; `with`: WriteWith() of the query.
void CatchReturned(World& world, const catalog::Query& query, const std::string& with,
                   const std::string& from);

// --- carry.cc: what the statement did to tables that hold rows ---
// Carries rows into the tables' new shapes, and finds the rows that a new constraint does not
// allow. `accepted` false: what the statement touched is unknown.
Outcome CarryRows(World& world, const sql::Node* tree, bool accepted);

// --- effects.cc ---
// Marks unknown what the functions called in the text, or a DO block's body, may write.
void FollowCalls(World& world, std::string_view text);
void FollowBody(World& world, std::string_view body);
// What the triggers of `relation` make of an INSERT, UPDATE or DELETE. Returns false where its own
// rows are not known any more; `opaque` gets the columns that they may set.
bool FollowTriggers(World& world, const catalog::Relation& relation, const std::string& event,
                    std::set<std::int16_t>* opaque);

}  // namespace strata::shadow
