# Every wrong argument stops the configuration with the function, the argument, the way out and the
# line of the call.

# refused(<call> <message>): the call, which stands in line 1 of call.cmake, fails with the message.
function(refused call message)
  put(call.cmake "${call}\n")
  configure(EXIT 1)
  string(REGEX MATCH "CMake Error at [^\n]*\n(.*)\nCall Stack[^\n]*:\n(.*)" unused "${output}")
  set(stack "${CMAKE_MATCH_2}")
  set(text "${CMAKE_MATCH_1}")
  string(REGEX REPLACE "[ \n]+" " " text "${text}")
  string(STRIP "${text}" text)
  expect("${call}" "${text}" "${message}")
  if(NOT stack MATCHES "call.cmake:1 \\(strata_add_")
    fail("${call}: the call's line is missing:\n${output}")
  endif()
endfunction()

refused("strata_add_migrations(shop DIRECTROY migrations)"
        "strata_add_migrations: unknown argument \"DIRECTROY\" did you mean DIRECTORY?")
refused("strata_add_migrations(shop WHATEVER x)"
        "strata_add_migrations: unknown argument \"WHATEVER\" known are DIRECTORY, DIALECT, NAMESPACE, DATABASE_URL, SCHEMA, SNAPSHOT, LINT, MIN_COVERAGE, TESTS")
refused("strata_add_migrations(shop DIALECT)" "strata_add_migrations: DIALECT has no value")
refused("strata_add_migrations(shop DIALECT LINT off)" "strata_add_migrations: DIALECT has no value")
refused("strata_add_migrations(shop DIALECT \"\")" "strata_add_migrations: DIALECT is empty")
refused("strata_add_migrations(shop DIALECT sqlite DIALECT postgres)" "strata_add_migrations: DIALECT is given twice")
refused("strata_add_migrations(shop DIALECT postgresql)"
        "strata_add_migrations: DIALECT cannot be \"postgresql\": it is one of postgres, sqlite did you mean postgres?")
refused("strata_add_migrations(shop LINT fatal)"
        "strata_add_migrations: LINT cannot be \"fatal\": it is one of error, warning, off")
refused("strata_add_migrations(shop TESTS sqlite LNIT off)"
        "strata_add_migrations: TESTS cannot be \"LNIT\": it is one of sqlite, postgres, none did you mean LINT?")
refused("strata_add_migrations(shop NAMESPACE 1st)"
        "strata_add_migrations: NAMESPACE cannot be \"1st\": it is a C++ namespace, such as shop or acme::shop")
refused("strata_add_migrations(shop NAMESPACE acme::class)"
        "strata_add_migrations: NAMESPACE cannot be \"acme::class\": \"class\" is a word of C++")
refused("strata_add_migrations(default)"
        "strata_add_migrations: NAMESPACE cannot be \"default\": \"default\" is a word of C++ the target's name is taken where NAMESPACE is not given")
refused("strata_add_migrations(shop NAMESPACE std)"
        "strata_add_migrations: NAMESPACE cannot be \"std\": \"std\" is the standard library's")
refused("strata_add_migrations()" "strata_add_migrations: the target's name is missing strata_add_migrations(<target> [DIRECTORY <folder>] ...)")
refused("strata_add_migrations(NAMESPACE shop)"
        "strata_add_migrations: the target's name is missing before NAMESPACE strata_add_migrations(<target> [DIRECTORY <folder>] ...)")
refused("strata_add_migrations(shop MIN_COVERAGE 101)"
        "strata_add_migrations: MIN_COVERAGE cannot be \"101\": it is a number from 0 to 100")
refused("strata_add_migrations(shop MIN_COVERAGE most)"
        "strata_add_migrations: MIN_COVERAGE cannot be \"most\": it is a number from 0 to 100")
refused("strata_add_migrations(shop SCHEMA CMakeLists.txt SNAPSHOT CMakeLists.txt)"
        "strata_add_migrations: SNAPSHOT and SCHEMA are the same file, <work>/project/CMakeLists.txt db_dump would overwrite the schema that you write by hand")
refused("strata_add_migrations(shop SCHEMA nowhere.sql)"
        "strata_add_migrations: SCHEMA <work>/project/nowhere.sql is not a file")
refused("strata_add_migrations(shop DIRECTORY nowhere)"
        "strata_add_migrations: DIRECTORY <work>/project/nowhere is not a folder make it, with a first migration in it: strata --dir \"<work>/project/nowhere\" new NAME")
refused("strata_add_migrations(shop DIRECTORY empty)"
        "strata_add_migrations: DIRECTORY <work>/project/empty holds no migration make the first: strata --dir \"<work>/project/empty\" new NAME")
refused("strata_add_migrations(\"my shop\")"
        "strata_add_migrations: a target cannot be called \"my shop\" use letters, digits and _ . + -")

# What needs targets that exist stands in the CMakeLists.txt before the call.
put(CMakeLists.txt "cmake_minimum_required(VERSION 3.25)
project(arguments LANGUAGES CXX)
find_package(Strata REQUIRED)
add_library(plain INTERFACE)
strata_add_migrations(shop)
include(\"\${CMAKE_CURRENT_SOURCE_DIR}/call.cmake\")
")
refused("strata_add_migrations(shop)"
        "strata_add_migrations: the target \"shop\" exists already, made in <work>/project give this one another name")
refused("strata_add_migrator(migrate nothing)"
        "strata_add_migrator: \"nothing\" is not a target make it first, with strata_add_migrations(nothing)")
refused("strata_add_migrator(migrate plain)"
        "strata_add_migrator: the target \"plain\" is no migration set name one that strata_add_migrations() made")
refused("strata_add_migrator(migrate shop STATIC)"
        "strata_add_migrator: unexpected argument \"STATIC\" strata_add_migrator(<executable> <target>)")
refused("strata_add_migrator()" "strata_add_migrator: the executable's name is missing strata_add_migrator(<executable> <target>)")
refused("strata_add_migrator(migrate)" "strata_add_migrator: the migration set's name is missing strata_add_migrator(<executable> <target>)")
refused("strata_add_migrator(shop shop)"
        "strata_add_migrator: the target \"shop\" exists already, made in <work>/project give this one another name")

# Two sets in one namespace would be one function with two bodies, of which the linker takes either.
put(call.cmake "strata_add_migrations(second NAMESPACE shop)
file(WRITE \"\${CMAKE_BINARY_DIR}/main.cc\" \"int main() {}\")
add_executable(one \"\${CMAKE_BINARY_DIR}/main.cc\")
target_link_libraries(one PRIVATE shop)
")
configure()
file(APPEND "${source}/call.cmake" "target_link_libraries(one PRIVATE second)\n")
configure(EXIT 1)
if(NOT output MATCHES "STRATA_SET_IN_NAMESPACE_shop property of \"(shop|second)\" does[ \n]+not agree")
  fail("two sets in one namespace:\n${output}")
endif()
