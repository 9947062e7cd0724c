#include "diff/introspect/queries.h"

#include <string_view>

namespace strata::diff {

const char kDependQuery[] = R"sql(
SELECT DISTINCT d.classid::regclass::text, d.objid, d.refclassid::regclass::text, d.refobjid
  FROM pg_depend d WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype <> 'e' AND
  NOT (d.deptype = 'a' AND d.classid = 'pg_class'::regclass AND EXISTS (SELECT 1
  FROM pg_sequence s WHERE s.seqrelid = d.objid)))sql";

const char kWholeQuery[] = R"sql(
SELECT 'pg_type', t.oid, 'pg_class', t.typrelid FROM pg_type t
  WHERE t.typrelid <> 0 AND t.oid >= 16384 UNION ALL SELECT 'pg_type', t.oid, 'pg_type',
  t.typelem FROM pg_type t WHERE t.typelem <> 0 AND t.typlen = -1 AND t.oid >= 16384
  UNION ALL SELECT 'pg_class', x.conindid, 'pg_constraint', x.oid
  FROM pg_constraint x WHERE x.contype IN ('p', 'u', 'x') UNION ALL
  SELECT 'pg_rewrite', r.oid, 'pg_class', r.ev_class FROM pg_rewrite r
  WHERE r.rulename = '_RETURN' AND r.oid >= 16384 UNION ALL SELECT 'pg_class', d.objid,
  'pg_class', d.refobjid FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND
  d.refclassid = 'pg_class'::regclass AND d.deptype = 'i' AND d.objid >= 16384
  UNION ALL SELECT 'pg_attrdef', d.oid, 'pg_class', d.adrelid
  FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
  WHERE a.attgenerated <> '')sql";

const char kLeftOutQuery[] = R"sql(
SELECT 'subscription', quote_ident(s.subname) FROM pg_subscription s JOIN pg_database d
  ON d.oid = s.subdbid AND d.datname = current_database()
UNION ALL SELECT 'base type', t.oid::regtype::text FROM pg_type t
  WHERE t.typtype = 'b' AND t.typelem = 0 AND t.oid >= 16384 AND NOT EXISTS (SELECT 1
  FROM pg_depend e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e')
UNION ALL SELECT 'transform', 'for ' || t.trftype::regtype || ' language ' ||
  quote_ident(l.lanname) FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang
  WHERE t.oid >= 16384 AND NOT EXISTS (SELECT 1 FROM pg_depend e
  WHERE e.classid = 'pg_transform'::regclass AND e.objid = t.oid AND e.deptype = 'e')
UNION ALL SELECT 'security label', 'on ' || i.type || ' ' || i.identity FROM pg_seclabel s,
  pg_identify_object(s.classoid, s.objoid, s.objsubid) i
UNION ALL SELECT 'invalid index', i.indexrelid::regclass::text FROM pg_index i
  WHERE NOT i.indisvalid AND i.indexrelid >= 16384
ORDER BY 1, 2)sql";

namespace {

struct Word {
  std::string_view name, before, between, after;
};

// What is said in every query: $own(n), of pg_namespace n; $alone(pg_class, c.oid), of no
// extension; $name(n, c.relname), quoted, with its schema; $options(a.attfdwoptions), OPTIONS (…).
constexpr Word kWords[] = {
    {"$own(", "", "", ".nspname !~ '^pg_' AND "},
    {"$alone(", "NOT EXISTS (SELECT 1 FROM pg_depend own WHERE own.classid = '",
     "'::regclass AND own.objid = ", " AND own.deptype = 'e')"},
    {"$options(",
     "coalesce(' OPTIONS (' || (SELECT string_agg(quote_ident(o.option_name) || ' ' "
     "|| quote_literal(o.option_value), ', ' ORDER BY o.option_name) FROM pg_options_to_table(",
     "", ") o) || ')', '')"},
    {"$name(", "quote_ident(", ".nspname) || '.' || quote_ident(", ")"},
};

std::string Expanded(std::string_view sql) {
  std::string text;
  for (std::size_t at = 0; at < sql.size();) {
    const Word* word = nullptr;
    for (const Word& w : kWords) {
      if (sql.substr(at).starts_with(w.name)) word = &w;
    }
    if (word == nullptr) {
      text += sql[at++];
      continue;
    }
    at += word->name.size();
    const std::size_t end = sql.find(')', at), comma = sql.find(", ", at);
    const bool two = comma < end;
    const std::string first(sql.substr(at, (two ? comma : end) - at));
    text += std::string(word->before) + first + std::string(word->between);
    if (two) text += sql.substr(comma + 2, end - comma - 2);
    text += word->after;
    if (word->name == "$own(") text += first + ".nspname <> 'information_schema'";
    at = end + 1;
  }
  return text;
}

}  // namespace

std::vector<ObjectQuery> ObjectQueries() {
  std::vector<ObjectQuery> all;
  for (const auto& part :
       {SchemasQueries, TypesQueries, TablesQueries, SequencesQueries, FunctionsQueries,
        ConstraintsQueries, IndexesQueries, ViewsQueries, AttachedQueries, TextSearchQueries,
        NamedQueries, OperatorsQueries, RemarksQueries}) {
    for (const ObjectQuery& query : part())
      all.push_back({query.what, Expanded(query.sql), query.since, query.before});
  }
  return all;
}

}  // namespace strata::diff
