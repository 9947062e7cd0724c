#!/usr/bin/env python3
"""Measures diff over every kind of object and every way to alter it, with PostgreSQL as the judge.

    python3 matrix.py --strata build/strata [--only WORD] [--every N] [--jobs 2]

A family is what all its states share, and the states; each ordered pair of states is a diff, online-safe and
--simple: the migration is applied up, down and up again to a database that holds the first state, and after
each step pg_dump has to be what it is of the state itself. Needs PGHOST (or the usual variables) of a server
on which databases may be made, psql and pg_dump.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import measure
from families import FAMILIES


class Matrix:
    def __init__(self, options):
        self.options = options
        self.temp = tempfile.mkdtemp(prefix="strata-matrix-")
        self.dumps = {}
        self.counts = [0, 0]

    def write(self, name, text):
        path = os.path.join(self.temp, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def dump_of(self, where, sql):
        """The schema as the server has it; None where it does not take the state."""
        if sql not in self.dumps:
            database = f"x{os.getpid()}_{where}"
            measure.fresh(database)
            done = measure.psql(database, self.write(where + ".sql", sql))
            self.dumps[sql] = measure.pg_dump(database) if done.returncode == 0 else None
            if done.returncode != 0:
                print(f"bad state {where}: {done.stderr}", flush=True)
            measure.admin(f'DROP DATABASE "{database}"')
        return self.dumps[sql]

    def fault(self, where, before, after, renames, simple):
        """What is wrong with the migration; "": nothing."""
        want, was = self.dump_of(where, after), self.dump_of(where, before)
        if want is None or was is None:
            return ""
        folder = os.path.join(self.temp, where + ".d")
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        start = re.sub(r"-- strata: renamed-from .*\n", "", before) or "SELECT 1;"
        self.write(where + ".d/1_start.up.sql", '-- strata: irreversible "the beginning"\n' + start)
        schema = self.write(where + ".schema.sql", after or "SELECT 1;")
        words = ["diff", "step", "--dir", folder, "--schema", schema] + (["--simple"] if simple else [])
        for rename in renames:
            words += ["--rename", rename]
        made = measure.run([self.options.strata, *words])
        if made.returncode != 0:
            return f"exit {made.returncode}: {made.stderr}"
        ups = sorted((f for f in os.listdir(folder) if re.match(r"[2-9].*\.up\.sql", f)))
        if not ups:
            return "" if want == was else "no difference found: " + measure.Measure.difference(was, want)
        if "note: left out" in made.stderr:
            return made.stderr
        database = f"x{os.getpid()}_{where}"
        measure.fresh(database)
        measure.psql(database, self.write(where + ".sql", before))
        downs = [f.replace(".up.", ".down.") for f in reversed(ups)]
        for way, files, wanted in (("up", ups, want), ("down", downs, was), ("up again", ups, want)):
            for name in files:
                done = measure.psql(database, os.path.join(folder, name))
                if done.returncode != 0:
                    with open(os.path.join(folder, name), encoding="utf-8") as f:
                        return f"{way}: {done.stderr}\n{f.read()}"
            found = measure.pg_dump(database)
            if found != wanted:
                return f"{way}: " + measure.Measure.difference(found, wanted)
        measure.admin(f'DROP DATABASE "{database}"')
        return ""

    def one(self, job):
        number, family, first, second, simple, renames = job
        prelude, states = FAMILIES[family]
        where = f"{number}"
        why = self.fault(where, prelude + states[first], prelude + states[second], renames, simple)
        self.counts[1] += 1
        self.counts[0] += not why
        if why:
            mode = "simple" if simple else "online"
            print(f"== {family}, {mode}: {states[first] or 'nothing'} -> {states[second] or 'nothing'}\n"
                  f"{why.strip()[:1500]}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strata", required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    jobs = []
    for family, (_, states) in FAMILIES.items():
        if options.only not in family:
            continue
        for i in range(len(states)):
            for j in range(len(states)):
                if i != j:
                    jobs += [(len(jobs), family, i, j, False, []), (len(jobs) + 1, family, i, j, True, [])]
    jobs = jobs[::options.every]
    matrix = Matrix(options)
    with ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(matrix.one, jobs))
    shutil.rmtree(matrix.temp, ignore_errors=True)
    good, all_ = matrix.counts
    print(f"{good}/{all_} = {100.0 * good / max(all_, 1):.2f} %")
    return 0 if good == all_ else 1


if __name__ == "__main__":
    sys.exit(main())
