# The db_* targets: two sets, from two directories, in order of definition and db_rollback in reverse; one
# set's own targets; DATABASE_URL and NAME from the environment.
configure(OUTPUT "")

# target(<target> <expected words of the output, in order> [<variable>=<value>...])
function(target name expected)
  step("${name}" COMMAND "${CMAKE_COMMAND}" -E env --unset=DATABASE_URL --unset=NAME ${ARGN} "${CMAKE_COMMAND}" --build "${binary}" --target ${name})
  string(REGEX MATCHALL "(up|down) +1 (items|posts)|at [0-9]+|(shop|blog)/[0-9]+_[a-z_.]+sql" found "${output}")
  string(REGEX REPLACE " +" " " found "${found}")
  expect("${name}" "${found}" "${expected}")
endfunction()

target(db_migrate "up 1 items;at 1;up 1 posts;at 1")
target(db_rollback "down 1 posts;down 1 items")
target(blog_db_migrate "up 1 posts;at 1")
target(blog_db_migrate "up 1 posts;at 1" "DATABASE_URL=sqlite:${WORK}/other.db")
target(shop_db_new "shop/2_add_price.up.sql;shop/2_add_price.down.sql" NAME=add_price)
step("no name" EXIT any COMMAND "${CMAKE_COMMAND}" -E env --unset=NAME "${CMAKE_COMMAND}" --build "${binary}" --target shop_db_new)
if(NOT output MATCHES "error: the environment variable NAME names the new migration: NAME=add_users cmake --build build --target shop_db_new")
  fail("no name:\n${output}")
endif()
