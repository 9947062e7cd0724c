# How the tool and the migrators are linked. They are started with every deployment, with every build, or
# with every start of a service, and most of that start was the loader's work on some thirty small
# shared libraries.

# _strata_link_archives(<executable>): in its optimised configurations takes Strata, abseil, libpg_query,
# SQLite, libpqxx and the C++ library from their archives, those that this machine has; libpq and what it
# needs stay shared. REQUIRES: the executable links Strata::command. Nothing is done for another system
# than Linux, for another compiler than GCC and Clang, nor where sanitizers or another C++ library are asked for.
#
# The imported targets belong to the project, whose other programs are linked as they were. So these are not
# changed: the archives are put on the command line before the targets' shared libraries, which the linker
# then has no need for and, by --as-needed, does not enter.
function(_strata_link_archives executable)
  get_directory_property(options LINK_OPTIONS)
  if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR NOT CMAKE_CXX_COMPILER_ID MATCHES "^(GNU|Clang)$"
     OR "${CMAKE_CXX_FLAGS} ${CMAKE_EXE_LINKER_FLAGS} ${options}" MATCHES "-fsanitize|-stdlib=")
    return()
  endif()
  _strata_find_archives(archives shared_cxx Strata::command)
  if(NOT archives MATCHES "libabsl_")
    return()  # abseil is shared only, or its targets are not visible from this folder
  endif()
  set(flags -Wl,--as-needed)
  if(NOT shared_cxx)
    list(APPEND flags -static-libstdc++ -static-libgcc)
  endif()
  set(libraries -Wl,--start-group $<TARGET_FILE:Strata::command> $<TARGET_FILE:Strata::strata> ${archives}
      -Wl,--end-group m ${CMAKE_DL_LIBS})
  foreach(words IN ITEMS flags libraries)
    list(TRANSFORM ${words} REPLACE "(.+)" "$<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:\\1>")
  endforeach()
  target_link_options("${executable}" PRIVATE ${flags})
  target_link_libraries("${executable}" PRIVATE ${libraries})
endfunction()

# _strata_find_archives(<variable> <shared> <target>): sets the variable to the archives that lie beside the
# shared libraries which the target needs, directly or not; and `shared` to whether one that is written in
# C++ has none, and so brings the shared C++ library with it.
function(_strata_find_archives variable shared target)
  set(queue "${target}")
  set(seen "")
  set(archives "")
  set(${shared} FALSE PARENT_SCOPE)
  while(queue)
    list(POP_FRONT queue item)
    string(REGEX REPLACE "^\\$<LINK_ONLY:(.*)>$" "\\1" item "${item}")
    if(item IN_LIST seen)
      continue()
    endif()
    list(APPEND seen "${item}")
    set(file "${item}")
    if(TARGET "${item}")
      get_target_property(needed "${item}" INTERFACE_LINK_LIBRARIES)
      if(needed)
        list(APPEND queue ${needed})
      endif()
      _strata_imported_file("${item}" file)
    endif()
    if(NOT file MATCHES "\\.so(\\.[0-9.]+)?$" OR file MATCHES "/libpq\\.so")
      continue()
    endif()
    string(REGEX REPLACE "\\.so(\\.[0-9.]+)?$" ".a" archive "${file}")
    if(EXISTS "${archive}")
      list(APPEND archives "${archive}")
    elseif(file MATCHES "absl|pqxx")
      set(${shared} TRUE PARENT_SCOPE)
    endif()
  endwhile()
  set(${variable} "${archives}" PARENT_SCOPE)
endfunction()
