# How migrators are linked. They are started with every deployment, or with every start of a service,
# and most of that start was the loader's work on some thirty small shared libraries. (The tool itself:
# STRATA_STATIC_DEPENDENCIES, which changes the imported targets and so cannot be done to a user's
# project.)

# _strata_link_archives(<executable>): in an optimised build for Linux, takes abseil, libpg_query,
# SQLite, libpqxx and the C++ library from their archives, those that this machine has; libpq and what
# it needs stay shared. The archives stand before the shared libraries on the command line, which are
# then not needed. -DSTRATA_LINK_ARCHIVES=OFF links everything as it is found.
function(_strata_link_archives executable)
  if(DEFINED STRATA_LINK_ARCHIVES AND NOT STRATA_LINK_ARCHIVES)
    return()
  endif()
  if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR NOT CMAKE_CXX_COMPILER_ID MATCHES "^(GNU|Clang)$"
     OR NOT CMAKE_BUILD_TYPE MATCHES "^(Release|RelWithDebInfo|MinSizeRel)$"
     OR "${CMAKE_CXX_FLAGS} ${CMAKE_EXE_LINKER_FLAGS}" MATCHES "-fsanitize|-stdlib=")
    return()
  endif()
  set(queue Strata::command)
  set(seen "")
  set(archives "")
  set(shared_cxx FALSE)
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
      set(shared_cxx TRUE)  # it brings the shared C++ library with it
    endif()
  endwhile()
  if(NOT archives MATCHES "libabsl_")
    return()  # abseil is shared only, or its targets are not visible from this folder
  endif()
  target_link_options("${executable}" PRIVATE -Wl,--as-needed)
  if(NOT shared_cxx)
    target_link_options("${executable}" PRIVATE -static-libstdc++ -static-libgcc)
  endif()
  target_link_libraries("${executable}" PRIVATE -Wl,--start-group $<TARGET_FILE:Strata::command>
    $<TARGET_FILE:Strata::strata> ${archives} -Wl,--end-group m ${CMAKE_DL_LIBS})
endfunction()
