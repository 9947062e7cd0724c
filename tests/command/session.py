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
"# needs: postgres" asks for a scratch database, whose URL is in $PG; without a server the case is
skipped (exit 77).

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
    (r"\bpid \d+", "pid <pid>"),
]


def normalise(text, folder):
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


def play(comment, steps, case, strata):
    environment = {key: value for key, value in os.environ.items()
                   if not key.startswith(("PG", "STRATA_", "DATABASE_URL"))}
    environment["PATH"] = os.path.dirname(strata) + os.pathsep + environment["PATH"]
    environment["LC_ALL"] = "C.UTF-8"
    printed = list(comment)
    with tempfile.TemporaryDirectory() as folder:
        for name in os.listdir(case):
            source = os.path.join(case, name)
            if os.path.isdir(source):
                shutil.copytree(source, os.path.join(folder, name))
            elif name != "session.txt":
                shutil.copy(source, folder)
        environment["HOME"] = folder
        for command, _ in steps:
            text = run("".join(command), folder, environment)
            shown = "> ".join(command)
            printed += ["$ " + shown] + [normalise(text, folder)]
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
