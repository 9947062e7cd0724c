#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "catalog/quote.h"
#include "diff/squash/squash.h"

namespace strata::diff {
namespace {

// Of PostgreSQL: number, name as it is written, the list of columns, the list of their values as an
// expression of text, the order of rows, whether an identity column refuses values, whether there
// are triggers. Values that a type reads back from its own text are written as literals.
constexpr char kTables[] = R"sql(
SELECT c.oid::text, CASE n.nspname WHEN 'public' THEN '' ELSE quote_ident(n.nspname) || '.' END
                    || quote_ident(c.relname),
       string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum),
       string_agg(CASE WHEN t.typname IN ('int2', 'int4', 'int8', 'bool')
                       THEN format('coalesce(%I::text, ''NULL'')', a.attname)
                       ELSE format('quote_nullable(%I::text)', a.attname) END,
                  ' || '', '' || ' ORDER BY a.attnum),
       coalesce((SELECT string_agg(quote_ident(k.attname), ', ' ORDER BY u.place)
                 FROM pg_index i, unnest(i.indkey) WITH ORDINALITY u(number, place)
                 JOIN pg_attribute k ON k.attnum = u.number
                 WHERE i.indrelid = c.oid AND i.indisprimary AND k.attrelid = c.oid), '1'),
       bool_or(a.attidentity = 'a'), 
       EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal),
       format('%s %I.%I', CASE c.relkind WHEN 'p' THEN '' ELSE 'ONLY' END, n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                   AND a.attgenerated = ''
JOIN pg_type t ON t.oid = a.atttypid
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND c.relname NOT IN ('strata_history', 'strata_history_log')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                  AND d.objid = c.oid AND d.deptype = 'e')
GROUP BY c.oid, n.nspname ORDER BY n.nspname, c.relname)sql";

constexpr char kKeys[] = R"sql(
SELECT conrelid::text, confrelid::text FROM pg_constraint WHERE contype = 'f')sql";

constexpr char kSequences[] = R"sql(
SELECT format('%I.%I', n.nspname, c.relname), s.seqstart::text
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relpersistence <> 't' AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_class o ON o.oid = d.refobjid
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                    AND (o.relname IN ('strata_history', 'strata_history_log')))
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                  AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1)sql";

constexpr char kViews[] = R"sql(
SELECT CASE n.nspname WHEN 'public' THEN '' ELSE quote_ident(n.nspname) || '.' END
       || quote_ident(c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'm' AND c.relispopulated AND n.nspname !~ '^pg_' ORDER BY c.oid)sql";

// One query for all tables: the number, the name, columns, values, order.
constexpr char kSqliteTables[] = R"sql(
SELECT l.name, '"' || replace(l.name, '"', '""') || '"',
       (SELECT group_concat('"' || replace(c.name, '"', '""') || '"', ', ')
        FROM pragma_table_xinfo(l.name) c WHERE c.hidden = 0),
       (SELECT group_concat('quote("' || replace(c.name, '"', '""') || '")', ' || '', '' || ')
        FROM pragma_table_xinfo(l.name) c WHERE c.hidden = 0),
       (SELECT coalesce(group_concat('"' || replace(name, '"', '""') || '"', ', '), '1') FROM
        (SELECT c.name FROM pragma_table_xinfo(l.name) c WHERE c.pk > 0 ORDER BY c.pk)),
       'f', 'f', '"' || replace(l.name, '"', '""') || '"', l.type
FROM pragma_table_list l
WHERE l.schema = 'main' AND l.type IN ('table', 'virtual') AND l.name NOT LIKE 'sqlite~_%' ESCAPE '~'
  AND l.name NOT IN ('strata_history', 'strata_history_log')
ORDER BY l.name)sql";

constexpr char kSqliteKeys[] = R"sql(
SELECT m.name, f."table" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
WHERE m.type = 'table')sql";

// Parents before children; false where tables refer to each other in a circle. A table that refers
// to itself is no circle: one INSERT brings all its rows.
bool Sort(const std::map<std::string, std::set<std::string>>& parents,
          const std::set<std::string>& filled, std::vector<std::size_t>* order,
          const std::vector<Row>& tables) {
  std::set<std::string> done;
  std::vector<std::size_t> left = *order;
  order->clear();
  while (!left.empty()) {
    const auto ready = std::find_if(left.begin(), left.end(), [&](std::size_t i) {
      const std::string& id = *tables[i][0];
      const auto of = parents.find(id);
      return of == parents.end() ||
             std::all_of(of->second.begin(), of->second.end(), [&](const std::string& parent) {
               return parent == id || filled.count(parent) == 0 || done.count(parent) > 0;
             });
    });
    if (ready == left.end()) return false;
    done.insert(*tables[*ready][0]);
    order->push_back(*ready);
    left.erase(ready);
  }
  return true;
}

std::string Insert(const Row& table, const std::vector<Row>& rows) {
  std::string text = absl::StrCat("INSERT INTO ", *table[1], " (", *table[2], ")",
                                  *table[5] == "t" ? " OVERRIDING SYSTEM VALUE" : "", " VALUES\n");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    absl::StrAppend(&text, "    (", rows[i][0].value_or("NULL"), ")",
                    i + 1 < rows.size() ? ",\n" : ";\n");
  }
  if (*table[6] != "t") return text;
  return absl::StrCat("ALTER TABLE ", *table[1], " DISABLE TRIGGER USER;\n", text, "ALTER TABLE ",
                      *table[1], " ENABLE TRIGGER USER;\n");
}

absl::StatusOr<std::string> Sequences(Database& database) {
  ASSIGN_OR_RETURN(const Rows sequences, database.Query(kSequences));
  std::string text;
  for (const Row& sequence : sequences.rows) {
    ASSIGN_OR_RETURN(const Rows state, database.Query(absl::StrCat(
                                           "SELECT last_value, is_called FROM ", *sequence[0])));
    const Row& row = state.rows.at(0);
    const bool called = *row[1] == "t";
    if (!called && *row[0] == *sequence[1]) continue;
    absl::StrAppend(&text, "SELECT pg_catalog.setval(", catalog::QuoteLiteral(*sequence[0]), ", ",
                    *row[0], ", ", called ? "true" : "false", ");\n");
  }
  return text;
}

absl::StatusOr<std::string> Sequels(Database& database, bool any_rows) {
  ASSIGN_OR_RETURN(std::string text, Sequences(database));
  if (!any_rows) return text;
  ASSIGN_OR_RETURN(const Rows views, database.Query(kViews));
  for (const Row& view : views.rows)
    absl::StrAppend(&text, "REFRESH MATERIALIZED VIEW ", *view[0], ";\n");
  return text;
}

absl::StatusOr<std::string> SqliteSequels(Database& database) {
  ASSIGN_OR_RETURN(const Rows kept,
                   database.Query("SELECT count(*) FROM sqlite_master WHERE name = "
                                  "'sqlite_sequence'"));
  if (*kept.rows.at(0)[0] == "0") return std::string();
  ASSIGN_OR_RETURN(const Rows rows,
                   database.Query("SELECT quote(name), seq FROM sqlite_sequence WHERE name "
                                  "NOT IN ('strata_history', 'strata_history_log') ORDER BY "
                                  "name"));
  std::string text;
  for (const Row& row : rows.rows) {
    absl::StrAppend(&text, "DELETE FROM sqlite_sequence WHERE name = ", *row[0],
                    ";\nINSERT INTO sqlite_sequence (name, seq) VALUES (", *row[0], ", ", *row[1],
                    ");\n");
  }
  return text;
}

}  // namespace

absl::StatusOr<std::string> RowScript(Database& database) {
  const bool sqlite = database.dialect() == Dialect::kSqlite;
  if (!sqlite) RETURN_IF_ERROR(database.Query("SET search_path = public, pg_catalog").status());
  ASSIGN_OR_RETURN(const Rows tables, database.Query(sqlite ? kSqliteTables : kTables));
  ASSIGN_OR_RETURN(const Rows keys, database.Query(sqlite ? kSqliteKeys : kKeys));
  std::map<std::string, std::set<std::string>> parents;
  for (const Row& key : keys.rows) parents[*key[0]].insert(*key[1]);
  std::map<std::size_t, std::vector<Row>> rows;
  std::set<std::string> filled;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < tables.rows.size(); ++i) {
    const Row& table = tables.rows[i];
    ASSIGN_OR_RETURN(
        Rows found, database.Query(absl::StrCat("SELECT ", *table[3], " FROM ", *table[7],
                                                " ORDER BY ", *table[4] == "1" ? "1" : *table[4])));
    if (found.rows.empty()) continue;
    if (sqlite && *table[8] == "virtual") {
      return absl::FailedPreconditionError(absl::StrCat(
          "the virtual table ", *table[0],
          " has rows, which cannot be carried over; squash to a version before it, or leave "
          "the rows out (--without-rows) and write them by hand"));
    }
    rows[i] = std::move(found.rows);
    filled.insert(*table[0]);
    order.push_back(i);
  }
  if (!Sort(parents, filled, &order, tables.rows)) {
    return absl::FailedPreconditionError(
        "tables with rows refer to each other in a circle, so that no order of INSERTs brings "
        "them back; squash to a version before them, or leave the rows out (--without-rows) and "
        "write them by hand");
  }
  std::string text;
  for (std::size_t i : order) absl::StrAppend(&text, Insert(tables.rows[i], rows[i]));
  ASSIGN_OR_RETURN(const std::string sequels,
                   sqlite ? SqliteSequels(database) : Sequels(database, !rows.empty()));
  return text + sequels;
}

}  // namespace strata::diff
