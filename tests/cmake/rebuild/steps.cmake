# The next build does exactly what a change needs, without configuring again; where nothing changed it does
# nothing.
built(shop shop)
set(proof "${binary}/strata/shop_schema/proof")
set(up "CREATE TABLE users (id bigint PRIMARY KEY);\n")

# Sets the variable to the moment the set was last embedded.
function(stamped variable)
  execute_process(COMMAND stat -c "%z" "${proof}" OUTPUT_VARIABLE moment)
  set(${variable} "${moment}" PARENT_SCOPE)
endfunction()

# changes(<what> <embeds> <compiles> <files that the program then holds>): builds twice; the first build
# does what is said, the second one nothing.
function(changes what embeds compiles holds)
  stamped(before)
  build("${what}")
  stamped(after)
  if(before STREQUAL after)
    expect("${what}: embeds" no "${embeds}")
  else()
    expect("${what}: embeds" yes "${embeds}")
  endif()
  if(output MATCHES "Building CXX object [^\n]*shop_schema.cc")
    expect("${what}: compiles" yes "${compiles}")
  else()
    expect("${what}: compiles" no "${compiles}")
  endif()
  if(output MATCHES "Re-running|Configuring|main.cc")
    fail("${what}: too much was done:\n${output}")
  endif()
  step("${what}: run" OUTPUT "${holds}" COMMAND "${shop}")
  foreach(time first second)
    build("nothing to do, ${time} time, after: ${what}" ONLY "Building|Linking|Checking|Re-running|Configuring" OUTPUT "")
    stamped(now)
    expect("embeds though nothing changed since: ${what}" "${now}" "${after}")
  endforeach()
endfunction()

configure(OUTPUT "")
build(first)
changes("nothing" no no "0001_create_users.up.sql ${up}")

put(migrations/0001_create_users.up.sql "CREATE TABLE users (id int);\n")
changes("edit" yes yes "0001_create_users.up.sql CREATE TABLE users (id int);\n")
put(migrations/0001_create_users.up.sql "${up}")
changes("edit back" yes yes "0001_create_users.up.sql ${up}")

put(migrations/0002_add.up.sql "ALTER TABLE users ADD a int;\n")
put(migrations/0002_add.down.sql "ALTER TABLE users DROP a;\n")
changes("add" yes yes "0001_create_users.up.sql ${up}0002_add.up.sql ALTER TABLE users ADD a int;")

foreach(direction up down)
  file(RENAME "${source}/migrations/0002_add.${direction}.sql" "${source}/migrations/0003_add_a.${direction}.sql")
endforeach()
changes("rename" yes yes "0001_create_users.up.sql ${up}0003_add_a.up.sql ALTER TABLE users ADD a int;")

file(REMOVE "${source}/migrations/0003_add_a.up.sql" "${source}/migrations/0003_add_a.down.sql")
changes("delete" yes yes "0001_create_users.up.sql ${up}")

file(TOUCH "${source}/migrations/0001_create_users.down.sql")
changes("touch" yes no "0001_create_users.up.sql ${up}")

put(README.md "beside the folder")
changes("a file elsewhere" no no "0001_create_users.up.sql ${up}")

# The configuration, which was not there at first.
put(strata.toml "[lint.rules]\nvarchar-limit = \"off\"\n")
changes("a configuration" yes no "0001_create_users.up.sql ${up}")
put(strata.toml "[lint.rules]\nvarchar-limit = \"error\"\n")
changes("another configuration" yes no "0001_create_users.up.sql ${up}")
file(REMOVE "${source}/strata.toml")
changes("no configuration" yes no "0001_create_users.up.sql ${up}")

# A faulty set fails every build, with the same words, until it is mended.
put(migrations/0002_wrong.up.sql "ALTER TABEL users ADD a int;\n")
put(migrations/0002_wrong.down.sql "ALTER TABLE users DROP a;\n")
foreach(time first second)
  build("faulty, ${time} time" EXIT any)
  string(REGEX MATCHALL "0002_wrong.up.sql:1:7: error: syntax error at or near \"TABEL\"" found "${output}")
  list(LENGTH found count)
  expect("faults in the log, ${time} time" "${count}" 1)
endforeach()
put(migrations/0002_wrong.up.sql "ALTER TABLE users ADD a int;\n")
changes("mended" yes yes "0001_create_users.up.sql ${up}0002_wrong.up.sql ALTER TABLE users ADD a int;")

# Branches, as git switches them.
find_program(git git)
if(git)
  set(quiet "${git}" -C "${source}" -c user.name=t -c user.email=t -c init.defaultBranch=main -c core.hooksPath=/dev/null)
  step(init COMMAND ${quiet} init -q)
  step(add COMMAND ${quiet} add .)
  step(commit COMMAND ${quiet} commit -qm two)
  step(branch COMMAND ${quiet} checkout -qb other)
  file(REMOVE "${source}/migrations/0002_wrong.up.sql" "${source}/migrations/0002_wrong.down.sql")
  step(commit COMMAND ${quiet} commit -qam one)
  changes("branch with one" yes yes "0001_create_users.up.sql ${up}")
  step(switch COMMAND ${quiet} checkout -q main)
  changes("branch with two" yes yes "0001_create_users.up.sql ${up}0002_wrong.up.sql ALTER TABLE users ADD a int;")
endif()
