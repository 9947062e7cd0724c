# PgQuery::PgQuery - PostgreSQL's grammar as a library (Debian ships the header and the library, no
# package file), with protobuf-c, in whose structs it hands out the parse tree.
find_path(PgQuery_INCLUDE_DIR pg_query.h)
find_path(PgQuery_TREE_INCLUDE_DIR pg_query.pb-c.h PATH_SUFFIXES pg_query)
find_path(PgQuery_PROTOBUF_C_INCLUDE_DIR protobuf-c/protobuf-c.h)
find_library(PgQuery_LIBRARY pg_query)
find_library(PgQuery_PROTOBUF_C_LIBRARY protobuf-c)
mark_as_advanced(PgQuery_INCLUDE_DIR PgQuery_TREE_INCLUDE_DIR PgQuery_PROTOBUF_C_INCLUDE_DIR
                 PgQuery_LIBRARY PgQuery_PROTOBUF_C_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PgQuery
  REQUIRED_VARS PgQuery_LIBRARY PgQuery_INCLUDE_DIR PgQuery_TREE_INCLUDE_DIR
                PgQuery_PROTOBUF_C_LIBRARY PgQuery_PROTOBUF_C_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "install libpg-query-dev and libprotobuf-c-dev, or set STRATA_WITH_TOOL=OFF")

if(PgQuery_FOUND AND NOT TARGET PgQuery::PgQuery)
  add_library(PgQuery::ProtobufC UNKNOWN IMPORTED)
  set_target_properties(PgQuery::ProtobufC PROPERTIES IMPORTED_LOCATION "${PgQuery_PROTOBUF_C_LIBRARY}")
  add_library(PgQuery::PgQuery UNKNOWN IMPORTED)
  set_target_properties(PgQuery::PgQuery PROPERTIES
    IMPORTED_LOCATION "${PgQuery_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES
      "${PgQuery_INCLUDE_DIR};${PgQuery_TREE_INCLUDE_DIR};${PgQuery_PROTOBUF_C_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES PgQuery::ProtobufC)
endif()
