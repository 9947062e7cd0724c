#include "catalog/analyze/elsewhere.h"

#include <algorithm>
#include <iterator>

namespace strata::catalog {
namespace {

struct Pair {
  std::string_view theirs, ours;
};

template <typename Pairs>
std::string_view Find(const Pairs& pairs, std::string_view name) {
  const auto found = std::find_if(std::begin(pairs), std::end(pairs),
                                  [&](const Pair& pair) { return pair.theirs == name; });
  return found == std::end(pairs) ? "" : found->ours;
}

constexpr Pair kTypes[] = {
    {"string", "text"},
    {"str", "text"},
    {"number", "numeric"},
    {"guid", "uuid"},
    {"uniqueidentifier", "uuid"},
    {"datetime", "timestamp"},
    {"datetime2", "timestamp"},
    {"datetimeoffset", "timestamptz"},
    {"smalldatetime", "timestamp"},
    {"tinyint", "smallint"},
    {"mediumint", "integer"},
    {"int1", "smallint"},
    {"int3", "integer"},
    {"unsigned", "bigint"},
    {"double", "double precision"},
    {"blob", "bytea"},
    {"longblob", "bytea"},
    {"mediumblob", "bytea"},
    {"tinyblob", "bytea"},
    {"binary", "bytea"},
    {"varbinary", "bytea"},
    {"longtext", "text"},
    {"mediumtext", "text"},
    {"tinytext", "text"},
    {"clob", "text"},
    {"nvarchar", "varchar"},
    {"nchar", "char"},
    {"varchar2", "varchar"},
    {"long", "bigint"},
    {"image", "bytea"},
};

constexpr Pair kFunctions[] = {
    {"ifnull", "coalesce(…)"},
    {"nvl", "coalesce(…)"},
    {"isnull", "coalesce(…), or IS NULL"},
    {"nvl2", "CASE WHEN … THEN … ELSE … END"},
    {"iif", "CASE WHEN … THEN … ELSE … END"},
    {"if", "CASE WHEN … THEN … ELSE … END"},
    {"getdate", "now()"},
    {"getutcdate", "now()"},
    {"sysdate", "now()"},
    {"sysdatetime", "now()"},
    {"sysutcdatetime", "now()"},
    {"curdate", "current_date"},
    {"curtime", "current_time"},
    {"utc_timestamp", "now() AT TIME ZONE 'UTC'"},
    {"datetime", "now(), or a cast to timestamp"},
    {"unix_timestamp", "extract(epoch FROM …)"},
    {"from_unixtime", "to_timestamp(…)"},
    {"strftime", "to_char(…)"},
    {"date_format", "to_char(…)"},
    {"str_to_date", "to_date(…) or to_timestamp(…)"},
    {"dateadd", "… + interval '1 day'"},
    {"date_add", "… + interval '1 day'"},
    {"date_sub", "… - interval '1 day'"},
    {"datediff", "one date - the other"},
    {"timestampdiff", "extract(epoch FROM one - the other)"},
    {"julianday", "extract(julian FROM …)"},
    {"year", "extract(year FROM …)"},
    {"month", "extract(month FROM …)"},
    {"day", "extract(day FROM …)"},
    {"uuid", "gen_random_uuid()"},
    {"newid", "gen_random_uuid()"},
    {"newsequentialid", "gen_random_uuid()"},
    {"uuid_v4", "gen_random_uuid()"},
    {"hex", "encode(…, 'hex')"},
    {"unhex", "decode(…, 'hex')"},
    {"group_concat", "string_agg(…, ',')"},
    {"listagg", "string_agg(…, ',')"},
    {"len", "length(…)"},
    {"datalength", "octet_length(…)"},
    {"ucase", "upper(…)"},
    {"lcase", "lower(…)"},
    {"charindex", "strpos(…, …)"},
    {"instr", "strpos(…, …)"},
    {"locate", "strpos(…, …)"},
    {"rand", "random()"},
    {"truncate", "trunc(…)"},
    {"last_insert_id", "RETURNING in the INSERT"},
    {"last_insert_rowid", "RETURNING in the INSERT"},
    {"scope_identity", "RETURNING in the INSERT"},
    {"json_extract", "… ->> 'key'"},
    {"json_unquote", "… ->> 'key'"},
    {"json_contains", "… @> …"},
    {"json_arrayagg", "jsonb_agg(…)"},
    {"json_objectagg", "jsonb_object_agg(…, …)"},
    {"regexp_substr", "(regexp_match(…, …))[1]"},
    {"convert", "CAST(… AS …)"},
    {"to_varchar", "to_char(…)"},
    {"isdate", "a cast"},
    {"space", "repeat(' ', …)"},
    {"rownum", "row_number() OVER ()"},
};

constexpr Pair kOperators[] = {
    {"==", "write ="},
    {"!==", "write <>"},
    {"===", "write ="},
    {"<=>", "write IS NOT DISTINCT FROM"},
    {"&&", "write AND between conditions; && is for arrays and ranges"},
    {"!", "write NOT"},
};

}  // namespace

std::string_view TypeElsewhere(std::string_view name) { return Find(kTypes, name); }

std::string_view FunctionElsewhere(std::string_view name) { return Find(kFunctions, name); }

std::string_view OperatorElsewhere(std::string_view name) { return Find(kOperators, name); }

}  // namespace strata::catalog
