#!/usr/bin/env python3
"""Measures diff, dump and verify against PostgreSQL, over a folder of real migration sets.

    python3 measure.py --strata build/strata --corpus DIR [--sets a,b] [--every N] [--pairs] [--dumps] [--drift]

DIR holds one folder a set, of <version>_<name>.up.sql files; _prelude.sql, where there is one, runs first.
Needs PGHOST (or the usual variables) of a server on which databases may be created and dropped, psql and pg_dump.

--pairs  diff from state k-1 to state k (every N-th k), from empty to the last, from the middle to the last:
         is the SQL accepted, and is pg_dump -s afterwards that of state k? The same for the way back.
--dumps  dump -> load -> dump: is it a fixed point, and does it load?
--drift  verify on a database that psql built: no drift?
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, timeout=300, **more)


def psql(database, path):
    return run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", path])


def migrate(database, path):
    """One migration as the tool would run it: in a transaction, where its statements allow that."""
    done = run(["psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", path])
    return done if done.returncode == 0 else psql(database, path)


def admin(sql):
    return run(["psql", "-X", "-q", "-d", "postgres", "-c", sql])


def fresh(name, template=None):
    admin(f'DROP DATABASE IF EXISTS "{name}"')
    made = admin(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    if made.returncode != 0:
        raise RuntimeError(made.stderr)


def reloaded(dump):
    """A list that varchar is compared with: pg_dump's text, loaded again, is printed the other way."""
    def each(match):
        items = re.sub(r"('(?:[^']|'')*'::character varying)", r"(\1)::text", match[1])
        return "ARRAY[" + items + "]"
    return re.sub(r"\(ARRAY\[((?:'(?:[^']|'')*'::character varying(?:, )?)+)\]\)::text\[\]", each, dump)


def statements(dump):
    """pg_dump's output as a set of statements, the columns of a table in the order of their names."""
    dump = reloaded(dump)
    dump = re.sub(r"^(--.*|SET .*|SELECT pg_catalog.set_config.*|\\\\.*)$", "", dump, flags=re.M)
    result = []
    for block in re.split(r";\n", dump):
        block = block.strip()
        if block.startswith(("\\restrict", "\\unrestrict")):
            block = block.split("\n", 1)[1].strip() if "\n" in block else ""
        if block.startswith("CREATE TABLE"):
            head, _, body = block.partition("(\n")
            lines = sorted(line.strip().rstrip(",") for line in body.split("\n"))
            block = head + "\n".join(lines)
        if block and not block.startswith(("\\restrict", "\\unrestrict")):
            result.append(block)
    return sorted(result)


def pg_dump(database):
    out = run(["pg_dump", "-s", "-d", database])
    if out.returncode != 0:
        raise RuntimeError(out.stderr)
    return statements(out.stdout)


def migrations(folder):
    ups = sorted((f for f in os.listdir(folder) if f.endswith(".up.sql")), key=lambda f: int(re.match(r"\d+", f)[0]))
    if os.path.exists(os.path.join(folder, "_prelude.sql")):
        ups.insert(0, "_prelude.sql")
    return ups


def without_transaction(text):
    """BEGIN and COMMIT in the middle of a file: psql runs them, the tool does not take them."""
    if re.search(r"^\s*BEGIN;.*^\s*COMMIT;\s*\S", text, flags=re.M | re.S | re.I):
        return re.sub(r"^\s*(BEGIN|COMMIT);[ \t]*$", "", text, flags=re.M | re.I)
    return text


def lay(folder, ups, to):
    """The migrations as the contract wants them: irreversible where a down is missing."""
    os.makedirs(to, exist_ok=True)
    for name in ups:
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            text = without_transaction(f.read())
        if not re.search(r"^\s*-- strata: irreversible", text, flags=re.M):
            text = '-- strata: irreversible "measured upwards only"\n' + text
        target = "0_prelude.up.sql" if name == "_prelude.sql" else name
        with open(os.path.join(to, target), "w", encoding="utf-8") as f:
            f.write(text)


class Measure:
    def __init__(self, options):
        self.options = options
        self.count = {}
        self.temp = tempfile.mkdtemp(prefix="strata-measure-")

    def note(self, what, good, where, why=""):
        counts = self.count.setdefault(what, [0, 0])
        counts[1] += 1
        counts[0] += 1 if good else 0
        if not good:
            print(f"{what}: {where}: {why.strip()[:1500]}", flush=True)

    def strata(self, *words):
        return run([self.options.strata, *words])

    def copy_schema(self, source, target):
        """A state is a schema: its rows could not all satisfy a new NOT NULL or key."""
        fresh(target)
        path = os.path.join(self.temp, "copy.sql")
        run(["pg_dump", "-s", "-d", source, "-f", path])
        done = psql(target, path)
        if done.returncode != 0:
            raise RuntimeError("a copy of " + source + ": " + done.stderr)

    def pair(self, what, where, folder, ups, before, after):
        set_dir = os.path.join(self.temp, "set")
        shutil.rmtree(set_dir, ignore_errors=True)
        lay(folder, ups[:before], set_dir)
        if before == 0:
            with open(os.path.join(set_dir, "0_empty.up.sql"), "w") as f:
                f.write('-- strata: irreversible "nothing"\nSELECT 1;\n')
        schema = os.path.join(self.temp, "schema.sql")
        dump = run(["pg_dump", "-s", "-d", f"m_{after}"])
        with open(schema, "w", encoding="utf-8") as f:
            f.write("\n".join(l for l in dump.stdout.split("\n") if not l.startswith("\\")))
        known = set(os.listdir(set_dir))
        mode = ["--simple"] if self.options.simple else []
        made = self.strata("diff", "step", "--dir", set_dir, "--schema", schema, *mode)
        if made.returncode != 0:
            return self.note(what, False, where, f"exit {made.returncode}: {made.stderr}")
        files = sorted((f for f in os.listdir(set_dir) if f not in known and f.endswith(".up.sql")),
                       key=lambda f: int(re.match(r"\d+", f)[0]))
        self.copy_schema(f"m_{before}", "m_work")
        for name in files:
            done = migrate("m_work", os.path.join(set_dir, name))
            if done.returncode != 0:
                return self.note(what, False, where, "refused: " + done.stderr)
        left, right = pg_dump("m_work"), pg_dump(f"m_{after}")
        self.note(what, left == right, where, self.difference(left, right))
        if left != right:
            return None
        for name in reversed(files):
            done = migrate("m_work", os.path.join(set_dir, name.replace(".up.sql", ".down.sql")))
            if done.returncode != 0:
                return self.note(what + " down", False, where, "refused: " + done.stderr)
        left, right = pg_dump("m_work"), pg_dump(f"m_{before}")
        return self.note(what + " down", left == right, where, self.difference(left, right))

    @staticmethod
    def difference(left, right):
        """The lines that only one of the two dumps has, each statement's beginning before its own."""
        result = []
        for sign, these, those in (("<", left, right), (">", right, left)):
            others = {line for s in those for line in s.split("\n")}
            for s in [s for s in these if s not in those][:4]:
                lines = s.split("\n")
                result.append(sign + " " + lines[0][:120])
                result += [sign + "   " + line for line in lines[1:] if line not in others][:5]
        return "\n".join(result)

    def one_set(self, name, folder, ups=None):
        """`ups`: as far as the server can build the set, where it lacks an extension."""
        ups = migrations(folder) if ups is None else ups
        if not ups:
            return
        wanted = {0, len(ups), len(ups) // 2}
        steps = list(range(1, len(ups) + 1))[::-self.options.every] if self.options.pairs else []
        for k in steps:
            wanted |= {k, k - 1}
        fresh("m_0")
        fresh("m_chain")
        for k, up in enumerate(ups, 1):
            done = migrate("m_chain", os.path.join(folder, up))
            if done.returncode != 0 and up != ups[0]:
                self.note("sets built by psql", False, f"{name} {up}", done.stderr)
                return self.one_set(name, folder, ups[:k - 1])
            if k == len(ups):
                fresh("m_last", "m_chain")
            if k in wanted:
                self.copy_schema("m_chain", f"m_{k}")
        self.note("sets built by psql", True, name)
        for k in steps:
            self.pair("pairs", f"{name} {ups[k - 1]}", folder, ups, k - 1, k)
        if self.options.pairs:
            self.pair("empty to last", name, folder, ups, 0, len(ups))
            self.pair("middle to last", name, folder, ups, len(ups) // 2, len(ups))
        set_dir = os.path.join(self.temp, "whole")
        shutil.rmtree(set_dir, ignore_errors=True)
        lay(folder, ups, set_dir)
        if self.options.dumps:
            self.dumps(name, set_dir, f"m_{len(ups)}")
        if self.options.drift:
            url = "dbname=m_last"
            out = self.strata("verify", "--dir", set_dir, "--url", url)
            self.note("no drift", out.returncode == 0, name, out.stderr + out.stdout)
        for k in wanted | {"chain", "work"}:
            admin(f'DROP DATABASE IF EXISTS "m_{k}"')

    def dumps(self, name, set_dir, final):
        first = self.strata("dump", "--dir", set_dir)
        if first.returncode != 0:
            return self.note("dump", False, name, first.stderr)
        path = os.path.join(self.temp, "dump.sql")
        with open(path, "w", encoding="utf-8") as f:
            f.write(first.stdout)
        second = self.strata("dump", "--schema", path)
        self.note("dump is a fixed point", first.stdout == second.stdout, name, second.stderr)
        fresh("m_work")
        done = psql("m_work", path)
        self.note("dump loads", done.returncode == 0, name, done.stderr)
        if done.returncode == 0:
            left, right = pg_dump("m_work"), pg_dump(final)
            self.note("dump is the schema", left == right, name, self.difference(left, right))

    def finish(self):
        shutil.rmtree(self.temp, ignore_errors=True)
        for what, (good, all_) in self.count.items():
            print(f"{what}: {good}/{all_} = {100.0 * good / all_:.2f} %")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strata", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--sets", default="")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--pairs", action="store_true")
    parser.add_argument("--dumps", action="store_true")
    parser.add_argument("--drift", action="store_true")
    parser.add_argument("--simple", action="store_true")
    options = parser.parse_args()
    measure = Measure(options)
    for folder, _, files in sorted(os.walk(options.corpus)):
        name = os.path.relpath(folder, options.corpus)
        if options.sets and name not in options.sets.split(","):
            continue
        if any(f.endswith(".up.sql") for f in files):
            try:
                measure.one_set(name, folder)
            except (RuntimeError, subprocess.TimeoutExpired) as fault:
                measure.note("sets", False, name, str(fault))
    measure.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main())
