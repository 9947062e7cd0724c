# What a project calls. find_package(Strata), add_subdirectory() and FetchContent all end here.
# The text above a function is its manual; docs/cmake.md is these texts, and a test compares them.
include_guard(GLOBAL)
cmake_policy(VERSION 3.25)

include("${CMAKE_CURRENT_LIST_DIR}/StrataArguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/StrataTool.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/StrataLink.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/StrataEmbed.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/StrataDatabase.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/StrataTests.cmake")

#[=====[.md:
## Ways in

```cmake
find_package(Strata 0.1 REQUIRED)                     # where it is installed

include(FetchContent)                                 # or built with the project, from its repository
FetchContent_Declare(Strata GIT_REPOSITORY <url of this repository> GIT_TAG v0.1.0)
FetchContent_MakeAvailable(Strata)

add_subdirectory(third_party/strata EXCLUDE_FROM_ALL) # or from a folder
```

Each brings the functions below, the runtime library `Strata::strata` and the program `Strata::tool`.
`find_package` knows the components `sqlite`, `postgres` and `tool`. A project that builds Strata builds the tool
first, which takes minutes; with `STRATA_WITH_TOOL=OFF` it does not, and uses the `strata` that is installed.

| variable | |
| --- | --- |
| `Strata_EXECUTABLE` | the `strata` that validates and embeds. A cross build needs one of the host: `-DStrata_EXECUTABLE=/usr/bin/strata` |
| `STRATA_WITH_SQLITE`, `STRATA_WITH_POSTGRES`, `STRATA_WITH_TOOL` | what is built of Strata where the project builds it: all are `ON` |
| `STRATA_EMBED` | `auto`; `incbin` and `literals` decide by hand how the bytes enter the object file |
| `STRATA_LINK_ARCHIVES` | `OFF`: migrators are linked with the shared libraries that are found. Else, on Linux and in optimised configurations, with the archives beside them: they start in half the time |
| `BUILD_SHARED_LIBS` | `ON`: the sets are shared libraries, with the one function that they export |
| `BUILD_TESTING` | `OFF`: no tests are added |
#]=====]

#[=====[.md:
## `strata_add_migrations`

```cmake
strata_add_migrations(<target>
  [DIRECTORY <folder>]
  [DIALECT postgres|sqlite]
  [NAMESPACE <c++ namespace>]
  [DATABASE_URL <url>]
  [SCHEMA <file>]
  [SNAPSHOT <file>]
  [LINT error|warning|off]
  [MIN_COVERAGE <percent>]
  [TESTS sqlite|postgres|none ...])
```

Makes a library from a folder of migrations. Link it and include `<target>.h`:

```cmake
strata_add_migrations(shop_schema NAMESPACE shop DATABASE_URL "sqlite:${CMAKE_BINARY_DIR}/shop.db")
target_link_libraries(shop PRIVATE shop_schema)
```

```cpp
#include <shop_schema.h>
#include <strata/strata.h>

static_assert(shop::HasMigration(7), "this code reads users.avatar_url, which migration 7 adds");

absl::StatusOr<strata::MigrateResult> result =
    strata::Migrate(shop::migrations(), "postgresql://app@db/shop");
```

- `DIRECTORY`: the folder; default `migrations` beside the `CMakeLists.txt`. Relative to that.
- `DIALECT`: what the files are written in; default `postgres`.
- `NAMESPACE`: where the header declares `migrations()`, `kLatestVersion`, `kMigrationCount`,
  `kMigrations` (version, name, checksum, reversible) and `HasMigration()`, all of them but the first
  `constexpr`; default the target's name. `acme::shop` is one, too. A program that links two sets of
  one namespace is refused.
- `DATABASE_URL`: the database of the `db_*` targets, where the environment variable of that name is
  not set when they run.
- `SCHEMA`: a file with the schema as it should be, for `db_diff`.
- `SNAPSHOT`: a file where the schema that the migrations make is kept, for reviews and `git diff`:
  `db_dump` writes it, a test says when it is not fresh. Not in the migrations' folder; it need not
  be there yet.
- `LINT`: whether a lint finding fails the build (`error`), is shown (`warning`, the default) or not
  looked for (`off`).
- `MIN_COVERAGE`: how many percent of the statements the offline check has to have understood, else
  the build fails.
- `TESTS`: which round trips CTest gets; default both. `none`: only the offline tests.

**Building.** The target validates the set, which is everything that `strata check` does, and embeds it. An
invalid set fails the build; its faults stand in the log as a compiler's do. Adding, editing, renaming or
deleting a file (or `strata.lock`, or `strata.toml` beside the folder) does this again at the next build,
without configuring again; when nothing changed, nothing is done. A down script that an earlier build found
right is not tried again while its migration and all before it stay the same. The bytes enter the object file
by the assembler's `.incbin`; where the compiler has none they are written out as string literals. The library
is also `<target>::<target>`. It is static or shared as `BUILD_SHARED_LIBS` says.

**Targets.** `db_migrate`, `db_rollback` (one step), `db_redo`, `db_status`, `db_check`, `db_plan`,
`db_verify`, `db_new`, `db_diff`, `db_dump` and `db_report` act on every set of the project in the order of
their definition, `db_rollback` in reverse; `<target>_db_migrate` and so on act on one set. `db_new` and
`db_diff` take the new migration's name from the environment: `NAME=add_skills cmake --build build --target
db_new`. They run in the top source directory, so `sqlite:shop.db` lies there. `db_report` writes
`<target>.html` into the build directory, `db_dump` the `SNAPSHOT` (without one it prints the schema).

**Tests.** After `enable_testing()`: `<target>.check`, `<target>.roundtrip.sqlite`,
`<target>.roundtrip.postgres`, and for each migration `<target>.<version>_<name>`, found when the target is
built, and `<target>.<version>_<name>.postgres`; `ctest -R shop_schema.0003` runs those of one. The ones on
PostgreSQL report, each its own, what one run of all (`<target>.postgres.run`) has found. With a `SNAPSHOT`
also `<target>.schema`, which fails where that file is not what `db_dump` would write. Their labels are
`strata` and `offline` or `postgres`. The run on PostgreSQL makes a scratch database, on the server that the
environment variable `STRATA_TEST_DATABASE_URL` names, else in a throw-away cluster that a fixture starts with
this machine's own `initdb` and `postgres`; where there is neither they are reported as skipped, or as failed
if `STRATA_REQUIRE_POSTGRES=1` is in the environment.
#]=====]
function(strata_add_migrations)
  set(_strata_function "${CMAKE_CURRENT_FUNCTION}")
  set(one DIRECTORY DIALECT NAMESPACE DATABASE_URL SCHEMA SNAPSHOT LINT MIN_COVERAGE)
  set(many TESTS)
  list(POP_FRONT ARGV target)
  _strata_check_target_name(target "${target}" "${one};${many}" "strata_add_migrations(<target> [DIRECTORY <folder>] ...)")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "${one}" "${many}")
  _strata_check_arguments("${one};${many}" "${arg_UNPARSED_ARGUMENTS}" "${arg_KEYWORDS_MISSING_VALUES}" ${ARGV})
  _strata_check_new_target("${target}")
  _strata_default(arg_DIALECT postgres)
  _strata_default(arg_LINT warning)
  _strata_default(arg_DIRECTORY migrations)
  _strata_default(arg_TESTS sqlite postgres)
  string(MAKE_C_IDENTIFIER "${target}" identifier)
  set(namespace_help "")
  if(NOT DEFINED arg_NAMESPACE)
    set(arg_NAMESPACE "${identifier}")
    set(namespace_help "the target's name is taken where NAMESPACE is not given")
  endif()
  _strata_check_choice(DIALECT "postgres;sqlite" "${arg_DIALECT}")
  _strata_check_choice(LINT "error;warning;off" "${arg_LINT}")
  _strata_check_choice(TESTS "sqlite;postgres;none" ${arg_TESTS})
  _strata_check_namespace("${arg_NAMESPACE}" ${namespace_help})
  _strata_check_percent("${arg_MIN_COVERAGE}")
  _strata_check_folder("${arg_DIRECTORY}" folder)
  if(DEFINED arg_SCHEMA)
    _strata_check_file(SCHEMA "${arg_SCHEMA}" schema)
  endif()
  if(DEFINED arg_SNAPSHOT)
    _strata_check_snapshot("${arg_SNAPSHOT}" "${folder}" "${schema}" snapshot)
  endif()

  set(results "")
  if(postgres IN_LIST arg_TESTS AND arg_DIALECT STREQUAL "postgres")
    set(results "${CMAKE_CURRENT_BINARY_DIR}/strata/${target}/postgres")
  endif()

  _strata_find_tool()
  _strata_add_set_library("${target}" "${arg_NAMESPACE}")
  set_target_properties("${target}" PROPERTIES
    STRATA_FOLDER "${folder}" STRATA_DIALECT "${arg_DIALECT}" STRATA_NAMESPACE "${arg_NAMESPACE}"
    STRATA_URL "${arg_DATABASE_URL}" STRATA_SCHEMA "${schema}" STRATA_SNAPSHOT "${snapshot}" STRATA_LINT "${arg_LINT}"
    STRATA_MIN_COVERAGE "${arg_MIN_COVERAGE}" STRATA_RESULTS "${results}" EXPORT_PROPERTIES STRATA_NAMESPACE)
  _strata_add_embed_step("${target}")
  _strata_add_database_targets("${target}")
  _strata_add_tests("${target}" ${arg_TESTS})
endfunction()

#[=====[.md:
## `strata_add_migrator`

```cmake
strata_add_migrator(<executable> <target>)
```

Makes an executable that is the whole command line of `strata` with the set of `<target>` baked in:
`shop-migrate up`, `shop-migrate status`, `shop-migrate export DIR`. It needs no folder (and refuses
`--dir`), so it is what a container image or a release ships:

```cmake
strata_add_migrator(shop-migrate shop_schema)
install(TARGETS shop-migrate)
```

`<target>` is one made by `strata_add_migrations()`, here or in the project that exported it. The executable
is an ordinary target: properties, `install()` and `target_link_options(shop-migrate PRIVATE
-static-libstdc++)` work as on any other.
#]=====]
function(strata_add_migrator)
  set(_strata_function "${CMAKE_CURRENT_FUNCTION}")
  set(synopsis "strata_add_migrator(<executable> <target>)")
  list(POP_FRONT ARGV executable set)
  _strata_check_target_name(executable "${executable}" "" "${synopsis}")
  _strata_check_target_name("migration set" "${set}" "" "${synopsis}")
  if(ARGV)
    list(POP_FRONT ARGV word)
    _strata_fail("unexpected argument \"${word}\"" "${synopsis}")
  endif()
  _strata_check_new_target("${executable}")
  if(NOT TARGET "${set}")
    _strata_fail("\"${set}\" is not a target" "make it first, with strata_add_migrations(${set})")
  endif()
  get_target_property(aliased "${set}" ALIASED_TARGET)
  if(aliased)
    set(set "${aliased}")
  endif()
  get_target_property(STRATA_NAMESPACE "${set}" STRATA_NAMESPACE)
  if(NOT STRATA_NAMESPACE)
    _strata_fail("the target \"${set}\" is no migration set" "name one that strata_add_migrations() made")
  endif()
  if(NOT TARGET Strata::command)
    _strata_fail("this Strata was built without its command line"
                 "build it with STRATA_WITH_TOOL=ON, for the platform that the program runs on")
  endif()
  set(source "${CMAKE_CURRENT_BINARY_DIR}/strata/${executable}.cc")
  configure_file("${CMAKE_CURRENT_FUNCTION_LIST_DIR}/migrator.cc.in" "${source}" @ONLY)
  add_executable("${executable}" "${source}")
  target_link_libraries("${executable}" PRIVATE "${set}" Strata::command)
  if(NOT DEFINED STRATA_LINK_ARCHIVES OR STRATA_LINK_ARCHIVES)
    _strata_link_archives("${executable}")
  endif()
endfunction()
