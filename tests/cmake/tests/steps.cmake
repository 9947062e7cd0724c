# The tests that a project gets: found when the set is built, run against one throw-away cluster, skipped
# where there is none, failed where that is not allowed.
set(ctest "${CMAKE_COMMAND}" -E env --unset=STRATA_TEST_DATABASE_URL --unset=STRATA_REQUIRE_POSTGRES --unset=CI
    ctest --test-dir "${binary}")
set(lines "^ *(Test +#|[0-9]+/[0-9]+ Test)|tests passed|Not Run|Skipped")

# results(<what> <expected lines: name result> <ctest argument>...): runs ctest and compares each test's result.
function(results what expected)
  execute_process(COMMAND ${ctest} ${ARGN} OUTPUT_VARIABLE text ERROR_VARIABLE text)
  string(REGEX MATCHALL "Test +#[0-9]+: [^ ]+ \\.*(\\*\\*\\*)? *[A-Za-z ]+[a-z]" found "${text}")
  set(shown "")
  foreach(line IN LISTS found)
    string(REGEX REPLACE "Test +#[0-9]+: ([^ ]+) \\.*(\\*\\*\\*)? *([A-Za-z ]+[a-z])" "\\1 \\3" line "${line}")
    list(APPEND shown "${line}")
  endforeach()
  list(SORT shown)
  list(SORT expected)
  if(NOT shown STREQUAL expected)
    list(JOIN shown "\n" shown)
    list(JOIN expected "\n" expected)
    fail("${what}: the tests are\n${shown}\n---- instead of\n${expected}\n---- whole:\n${text}")
  endif()
endfunction()

configure(OUTPUT "")
results("before the build" "shop_schema.not_built Not Run" -R not_built)
build(first)

set(offline "shop_schema.check Passed" "shop_schema.0001_create_users Passed" "shop_schema.0002_index_email Passed"
    "shop_schema.0003_lower Passed" "shop_schema.roundtrip.sqlite Passed")
results("offline" "${offline}" -L offline -j4)
results("one migration" "shop_schema.0002_index_email Passed" -R "shop_schema.0002_index_email$")
set(postgres shop_schema.postgres.run shop_schema.roundtrip.postgres shop_schema.0001_create_users.postgres
    shop_schema.0002_index_email.postgres shop_schema.0003_lower.postgres)
list(TRANSFORM postgres APPEND " Passed" OUTPUT_VARIABLE postgres_passed)
list(TRANSFORM postgres APPEND " Skipped" OUTPUT_VARIABLE postgres_skipped)
list(TRANSFORM postgres APPEND " Not Run" OUTPUT_VARIABLE postgres_not_run)

execute_process(COMMAND "${strata}" pg start --cluster "${WORK}/probe" --with-parent RESULT_VARIABLE has_server OUTPUT_QUIET)
if(has_server EQUAL 0)
  results("on PostgreSQL" "strata.cluster.start Passed;strata.cluster.stop Passed;${postgres_passed}"
          -L postgres -j4)
  results("one on PostgreSQL" "strata.cluster.start Passed;strata.cluster.stop Passed;shop_schema.postgres.run Passed;shop_schema.0002_index_email.postgres Passed;shop_schema.0002_index_email Passed"
          -R shop_schema.0002)
  step("no server is left" EXIT 5 COMMAND "${strata}" pg url --cluster "${binary}/strata/cluster")

  # With a server of one's own there is no cluster.
  execute_process(COMMAND "${strata}" pg url --cluster "${WORK}/probe" OUTPUT_VARIABLE url OUTPUT_STRIP_TRAILING_WHITESPACE)
  set(before ${ctest})
  set(ctest "${CMAKE_COMMAND}" -E env "STRATA_TEST_DATABASE_URL=${url}" ctest --test-dir "${binary}")
  results("on a given server" "strata.cluster.start Passed;strata.cluster.stop Passed;${postgres_passed}"
          -L postgres -j4)
  set(ctest ${before})
endif()

set(ctest "${CMAKE_COMMAND}" -E env --unset=STRATA_TEST_DATABASE_URL --unset=STRATA_REQUIRE_POSTGRES
    STRATA_PG_BINDIR=/nowhere ctest --test-dir "${binary}")
results("without a server" "strata.cluster.start Skipped;strata.cluster.stop Passed;${postgres_skipped}" -L postgres)
set(ctest "${CMAKE_COMMAND}" -E env --unset=STRATA_TEST_DATABASE_URL STRATA_REQUIRE_POSTGRES=1
    STRATA_PG_BINDIR=/nowhere ctest --test-dir "${binary}")
results("a server is required" "strata.cluster.start Failed;strata.cluster.stop Passed;${postgres_not_run}" -L postgres)

# A new file is a new test at the next build, without configuring.
put(migrations/0004_more.up.sql "CREATE TABLE more (id int);\n")
put(migrations/0004_more.down.sql "SELECT 1;\n")
set(ctest ctest --test-dir "${binary}")
build(add EXIT any)
put(migrations/0004_more.down.sql "DROP TABLE more;\n")
build(mended)
results("the new one" "shop_schema.0004_more Passed" -R "shop_schema.0004_more$")

# What only a server finds is the failure of its own migration, and the ones above it still tell.
if(has_server EQUAL 0)
  put(migrations/0002_index_email.down.sql "DROP INDEX users_email; SET search_path = nowhere; DO $$ BEGIN EXECUTE 'CREATE TABLE public.left_over (i int)'; END $$;\n")
  build(broken EXIT any)
  set(ctest "${CMAKE_COMMAND}" -E env --unset=STRATA_TEST_DATABASE_URL --unset=CI ctest --test-dir "${binary}")
  results("one is broken" "strata.cluster.start Passed;strata.cluster.stop Passed;shop_schema.postgres.run Passed;shop_schema.roundtrip.postgres Failed;shop_schema.0001_create_users.postgres Passed;shop_schema.0002_index_email.postgres Failed;shop_schema.0003_lower.postgres Passed;shop_schema.0004_more.postgres Passed" -L postgres)
endif()
