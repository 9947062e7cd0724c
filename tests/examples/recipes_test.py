#!/usr/bin/env python3
"""Holds the recipes (compose file, Dockerfile, workflow, vcpkg, Conan, pre-commit) against what they name.

usage: recipes_test.py SOURCE-FOLDER
"""

import ast
import json
import os
import re
import sys

FAULTS = []


def expect(what, condition):
    if not condition:
        FAULTS.append(what)


def read(*parts):
    with open(os.path.join(ROOT, *parts), encoding="utf-8") as file:
        return file.read()


def dockerfile():
    """Returns the names of its stages."""
    stages, instructions = [], "FROM RUN COPY USER ENTRYPOINT CMD".split()
    joined = re.sub(r"\\\n", " ", read("examples", "docker", "Dockerfile"))
    for line in joined.splitlines():
        if not line or line.startswith("#"):
            continue
        word = line.split()[0]
        expect(f"Dockerfile: {word} is no instruction", word in instructions)
        if word == "FROM":
            image, name = re.fullmatch(r"FROM (\S+) AS (\S+)", line).groups()
            expect(f"Dockerfile: {image} has no tag", ":" in image or image in stages)
            stages.append(name)
        for source in re.findall(r"--from=(\S+)", line):
            expect(f"Dockerfile: there is no stage {source}", source in stages)
        if word in ("ENTRYPOINT", "CMD"):
            json.loads(line.split(None, 1)[1])
        if "apt-get install" in line:
            expect("Dockerfile: lists of packages stay in the image", "rm -rf /var/lib/apt/lists" in line)
    return stages


def compose(yaml, stages):
    services = yaml.safe_load(read("examples", "docker", "compose.yaml"))["services"]
    for name, service in services.items():
        build = service.get("build")
        if build:
            expect(f"compose: {name} builds no stage of the Dockerfile", build["target"] in stages)
            path = os.path.join(ROOT, "examples", "docker", build["context"], build["dockerfile"])
            expect(f"compose: {name} has no Dockerfile", os.path.exists(path))
        for other, how in service.get("depends_on", {}).items():
            expect(f"compose: {name} depends on {other}", other in services)
            if how["condition"] == "service_healthy":
                expect(f"compose: {other} has no healthcheck", "healthcheck" in services[other])
    order = services["app"]["depends_on"]["migrate"]["condition"]
    expect("compose: the application waits for the migrator", order == "service_completed_successfully")
    expect("compose: the migrator runs once", services["migrate"]["restart"] == "no")


def workflow(yaml):
    jobs = yaml.safe_load(read("examples", "ci", "migrate.yml"))["jobs"]
    for name, job in jobs.items():
        expect(f"workflow: {name} has no machine", "runs-on" in job)
        needs = job.get("needs", [])
        for other in [needs] if isinstance(needs, str) else needs:
            expect(f"workflow: {name} needs {other}", other in jobs)
        for step in job["steps"]:
            expect(f"workflow: a step of {name} neither uses nor runs", ("uses" in step) != ("run" in step))
            expect("workflow: an action without a version", "@" in step.get("uses", "@"))
    applies = [step for step in jobs["migrate"]["steps"] if " up " in step.get("run", "")]
    expect("workflow: DATABASE_URL is the secret",
           applies and applies[0]["env"]["DATABASE_URL"] == "${{ secrets.DATABASE_URL }}")


def manifests(yaml):
    version = re.search(r"project\(Strata VERSION ([0-9.]+)", read("CMakeLists.txt")).group(1)
    expect("vcpkg.json: another version", json.loads(read("vcpkg.json"))["version"] == version)
    expect("conanfile.py: another version", f'version = "{version}"' in read("conanfile.py"))
    ast.parse(read("conanfile.py"))
    for hook in yaml.safe_load(read(".pre-commit-hooks.yaml")):
        words = hook["entry"].split()
        expect(f"pre-commit: {hook['entry']}", words[0] == "strata")
        re.compile(hook["files"])


def main():
    try:
        import yaml
    except ImportError:
        print("skipped: Python has no module yaml (Debian: python3-yaml)")
        return 77
    compose(yaml, dockerfile())
    workflow(yaml)
    manifests(yaml)
    print("\n".join(FAULTS) or "every recipe names what there is")
    return 1 if FAULTS else 0


ROOT = sys.argv[1]
if __name__ == "__main__":
    sys.exit(main())
