# The library of a set, and the one build step that validates the set and writes its sources.

set(STRATA_EMBED auto CACHE STRING "How migrations enter the object file: incbin, literals, or auto")
set_property(CACHE STRATA_EMBED PROPERTY STRINGS auto incbin literals)

# Whether the compiler's assembler knows .incbin. Compiles only: a cross build runs nothing.
function(_strata_have_incbin variable)
  if(NOT STRATA_EMBED STREQUAL "auto")
    _strata_check_choice(STRATA_EMBED "auto;incbin;literals" "${STRATA_EMBED}")
    string(COMPARE EQUAL "${STRATA_EMBED}" incbin have)
    set(${variable} "${have}" PARENT_SCOPE)
    return()
  endif()
  if(NOT DEFINED STRATA_HAVE_INCBIN)
    set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
    try_compile(STRATA_HAVE_INCBIN "${CMAKE_BINARY_DIR}/CMakeFiles/StrataIncbin"
                SOURCES "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/incbin_test.cc"
                COMPILE_DEFINITIONS "-DSTRATA_INCBIN_FILE=\"${CMAKE_CURRENT_FUNCTION_LIST_DIR}/incbin_test.cc\"")
  endif()
  set(${variable} "${STRATA_HAVE_INCBIN}" PARENT_SCOPE)
endfunction()

# The generated source is compiled alone and as it is: it holds no code worth optimizing, and an
# assembler's symbols do not survive link-time optimization.
function(_strata_add_set_library target namespace)
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(NOT CXX IN_LIST languages)
    _strata_fail("the project has no C++" "project(... LANGUAGES CXX)")
  endif()
  set(out "${CMAKE_CURRENT_BINARY_DIR}/strata/${target}")
  file(MAKE_DIRECTORY "${out}/include")
  set_source_files_properties("${out}/${target}.cc" PROPERTIES GENERATED ON SKIP_PRECOMPILE_HEADERS ON)
  add_library("${target}" "${out}/${target}.cc")
  add_library("${target}::${target}" ALIAS "${target}")
  set_target_properties("${target}" PROPERTIES
    POSITION_INDEPENDENT_CODE ON INTERPROCEDURAL_OPTIMIZATION OFF UNITY_BUILD OFF
    AUTOMOC OFF AUTOUIC OFF AUTORCC OFF CXX_CLANG_TIDY "" CXX_CPPCHECK "" CXX_CPPLINT "" CXX_INCLUDE_WHAT_YOU_USE ""
    WINDOWS_EXPORT_ALL_SYMBOLS ON PUBLIC_HEADER "${out}/include/${target}.h")
  # CMake refuses what links two sets of one namespace: the linker would take either's migrations().
  string(MAKE_C_IDENTIFIER "STRATA_SET_IN_NAMESPACE_${namespace}" only_set)
  set_target_properties("${target}" PROPERTIES
    "INTERFACE_${only_set}" "${target}" COMPATIBLE_INTERFACE_STRING "${only_set}")
  target_compile_features("${target}" PUBLIC cxx_std_17)
  target_compile_options("${target}" PRIVATE "$<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-fno-lto>")
  _strata_default(CMAKE_INSTALL_INCLUDEDIR include)
  target_include_directories("${target}" PUBLIC "$<BUILD_INTERFACE:${out}/include>" "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
  target_link_libraries("${target}" PUBLIC Strata::strata)
endfunction()

# Ninja reads the depfile, which names the folder and every file in it; and, where there is no strata.toml
# beside it, the folder above, where one may be put. Other generators ask the tool
# at each build, which compares names, sizes and times and is done: a depfile would serve make only
# until the first file is deleted (make then embeds at every build, since CMake keeps the name of
# the deleted file in the rule).
function(_strata_add_embed_step target)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/strata/${target}")
  foreach(property FOLDER DIALECT NAMESPACE LINT MIN_COVERAGE RESULTS)
    get_target_property(${property} "${target}" STRATA_${property})
  endforeach()
  _strata_have_incbin(incbin)
  set(command "${_strata_tool}" embed --dir "${FOLDER}" --dialect "${DIALECT}" --target "${target}"
      --namespace "${NAMESPACE}" --out "${out}" --tool "${_strata_tool}" --lint "${LINT}" --if-changed)
  if(NOT MIN_COVERAGE STREQUAL "")
    list(APPEND command --min-coverage "${MIN_COVERAGE}")
  endif()
  if(RESULTS)
    list(APPEND command --results "${RESULTS}")
  endif()
  if(NOT incbin)
    list(APPEND command --literals)
  endif()
  if(CMAKE_COLOR_DIAGNOSTICS)
    list(APPEND command --color always)
  endif()
  set(products "${out}/${target}.cc" "${out}/${target}.blob" "${out}/include/${target}.h" "${out}/tests.cmake"
      "${out}/proof")
  if(CMAKE_GENERATOR MATCHES "Ninja")
    add_custom_command(OUTPUT "${out}/stamp" BYPRODUCTS ${products} DEPFILE "${out}/depfile" VERBATIM
      COMMAND ${command} DEPENDS ${_strata_tool_depends} COMMENT "Checking and embedding ${target}")
    add_custom_target("${target}_embed" DEPENDS "${out}/stamp")
  else()
    add_custom_target("${target}_embed" BYPRODUCTS ${products} VERBATIM
      COMMAND ${command} DEPENDS ${_strata_tool_depends})
  endif()
  set_target_properties("${target}_embed" PROPERTIES FOLDER Strata)
  add_dependencies("${target}" "${target}_embed")
endfunction()
