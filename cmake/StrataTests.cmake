# The tests that a project gets for its migrations.

function(_strata_add_tests set)
  if(DEFINED BUILD_TESTING AND NOT BUILD_TESTING)
    return()
  endif()
  foreach(property FOLDER DIALECT MIN_COVERAGE SNAPSHOT)
    get_target_property(${property} "${set}" STRATA_${property})
  endforeach()
  set(common --dir "${FOLDER}" --dialect "${DIALECT}")
  set(check "${_strata_tool}" check ${common})
  if(NOT MIN_COVERAGE STREQUAL "")
    list(APPEND check --min-coverage "${MIN_COVERAGE}")
  endif()
  add_test(NAME "${set}.check" COMMAND ${check} COMMAND_EXPAND_LISTS)
  set_tests_properties("${set}.check" PROPERTIES LABELS "strata;offline")
  if(SNAPSHOT)
    add_test(NAME "${set}.schema" COMMAND "${CMAKE_COMMAND}" -E env "STRATA_TARGET=${set}_db_dump"
      "${_strata_tool}" dump ${common} --check "${SNAPSHOT}")
    set_tests_properties("${set}.schema" PROPERTIES LABELS "strata;offline")
  endif()
  if(sqlite IN_LIST ARGN)
    add_test(NAME "${set}.roundtrip.sqlite" COMMAND "${_strata_tool}" test ${common} --url sqlite::memory:)
    set_tests_properties("${set}.roundtrip.sqlite" PROPERTIES LABELS "strata;offline")
  endif()
  get_target_property(results "${set}" STRATA_RESULTS)
  if(results)
    _strata_add_cluster()
    get_property(cluster GLOBAL PROPERTY STRATA_CLUSTER)
    # One run for all; the others report what it found.
    add_test(NAME "${set}.postgres.run"
      COMMAND "${_strata_tool}" test ${common} --cluster "${cluster}" --results "${results}")
    set_tests_properties("${set}.postgres.run" PROPERTIES LABELS "strata;postgres"
      FIXTURES_REQUIRED strata_cluster FIXTURES_SETUP "${set}_postgres" SKIP_RETURN_CODE 77)
    add_test(NAME "${set}.roundtrip.postgres" COMMAND "${_strata_tool}" result "${results}")
    set_tests_properties("${set}.roundtrip.postgres" PROPERTIES LABELS "strata;postgres"
      FIXTURES_REQUIRED "${set}_postgres" SKIP_RETURN_CODE 77)
  endif()
  _strata_discover_tests("${set}")
endfunction()

# One throw-away cluster for all tests of the project, started before the first and stopped after the
# last; it also stops when CTest itself goes away.
function(_strata_add_cluster)
  get_property(cluster GLOBAL PROPERTY STRATA_CLUSTER)
  if(cluster)
    return()
  endif()
  set(cluster "${CMAKE_BINARY_DIR}/strata/cluster")
  set_property(GLOBAL PROPERTY STRATA_CLUSTER "${cluster}")
  add_test(NAME strata.cluster.start COMMAND "${_strata_tool}" pg start --cluster "${cluster}" --with-parent)
  add_test(NAME strata.cluster.stop COMMAND "${_strata_tool}" pg stop --cluster "${cluster}" --with-parent)
  set_tests_properties(strata.cluster.start PROPERTIES FIXTURES_SETUP strata_cluster SKIP_RETURN_CODE 77)
  set_tests_properties(strata.cluster.stop PROPERTIES FIXTURES_CLEANUP strata_cluster SKIP_RETURN_CODE 77)
  set_tests_properties(strata.cluster.start strata.cluster.stop PROPERTIES LABELS "strata;postgres")
endfunction()

# One test a migration. The list is written when the set is embedded and read when ctest runs.
function(_strata_discover_tests set)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/strata/${set}")
  file(CONFIGURE OUTPUT "${out}/discover.cmake" @ONLY CONTENT [[
if(EXISTS "@out@/tests.cmake")
  include("@out@/tests.cmake")
else()
  add_test(@set@.not_built "build the target @set@ first")
endif()
]])
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${out}/discover.cmake")
endfunction()
