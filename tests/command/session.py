#!/usr/bin/env python3
"""Runs one golden session and compares what it prints.

usage: session.py STRATA CASE        (CASE: a folder with session.txt)

A session is what a person would see in a terminal:

    $ strata new add_users
    migrations/0001_add_users.up.sql
    $ strata up --to nine
    strata up: error: ...
    [2]

Lines that begin with "$ " are run by sh, in a fresh folder, each in turn; lines that begin with "> "
continue the command above (a here-document, say). What follows is standard output and error together
and, where it is not 0, the exit code. Lines before the first command are comments. Other files of CASE
are copied into the fresh folder. Times, paths and names of users are made the same everywhere.
A comment "needs: postgres" asks for a throw-away server, whose URL is in $PG; where this machine has
none the case is skipped (exit 77), or fails if CI or STRATA_REQUIRE_POSTGRES is set.

UPDATE_GOLDEN=1 writes what was printed into session.txt.
"""

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77


def read_session(path):
    """Returns (the comment at the top, [(command lines, expected output)])."""
    steps, comment = [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("$ "):
                steps.append(([line[2:]], []))
            elif not steps:
                comment.append(line)
            elif line.startswith("> ") and not steps[-1][1]:
                steps[-1][0].append(line[2:])
            else:
                steps[-1][1].append(line)
    if not steps:
        sys.exit(f"{path}: no line begins with '$ ': nothing is tested")
    return comment, steps


RULES = [
    (r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?", "<time>"),
    (r"\b\d+\.\d+ ms\b", "<ms> ms"),
    (r" *<ms> ms", " <ms> ms"),
    (r'("(?:duration|elapsed)_ms": )[0-9.]+', r"\1<ms>"),
    (r'("(?:applied_by|by)": )"[^"]*"', r'\1"<user>"'),
    (r"\b2\d{13}(?=_|\b)", "<timestamp>"),
    (r"\b(pid|process) \d+", r"\1 <pid>"),
]


def normalise(text, folder, socket):
    if socket:
        text = text.replace(socket, "<socket>")
    text = text.replace(os.path.realpath(folder), "<work>").replace(folder, "<work>")
    for pattern, replacement in RULES:
        text = re.sub(pattern, replacement, text)
    return text


def run(command, folder, environment):
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, timeout=120,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    text = done.stdout.decode("utf-8", "backslashreplace")
    if text and not text.endswith("\n"):
        text += "\n"
    return text + (f"[{done.returncode}]\n" if done.returncode else "")


class Server:
    """A throw-away server for one session, or nothing where none is asked for."""

    def __init__(self, wanted, strata, environment):
        self.wanted, self.strata = wanted, strata
        self.folder = tempfile.TemporaryDirectory()
        self.environment = dict(environment)

    def pg(self, word):
        return subprocess.run([self.strata, "pg", word, "--cluster", self.folder.name + "/cluster"],
                              env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, check=False)

    def __enter__(self):
        if not self.wanted:
            return ""
        started = self.pg("start")
        if started.returncode == 0:
            return self.pg("url").stdout.strip()
        required = os.environ.get("CI") or os.environ.get("STRATA_REQUIRE_POSTGRES")
        print(started.stdout)
        sys.exit(1 if required else SKIPPED)

    def __exit__(self, *unused):
        if self.wanted:
            self.pg("stop")
        self.folder.cleanup()


def play(comment, steps, case, strata):
    environment = {key: value for key, value in os.environ.items()
                   if not key.startswith(("PG", "STRATA_", "DATABASE_URL"))}
    environment["PATH"] = os.path.dirname(strata) + os.pathsep + environment["PATH"]
    environment["LC_ALL"] = "C.UTF-8"
    printed = list(comment)
    wanted = any("needs: postgres" in line for line in comment)
    with tempfile.TemporaryDirectory() as folder, Server(wanted, strata, environment) as url:
        environment["PG"] = url
        for name in os.listdir(case):
            source = os.path.join(case, name)
            if os.path.isdir(source):
                shutil.copytree(source, os.path.join(folder, name))
            elif name != "session.txt":
                shutil.copy(source, folder)
        environment["HOME"] = folder
        socket = url.rpartition("host=")[2]
        for command, _ in steps:
            text = run("".join(command), folder, environment)
            shown = "> ".join(command)
            printed += ["$ " + shown] + [normalise(text, folder, socket)]
    return "".join(printed)


def main():
    strata, case = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    path = os.path.join(case, "session.txt")
    comment, steps = read_session(path)
    printed = play(comment, steps, case, strata)
    with open(path, encoding="utf-8") as file:
        expected = file.read()
    if printed == expected:
        return 0
    if os.environ.get("UPDATE_GOLDEN") == "1":
        with open(path, "w", encoding="utf-8") as file:
            file.write(printed)
        return 0
    sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), printed.splitlines(True),
                                               path, "now"))
    print("UPDATE_GOLDEN=1 accepts what is printed now")
    return 1


if __name__ == "__main__":
    sys.exit(main())
