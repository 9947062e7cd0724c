# add_subdirectory(), without the tool's own build: the runtime library alone, with the installed tool.
# (Compiled as the outer build compiles it, so that a compiler cache has it already.)
string(TOUPPER "${OUTER_BUILD_TYPE}" type)
configure(OUTPUT "" ARGS "-DStrata_EXECUTABLE=${strata}" "-DCMAKE_BUILD_TYPE=${OUTER_BUILD_TYPE}"
          "-DCMAKE_CXX_FLAGS_${type}=${OUTER_FLAGS}" "-DCMAKE_COMPILE_WARNING_AS_ERROR=${OUTER_WERROR}"
          "-DCMAKE_CXX_COMPILER_LAUNCHER=${CXX_LAUNCHER}")
build(subdirectory)
step(run OUTPUT 2 COMMAND "${binary}/shop")
