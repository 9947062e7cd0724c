# FetchContent, components, versions, the host's tool in a cross build; and what is said
# where something is missing.

# FetchContent with its sources given. Only the set is validated: building the whole is another case.
file(REMOVE_RECURSE "${binary}")
configure(OUTPUT "" ARGS -DWAY=fetch "-DFETCHCONTENT_SOURCE_DIR_STRATA=${STRATA_SOURCE}" "-DStrata_EXECUTABLE=${strata}" -DSTRATA_WITH_TOOL=OFF)
build(fetched TARGET shop_schema_embed)

# A cross build runs nothing that it built. (The compiler is this machine's: what counts is who is asked.)
file(REMOVE_RECURSE "${binary}")
put(toolchain.cmake "set(CMAKE_SYSTEM_NAME Linux)\nset(CMAKE_SYSTEM_PROCESSOR other)\nset(CMAKE_CROSSCOMPILING TRUE)\n")
configure(EXIT 1 ARGS "-DCMAKE_TOOLCHAIN_FILE=${source}/toolchain.cmake" -DStrata_EXECUTABLE=Strata_EXECUTABLE-NOTFOUND -DHIDE_TOOL=ON)
if(NOT output MATCHES "no strata that runs on this machine is found.*set Strata_EXECUTABLE to its path, or build Strata with STRATA_WITH_TOOL=ON")
  fail("cross without a tool:\n${output}")
endif()
file(REMOVE_RECURSE "${binary}")
configure(OUTPUT "" ARGS "-DCMAKE_TOOLCHAIN_FILE=${source}/toolchain.cmake" "-DStrata_EXECUTABLE=${strata}")
build(cross)
step(run OUTPUT 2 COMMAND "${binary}/shop")

# refused(<words> <argument>...): configuring says so.
function(refused words)
  file(REMOVE_RECURSE "${binary}")
  configure(EXIT 1 ARGS ${ARGN})
  string(REGEX REPLACE "[ \n]+" " " text "${output}")
  string(FIND "${text}" "${words}" found)
  if(found EQUAL -1)
    fail("the words \"${words}\" are missing:\n${output}")
  endif()
endfunction()

refused("Strata has no component \"mysql\": there are sqlite, postgres and tool" -DCOMPONENTS=mysql)
refused("compatible with requested version \"9.0\"" -DVERSION=9.0)
refused("Strata needs PQXX: install libpqxx-dev or build Strata with STRATA_WITH_POSTGRES=OFF" -DPQXX_LIBRARY=OFF)
refused("Strata needs PgQuery: install libpg-query-dev and libprotobuf-c-dev, or build Strata with STRATA_WITH_TOOL=OFF" -DPgQuery_INCLUDE_DIR=OFF)
refused("Strata needs SQLite3: install libsqlite3-dev or build Strata with STRATA_WITH_SQLITE=OFF" -DSQLite3_LIBRARY=OFF)
refused("Strata_EXECUTABLE is /nowhere/strata, which does not exist" -DStrata_EXECUTABLE=/nowhere/strata)
refused("strata_add_migrator: this Strata was built without its command line" -DWAY=fetch "-DFETCHCONTENT_SOURCE_DIR_STRATA=${STRATA_SOURCE}" -DSTRATA_WITH_TOOL=OFF -DMIGRATOR=ON "-DStrata_EXECUTABLE=${strata}")

# pkg-config, for what is no CMake project.
find_program(pkgconfig pkg-config)
if(pkgconfig)
  step(pkg-config COMMAND "${CMAKE_COMMAND}" -E env "PKG_CONFIG_PATH=${PREFIX}/lib/pkgconfig" "${pkgconfig}" --cflags --static --libs strata)
  if(NOT output MATCHES "-lstrata.*-labsl_status.*-lsqlite3")
    fail("pkg-config says ${output}")
  endif()
endif()
