# The example applications, built against the installed package as their README says, and run.
set(sources "${STRATA_SOURCE}/examples")

# example(<folder>): configures and builds it.
function(example folder)
  set(source "${sources}/${folder}")
  set(binary "${WORK}/${folder}")
  configure(OUTPUT "")
  build("${folder}")
endfunction()

example(sqlite_app)
file(MAKE_DIRECTORY "${WORK}/run")
set(notes "${CMAKE_COMMAND}" -E chdir "${WORK}/run" "${WORK}/sqlite_app/notes")
step("a fresh file" OUTPUT "migrated: create_notes\nmigrated: add_created_at\nnoted" COMMAND ${notes} "buy milk")
step("the second time" OUTPUT "noted" COMMAND ${notes} "drink it")
step("its status" OUTPUT "2" COMMAND "${strata}" current --dialect sqlite --dir "${sources}/sqlite_app/migrations" --url "sqlite://${WORK}/run/notes.db")

example(postgres_app)
set(database "${CMAKE_COMMAND}" -E env "DATABASE_URL=sqlite://${WORK}/run/guestbook.db")
step("without a database" EXIT 2 OUTPUT "guestbook: set DATABASE_URL"
     COMMAND "${CMAKE_COMMAND}" -E env --unset=DATABASE_URL "${WORK}/postgres_app/guestbook")
step("the migrator on SQLite" COMMAND ${database} "${WORK}/postgres_app/guestbook-migrate" up --quiet)
step("db_rollback" COMMAND ${database} "${CMAKE_COMMAND}" --build "${WORK}/postgres_app" --target db_rollback)
step("one step back" OUTPUT "1" COMMAND ${database} "${WORK}/postgres_app/guestbook-migrate" current)
execute_process(COMMAND "${strata}" pg start --cluster "${WORK}/server" --with-parent RESULT_VARIABLE has_server
                OUTPUT_VARIABLE url OUTPUT_STRIP_TRAILING_WHITESPACE)
if(has_server EQUAL 0)
  set(guestbook "${CMAKE_COMMAND}" -E env "DATABASE_URL=${url}" "${WORK}/postgres_app/guestbook")
  step("on PostgreSQL" OUTPUT "migrated: create_entries\nmigrated: index_entries\nat version 2 of ${url}" COMMAND ${guestbook})
  step("again" OUTPUT "at version 2 of ${url}" COMMAND ${guestbook})
endif()
