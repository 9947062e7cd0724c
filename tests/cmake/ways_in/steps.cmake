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

# Its path may be given from where cmake is run.
file(REMOVE_RECURSE "${binary}")
step("relative tool" COMMAND "${CMAKE_COMMAND}" -E chdir "${PREFIX}/bin" "${CMAKE_COMMAND}" -S "${source}" -B "${binary}" -G Ninja
     "-DCMAKE_PREFIX_PATH=${PREFIX}" "-DCMAKE_CXX_COMPILER=${CXX}" -DStrata_EXECUTABLE=./strata)
build("relative tool" TARGET shop_schema_embed)

# The package found in a folder below the top one, where db_migrate is defined.
file(REMOVE_RECURSE "${binary}")
file(MAKE_DIRECTORY "${WORK}/below/inner")
file(RENAME "${source}" "${WORK}/above")
file(COPY "${WORK}/above/migrations" DESTINATION "${WORK}/below/inner")
set(source "${WORK}/below")
put(CMakeLists.txt "cmake_minimum_required(VERSION 3.25)
project(top LANGUAGES CXX)
set(CMAKE_PREFIX_PATH \"\")
set(CMAKE_FIND_USE_SYSTEM_ENVIRONMENT_PATH OFF)
add_subdirectory(inner)
")
put(inner/CMakeLists.txt "find_package(Strata REQUIRED)
strata_add_migrations(shop_schema DATABASE_URL \"sqlite:\${CMAKE_BINARY_DIR}/shop.db\")
")
configure(OUTPUT "" ARGS "-DStrata_DIR=${PREFIX}/lib/cmake/Strata")
step("db_migrate from below" COMMAND "${CMAKE_COMMAND}" -E env --unset=DATABASE_URL "${CMAKE_COMMAND}" --build "${binary}" --target db_migrate)
file(STRINGS "${binary}/CMakeCache.txt" cached REGEX "^Strata_EXECUTABLE")
expect("a search for what was found already" "${cached}" "")
set(source "${WORK}/project")
file(RENAME "${WORK}/above" "${source}")

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
refused("Strata_EXECUTABLE is /nowhere/strata, which is not a file" -DStrata_EXECUTABLE=/nowhere/strata)
refused("strata_add_migrator: this Strata was built without its command line" -DWAY=fetch "-DFETCHCONTENT_SOURCE_DIR_STRATA=${STRATA_SOURCE}" -DSTRATA_WITH_TOOL=OFF -DMIGRATOR=ON "-DStrata_EXECUTABLE=${strata}")

# pkg-config, for what is no CMake project.
find_program(pkgconfig pkg-config)
if(pkgconfig)
  step(pkg-config COMMAND "${CMAKE_COMMAND}" -E env "PKG_CONFIG_PATH=${PREFIX}/lib/pkgconfig" "${pkgconfig}" --cflags --static --libs strata)
  if(NOT output MATCHES "-lstrata.*-labsl_status.*-lsqlite3")
    fail("pkg-config says ${output}")
  endif()
endif()
