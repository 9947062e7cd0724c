#include "catalog/facts/elsewhere.h"

#include <array>

namespace strata::catalog::facts {
namespace {

constexpr std::array<ElsewhereExtension, 33> kElsewhere = {{
    {"postgis",
     "type geometry;type geography;type box2d;type box2df;type box3d;type gidx;type spheroid;"
     "type geometry_dump;type valid_detail;function st_*;function _st_*;function postgis_*;"
     "function _postgis_*;function geom*;function geog*;function box*;function gidx_*;"
     "function gserialized_*;function spheroid_*;function *geometry*;function *geography*;"
     "function find_srid;function get_proj4_from_srid;function overlaps_*;function contains_2d;"
     "function is_contained_2d;function equals;function path;function point;function polygon;"
     "function text;function bytea;function json;function jsonb;function lockrow;"
     "function unlockrows;function addauth;function *longtransactions*;function checkauth*;"
     "function gettransactionid;table spatial_ref_sys;view geometry_columns;"
     "view geography_columns;operator class *geometry*;operator class *geography*"},
    {"postgis_raster"},
    {"postgis_topology"},
    {"postgis_tiger_geocoder"},
    {"postgis_sfcgal"},
    {"pgrouting"},
    {"vector",
     "type vector;type halfvec;type sparsevec;function *vec*;function l1_*;function l2_*;"
     "function inner_product;function cosine_distance;function hamming_distance;"
     "function jaccard_distance;function binary_quantize;function array_to_*;"
     "function ivfflat*;function hnsw*;access method ivfflat;access method hnsw;"
     "operator class vector_*;operator class halfvec_*;operator class sparsevec_*;"
     "operator class bit_*"},
    {"timescaledb"},
    {"timescaledb_toolkit"},
    {"citus"},
    {"pg_cron", "schema cron"},
    {"pg_partman",
     "function *part*;function *config*;function apply_*;function calculate_*;function check_*;"
     "function create_*;function drop_*;function dump_*;function inherit_*;function run_*;"
     "function show_*;function stop_*;function undo_*;function re*;type check_default_table;"
     "table part_config*;table custom_time_partitions;table template_*;view table_privs;"
     "table *_default;table *_p0*;table *_p1*;table *_p2*;table *_p3*;table *_p4*;table *_p5*;"
     "table *_p6*;table *_p7*;table *_p8*;table *_p9*",  // partitions: parent_p2027_01
     /*acts=*/true},
    {"hypopg", "function hypopg*;view hypopg*"},
    {"pgaudit", "function pgaudit*;event trigger pgaudit*"},
    {"pg_repack", "schema repack"},
    {"pgmq", "schema pgmq"},
    {"pg_net", "schema net"},
    {"pgjwt",
     "function sign;function verify;function url_encode;function url_decode;"
     "function algorithm_sign;function try_cast_double"},
    {"pgsodium"},
    {"supabase_vault"},
    {"pg_graphql"},
    {"rum"},
    {"pg_uuidv7", "function uuid_*"},
    {"pgroonga"},
    {"zombodb"},
    {"age"},
    {"pg_hint_plan", "schema hint_plan"},
    {"plv8"},
    {"orafce"},
    {"wal2json"},
    {"pg_squeeze", "schema squeeze"},
    {"h3"},
    {"pg_ivm"},
}};

}  // namespace

const ElsewhereExtension* ExtensionElsewhere(std::string_view name) {
  for (const ElsewhereExtension& extension : kElsewhere) {
    if (extension.name == name) return &extension;
  }
  return nullptr;
}

}  // namespace strata::catalog::facts
