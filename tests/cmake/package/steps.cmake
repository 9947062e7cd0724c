# find_package() from a prefix; a C++17 consumer; static, shared, hidden, with link-time optimization,
# with the fallback for assemblers without .incbin; the migrator; the prefix moved elsewhere.
set(expected "create_users 44\nadd_email 72")
set(shop "${binary}/shop")

configure(OUTPUT "" ARGS -DCMAKE_EXPORT_COMPILE_COMMANDS=ON)
file(STRINGS "${binary}/compile_commands.json" files REGEX "\"file\":")
list(TRANSFORM files REPLACE ".*/([^/]*)\".*" "\\1")
list(SORT files)
expect("what compile_commands.json names" "${files}" "main.cc;shop-migrate.cc;shop_schema.cc")
build(static)
step(run OUTPUT "${expected}" COMMAND "${shop}")

foreach(variant "-DSTRATA_EMBED=literals" "-DBUILD_SHARED_LIBS=ON;-DCMAKE_CXX_VISIBILITY_PRESET=hidden;-DCMAKE_VISIBILITY_INLINES_HIDDEN=ON"
        "-DCMAKE_INTERPROCEDURAL_OPTIMIZATION=ON" "-DCMAKE_POSITION_INDEPENDENT_CODE=ON;-DCMAKE_UNITY_BUILD=ON"
        "-DCMAKE_CXX_FLAGS=${CXX_FLAGS} -flto -O2 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror")
  file(REMOVE_RECURSE "${binary}")
  configure(OUTPUT "" ARGS -DCMAKE_CXX_STANDARD=17 ${variant})
  build("${variant}")
  step("${variant}" OUTPUT "${expected}" COMMAND "${shop}")
endforeach()

step(export COMMAND "${binary}/shop-migrate" export "${WORK}/exported" --quiet)
file(GLOB files RELATIVE "${source}/migrations" "${source}/migrations/*")
foreach(file IN LISTS files)
  step("export ${file}" COMMAND "${CMAKE_COMMAND}" -E compare_files "${source}/migrations/${file}" "${WORK}/exported/${file}")
endforeach()
step("no folder for a migrator" EXIT 2 OUTPUT "shop-migrate export: error: --dir is not for a program with its migrations baked in
help: shop-migrate export DIR writes them out" COMMAND "${binary}/shop-migrate" export --dir migrations out)

step(install COMMAND "${CMAKE_COMMAND}" --install "${binary}" --prefix "${WORK}/installed")
step("installed migrator" COMMAND "${WORK}/installed/bin/shop-migrate" version)

# An optimised migrator needs libpq alone, unless that is not wanted.
find_program(readelf readelf)
if(readelf AND NOT CXX_FLAGS MATCHES "-fsanitize")
  foreach(links archives shared)
    file(REMOVE_RECURSE "${binary}")
    if(links STREQUAL "archives")
      configure(OUTPUT "" ARGS -DCMAKE_BUILD_TYPE=Release)
    else()
      configure(OUTPUT "" ARGS -DCMAKE_BUILD_TYPE=Release -DSTRATA_LINK_ARCHIVES=OFF)
    endif()
    build("${links}" TARGET shop-migrate)
    step("${links}: version" COMMAND "${binary}/shop-migrate" version)
    step("${links}: needs" COMMAND "${readelf}" -d "${binary}/shop-migrate")
    string(REGEX MATCHALL "\\[lib(absl_status|pg_query|pqxx|sqlite3|stdc\\+\\+)" needs "${output}")
    if(links STREQUAL "archives")
      expect("what a migrator of archives needs" "${needs}" "")
    elseif(NOT needs MATCHES "libpg_query")
      fail("STRATA_LINK_ARCHIVES=OFF makes no difference:\n${output}")
    endif()
  endforeach()
endif()

file(COPY "${PREFIX}/" DESTINATION "${WORK}/moved")
file(REMOVE_RECURSE "${binary}")
configure(OUTPUT "" ARGS "-DCMAKE_PREFIX_PATH=${WORK}/moved")
build(moved)
step("moved" OUTPUT "${expected}" COMMAND "${shop}")
