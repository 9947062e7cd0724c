# A machine whose libpq cannot be loaded: checks run, and what needs the library says what is missing.
# Variables: STRATA, WORK (a folder for this test).
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}/migrations")
file(TOUCH "${WORK}/libpq.so.5")
file(WRITE "${WORK}/migrations/1_a.up.sql" "CREATE TABLE a (id bigint PRIMARY KEY);\n")
file(WRITE "${WORK}/migrations/1_a.down.sql" "DROP TABLE a;\n")
set(ENV{LD_LIBRARY_PATH} "${WORK}")

function(expect exit_code words)
  execute_process(COMMAND "${STRATA}" ${ARGN} WORKING_DIRECTORY "${WORK}"
                  RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT code STREQUAL exit_code OR NOT output MATCHES "${words}")
    message(FATAL_ERROR "strata ${ARGN}: exit code ${code}, not ${exit_code}; it said:\n${output}")
  endif()
endfunction()

expect(0 "^1 migration checked in .*round trips: 1 ok\n$" check)
expect(5 "^strata: [^\n]*libpq.so.5: file too short\nhelp: install PostgreSQL's client library \\(Debian: libpq5\\)\n$"
       status --url postgresql://localhost/shop)
