"""Runs conanfile.py, with a stand-in for Conan that writes down what it is asked, for each of its options.

    conan_recipe.py ROOT
"""

import glob
import importlib.util
import itertools
import os
import sys
import types

root = sys.argv[1]
steps = []


class Toolchain:
    last = None

    def __init__(self, recipe):
        self.cache_variables = {}
        Toolchain.last = self

    def generate(self):
        steps.append("toolchain")


class Named:
    """Any other generator or build helper: its methods do nothing but say so."""

    def __init__(self, recipe):
        pass

    def __getattr__(self, step):
        return lambda: steps.append(step)


modules = {name: types.ModuleType(name) for name in ("conan", "conan.tools", "conan.tools.cmake")}
modules["conan"].ConanFile = object
for name in ("CMake", "CMakeDeps"):
    setattr(modules["conan.tools.cmake"], name, Named)
modules["conan.tools.cmake"].CMakeToolchain = Toolchain
modules["conan.tools.cmake"].cmake_layout = lambda recipe: steps.append("layout")
sys.modules.update(modules)
sys.dont_write_bytecode = True

spec = importlib.util.spec_from_file_location("conanfile", os.path.join(root, "conanfile.py"))
conanfile = importlib.util.module_from_spec(spec)
spec.loader.exec_module(conanfile)
Recipe = conanfile.StrataConan

assert set(Recipe.default_options) == set(Recipe.options), "an option without a default"
for pattern in Recipe.exports_sources:
    assert glob.glob(os.path.join(root, pattern)), f"exports_sources: there is no {pattern}"
for top in ("CMakeLists.txt", "cmake", "tool"):
    assert any(pattern.startswith(top) for pattern in Recipe.exports_sources), f"{top} is not exported"

for values in itertools.product(*Recipe.options.values()):
    recipe = Recipe()
    recipe.options = types.SimpleNamespace(**dict(zip(Recipe.options, values)))
    required = []
    recipe.requires = lambda reference, **traits: required.append(reference.split("/")[0])
    recipe.cpp_info = types.SimpleNamespace(set_property=lambda name, value: None)
    steps.clear()
    recipe.layout()
    recipe.requirements()
    recipe.generate()
    recipe.build()
    recipe.package()
    recipe.package_info()
    expected = ["abseil", "sqlite3"] + (["libpqxx"] if recipe.options.with_postgres else [])
    assert required == expected, required
    assert steps == ["layout", "generate", "toolchain", "configure", "build", "install"], steps
    assert Toolchain.last.cache_variables == {
        "STRATA_WITH_POSTGRES": recipe.options.with_postgres,
        "STRATA_WITH_TOOL": recipe.options.with_tool,
        "STRATA_BUILD_TESTS": False,
    }, Toolchain.last.cache_variables
    assert recipe.cpp_info.builddirs == ["lib/cmake/Strata"]
