# install(), the exported package, the pkg-config file and the Debian packages. Two components: `tool`,
# what runs migrations, and `dev`, what a project builds with.
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/Strata")
set_target_properties(strata PROPERTIES VERSION "${PROJECT_VERSION}" SOVERSION "${PROJECT_VERSION}")
install(TARGETS strata EXPORT StrataTargets
  ARCHIVE COMPONENT dev
  LIBRARY COMPONENT tool NAMELINK_COMPONENT dev
  RUNTIME COMPONENT tool)
install(DIRECTORY tool/migration/include/ tool/migrate/include/ TYPE INCLUDE COMPONENT dev FILES_MATCHING PATTERN "*.h")
if(STRATA_WITH_TOOL)
  set_target_properties(strata_tool PROPERTIES EXPORT_NAME command)
  set_target_properties(strata_cli PROPERTIES EXPORT_NAME tool)
  if(BUILD_SHARED_LIBS)
    file(RELATIVE_PATH to_libraries "/${CMAKE_INSTALL_BINDIR}" "/${CMAKE_INSTALL_LIBDIR}")
    set_target_properties(strata_cli PROPERTIES INSTALL_RPATH "$ORIGIN/${to_libraries}")
  endif()
  install(TARGETS strata_tool EXPORT StrataTargets ARCHIVE COMPONENT dev)
  install(TARGETS strata_cli EXPORT StrataTargets RUNTIME COMPONENT tool)
endif()

install(EXPORT StrataTargets NAMESPACE Strata:: DESTINATION "${package_dir}" COMPONENT dev)
configure_package_config_file(cmake/StrataConfig.cmake.in "${CMAKE_CURRENT_BINARY_DIR}/StrataConfig.cmake"
  INSTALL_DESTINATION "${package_dir}" NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/StrataConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES
  "${CMAKE_CURRENT_BINARY_DIR}/StrataConfig.cmake" "${CMAKE_CURRENT_BINARY_DIR}/StrataConfigVersion.cmake"
  cmake/Strata.cmake cmake/StrataArguments.cmake cmake/StrataTool.cmake cmake/StrataLink.cmake cmake/StrataEmbed.cmake
  cmake/StrataDatabase.cmake cmake/StrataTests.cmake cmake/FindPQXX.cmake cmake/FindPgQuery.cmake
  cmake/migrator.cc.in cmake/incbin_test.cc
  DESTINATION "${package_dir}" COMPONENT dev)

# The manual and the completions come out of the tool, so a cross build installs none.
if(STRATA_WITH_TOOL AND NOT CMAKE_CROSSCOMPILING)
  set(words_bash completion bash)
  set(words_zsh completion zsh)
  set(words_fish completion fish)
  set(words_man help --man)
  set(file_bash bash-completion/completions/strata)
  set(file_zsh zsh/site-functions/_strata)
  set(file_fish fish/vendor_completions.d/strata.fish)
  set(file_man man/man1/strata.1)
  set(share "${CMAKE_CURRENT_BINARY_DIR}/share")
  set(made "")
  foreach(kind bash zsh fish man)
    get_filename_component(folder "${share}/${file_${kind}}" DIRECTORY)
    file(MAKE_DIRECTORY "${folder}")
    add_custom_command(OUTPUT "${share}/${file_${kind}}" DEPENDS strata_cli COMMENT "" VERBATIM
      COMMAND strata_cli ${words_${kind}} > "${share}/${file_${kind}}")
    list(APPEND made "${share}/${file_${kind}}")
  endforeach()
  add_custom_target(strata_share ALL DEPENDS ${made})
  install(DIRECTORY "${share}/" DESTINATION "${CMAKE_INSTALL_DATADIR}" COMPONENT tool)
endif()

set(STRATA_PC_DRIVERS "")
set(STRATA_PC_DEFINITIONS "")
if(STRATA_WITH_SQLITE)
  string(APPEND STRATA_PC_DRIVERS " sqlite3")
  string(APPEND STRATA_PC_DEFINITIONS " -DSTRATA_WITH_SQLITE=1")
endif()
if(STRATA_WITH_POSTGRES)
  string(APPEND STRATA_PC_DRIVERS " libpqxx")
  string(APPEND STRATA_PC_DEFINITIONS " -DSTRATA_WITH_POSTGRES=1")
endif()
file(RELATIVE_PATH STRATA_PC_TO_PREFIX "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
configure_file(cmake/strata.pc.in "${CMAKE_CURRENT_BINARY_DIR}/strata.pc" @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/strata.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT dev)

if(NOT PROJECT_IS_TOP_LEVEL)
  return()  # what is packed there, and how, the top project says
endif()
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME strata)
set(CPACK_PACKAGE_CONTACT "the Strata maintainers <maintainers@strata.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL tool dev)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_TOOL_PACKAGE_NAME strata)
set(CPACK_DEBIAN_TOOL_PACKAGE_SHLIBDEPS ON)
if(STRATA_WITH_POSTGRES)
  set(CPACK_DEBIAN_TOOL_PACKAGE_DEPENDS "libpq5 (>= 14)")  # loaded when it is called (tool/libpq.cc)
endif()
set(CPACK_DEBIAN_DEV_PACKAGE_NAME libstrata-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
    "strata (= ${PROJECT_VERSION}), libabsl-dev, libsqlite3-dev, libpqxx-dev, libpg-query-dev, libprotobuf-c-dev")
include(CPack)
