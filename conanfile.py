"""The runtime library with Conan's packages. The tool's parser, libpg_query, is in no Conan repository: build
the tool where the system has it (with_tool=True), or name a host's strata with Strata_EXECUTABLE."""

from conan import ConanFile
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout


class StrataConan(ConanFile):
    name = "strata"
    version = "0.1.0"
    license = "Apache-2.0"
    description = "SQL migrations that the build validates and bakes into binaries"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "with_postgres": [True, False], "with_tool": [True, False]}
    default_options = {"shared": False, "with_postgres": True, "with_tool": False}
    exports_sources = "CMakeLists.txt", "cmake/*", "tool/*", "LICENSE"

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        self.requires("abseil/[>=20220623 <20250000]", transitive_headers=True)
        self.requires("sqlite3/[>=3.37]")
        if self.options.with_postgres:
            self.requires("libpqxx/[>=6.4 <8]")

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["STRATA_WITH_POSTGRES"] = bool(self.options.with_postgres)
        toolchain.cache_variables["STRATA_WITH_TOOL"] = bool(self.options.with_tool)
        toolchain.cache_variables["STRATA_BUILD_TESTS"] = False
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()

    def package_info(self):
        # Strata's own package file is the one to use: it brings the functions along.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = ["lib/cmake/Strata"]
