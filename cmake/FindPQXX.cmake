# PQXX::PQXX - PostgreSQL's C++ client (Debian ships only libpqxx.pc), with libpq.
find_path(PQXX_INCLUDE_DIR pqxx/pqxx)
find_library(PQXX_LIBRARY pqxx)
find_package(PostgreSQL QUIET)
mark_as_advanced(PQXX_INCLUDE_DIR PQXX_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PQXX
  REQUIRED_VARS PQXX_LIBRARY PQXX_INCLUDE_DIR PostgreSQL_LIBRARIES
  REASON_FAILURE_MESSAGE "install libpqxx-dev or set STRATA_WITH_POSTGRES=OFF")

if(PQXX_FOUND AND NOT TARGET PQXX::PQXX)
  add_library(PQXX::PQXX UNKNOWN IMPORTED)
  set_target_properties(PQXX::PQXX PROPERTIES
    IMPORTED_LOCATION "${PQXX_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${PQXX_INCLUDE_DIR};${PostgreSQL_INCLUDE_DIRS}"
    INTERFACE_LINK_LIBRARIES "${PostgreSQL_LIBRARIES}")
endif()
