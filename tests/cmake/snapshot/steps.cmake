# SNAPSHOT: db_dump writes the schema, a test says when it is not fresh; of both dialects.
configure(ARGS -DNOTES=notes.sql OUTPUT "")
build(first)
set(ctest ctest --test-dir "${binary}" --output-on-failure -R "[.]schema$")

# found(<what> <line>...): the last output has these lines.
function(found what)
  foreach(line IN LISTS ARGN)
    if(NOT output MATCHES "${line}")
      fail("${what}: no \"${line}\" in\n${output}")
    endif()
  endforeach()
endfunction()

step("no file yet" EXIT 8 COMMAND ${ctest})
found("no file yet" "<work>/project/schema.sql is not there"
      "help: write it anew with cmake --build . --target shop_schema_db_dump" "notes.sql is not there")
build(dump TARGET db_dump)
found(dump "<work>/project/schema.sql written" "<work>/project/notes.sql written")
file(READ "${source}/schema.sql" text)
expect(schema.sql "${text}" "CREATE TABLE users (\n    id bigint PRIMARY KEY\n);\n")
file(READ "${source}/notes.sql" text)
expect(notes.sql "${text}" "CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT);\n")
step(fresh COMMAND ${ctest})
found(fresh "100% tests passed")
build(again TARGET db_dump)
found(again "<work>/project/schema.sql is up to date")

put(migrations/0002_name.up.sql "ALTER TABLE users ADD COLUMN name text;\n")
put(migrations/0002_name.down.sql "ALTER TABLE users DROP COLUMN name;\n")
step(stale EXIT 8 COMMAND ${ctest})
found(stale "schema.sql is not what the migrations make"
      "schema.sql:2: the file has \"    id bigint PRIMARY KEY\", the migrations make \"    id bigint PRIMARY KEY,\""
      "help: write it anew with cmake --build . --target shop_schema_db_dump")
build("one set" TARGET shop_schema_db_dump)
found("one set" "<work>/project/schema.sql written")
step("fresh again" COMMAND ${ctest})

configure(EXIT 1 ARGS -DNOTES=notes/schema.sql)
found("among the migrations" "lies among the migrations, where every .sql file is one")
configure(EXIT 1 ARGS -DNOTES=nowhere/schema.sql)
found("no folder" "is not the name of a file in a folder that is")
