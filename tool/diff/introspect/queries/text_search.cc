// Text search configurations and dictionaries.
#include "diff/introspect/queries.h"

namespace strata::diff {

std::vector<ObjectQuery> TextSearchQueries() {
  return {
      {"text search dictionaries", R"sql(
SELECT 'pg_ts_dict', x.oid, 3, 0, n.nspname, x.dictname, '',
  'CREATE TEXT SEARCH DICTIONARY ' || $name(n, x.dictname) || ' (TEMPLATE = ' ||
  (CASE WHEN tn.nspname = 'pg_catalog' THEN '' ELSE quote_ident(tn.nspname) || '.' END) ||
  quote_ident(t.tmplname) || coalesce(', ' || x.dictinitoption, '') || ')'
  FROM pg_ts_dict x JOIN pg_namespace n ON n.oid = x.dictnamespace
  JOIN pg_ts_template t ON t.oid = x.dicttemplate JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
  WHERE $own(n) AND $alone(pg_ts_dict, x.oid))sql"},
      {"text search configurations", R"sql(
SELECT 'pg_ts_config', x.oid, 3, 0, n.nspname, x.cfgname, '',
  'CREATE TEXT SEARCH CONFIGURATION ' || $name(n, x.cfgname) || ' (PARSER = ' || (SELECT
  $name(pn, p.prsname) FROM pg_ts_parser p JOIN pg_namespace pn ON pn.oid = p.prsnamespace
  WHERE p.oid = x.cfgparser) || ')' || coalesce((SELECT
  string_agg(E';\nALTER TEXT SEARCH CONFIGURATION ' || $name(n, x.cfgname) ||
  ' ADD MAPPING FOR ' || k.alias || ' WITH ' || m.dicts, '' ORDER BY m.maptokentype)
  FROM (SELECT maptokentype, string_agg(mapdict::regdictionary::text, ', ' ORDER BY
  mapseqno) AS dicts FROM pg_ts_config_map WHERE mapcfg = x.oid GROUP BY maptokentype) m
  JOIN ts_token_type(x.cfgparser) k ON k.tokid = m.maptokentype), '')
  FROM pg_ts_config x JOIN pg_namespace n ON n.oid = x.cfgnamespace
  WHERE $own(n) AND $alone(pg_ts_config, x.oid))sql"},
  };
}

}  // namespace strata::diff
