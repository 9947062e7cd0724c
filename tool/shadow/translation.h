// The working of translate_set.h: one statement's SQLite SQL, and what there is to say about it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/expr.h"
#include "shadow/emitter.h"
#include "sql/parse.h"

namespace strata::shadow {

// Tables under their own names: "users", and "app_users" where they are not in the schema public.
class UserNaming : public Naming {
 public:
  // `names`: whose names count, for objects that it has; the emitter's own catalog for others.
  explicit UserNaming(const catalog::Catalog* names) : names_(names) {}
  std::string Table(const catalog::Relation& relation, Emitter* emitter) override;
  std::string Column(const catalog::Relation& relation, std::int16_t number,
                     Emitter* emitter) override;
  std::string Sequence(const catalog::Relation& sequence, Emitter* emitter) override;

 private:
  const catalog::Catalog* names_;
};

// Without quotes.
std::string UserTableName(const catalog::Catalog& catalog, const catalog::Relation& relation);

struct Translation {
  std::vector<std::string> statements;
  std::set<std::string> notes;
  std::string refusal;  // why the migration cannot run on SQLite; empty: it can

  void Add(std::string sql) { statements.push_back(std::move(sql)); }
  void Note(std::string text) { notes.insert(std::move(text)); }
  void Refuse(std::string reason) {
    if (refusal.empty()) refusal = std::move(reason);
  }
  // Takes the emitter's notes; false (refused) where it failed.
  bool Take(const Emitter& emitter, const std::string& what);
};

// --- table_definition.cc ---
// A table's definition in pieces that can be compared.
struct TableDefinition {
  struct Piece {
    std::int16_t column = 0;  // 0: a table constraint
    std::string sql;
    bool addable = true;  // ALTER TABLE ADD COLUMN takes it
    bool operator==(const Piece& o) const { return column == o.column && sql == o.sql; }
  };
  std::vector<Piece> columns, constraints;
  bool temporary = false;
  std::string Create(const std::string& quoted_name) const;
};
// `catalog`: that holds the relation; `names`: whose names count.
TableDefinition DefineTable(const catalog::Catalog& catalog, const catalog::Catalog& names,
                            const catalog::Relation& relation, Translation* translation);
// The column that is SQLite's rowid, filling itself; 0: none.
std::int16_t RowidColumn(const catalog::Catalog& catalog, const catalog::Relation& relation);

// --- change.cc: from one catalog to the next ---
void TranslateChange(const catalog::Catalog& before, const catalog::Catalog& after,
                     std::string_view text, const sql::ParsedStatement& statement,
                     Translation* translation);

// --- alter_table.cc ---
// One table in both catalogs: renames, ADD and DROP COLUMN, or the rebuild.
void TranslateAlteredTable(const catalog::Catalog& before, const catalog::Catalog& after,
                           const catalog::Relation& was, const catalog::Relation& is,
                           const sql::Node* tree, Translation* translation);
bool NeedsChange(const catalog::Catalog& before, const catalog::Catalog& after,
                 const catalog::Relation& was, const catalog::Relation& is);

// --- translate_data.cc: INSERT, UPDATE, DELETE, TRUNCATE, COPY ---
// False: the statement is none of these.
bool TranslateData(const catalog::Catalog& before, const catalog::Catalog& after,
                   std::string_view text, const sql::ParsedStatement& statement,
                   Translation* translation);
std::string TranslateQuery(const catalog::Catalog& catalog, const catalog::Query& query,
                           const std::string& what, Translation* translation);

}  // namespace strata::shadow
