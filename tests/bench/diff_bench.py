#!/usr/bin/env python3
"""Times diff and verify on a schema of many tables.

    python3 diff_bench.py --strata build/release/tool/strata [--tables 250,1000] [--runs 5]

Every table has a key, a foreign key, a check, two indexes and a comment; every tenth has a view and every
twentieth a trigger. diff --check compares the set with the same schema; diff writes a migration of three
changes; verify compares a database that psql built, where PGHOST (or the usual variables) leads to a server
on which databases may be created. On SQLite diff writes a migration that makes every fifth of as many tables
anew, up and down. Printed are seconds, the best of the runs, and how they grow.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import time


def schema(tables):
    parts = ["CREATE TYPE state AS ENUM ('new', 'open', 'done');",
             "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS "
             "$$BEGIN NEW.changed_at := now(); RETURN NEW; END$$;"]
    for i in range(tables):
        parent = i // 2
        parts.append(f"""CREATE TABLE item_{i} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parent_id bigint REFERENCES item_{parent} (id) ON DELETE CASCADE,
    name text NOT NULL,
    email character varying(200) UNIQUE,
    amount numeric(12,2) DEFAULT 0 NOT NULL,
    state state DEFAULT 'new' NOT NULL,
    kind text CHECK (kind IN ('a', 'b', 'c')),
    details jsonb DEFAULT '{{}}' NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_at timestamp with time zone
);
CREATE INDEX item_{i}_parent ON item_{i} (parent_id);
CREATE INDEX item_{i}_name ON item_{i} (lower(name)) WHERE amount > 0;
COMMENT ON TABLE item_{i} IS 'item {i}';""")
        if i % 10 == 0:
            parts.append(f"CREATE VIEW open_{i} AS SELECT a.id, a.name, b.name AS parent FROM item_{i} a "
                         f"LEFT JOIN item_{parent} b ON b.id = a.parent_id WHERE a.state IN ('new', 'open');")
        if i % 20 == 0:
            parts.append(f"CREATE TRIGGER touch_{i} BEFORE UPDATE ON item_{i} FOR EACH ROW EXECUTE FUNCTION touch();")
    return "\n".join(parts) + "\n"


def sqlite_schema(tables, changed):
    parts = []
    for i in range(tables):
        kind = "REAL" if changed and i % 5 == 1 else "NUMERIC"
        parts.append(f"""CREATE TABLE item_{i} (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES item_{i // 2} (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    email TEXT UNIQUE,
    amount {kind} NOT NULL DEFAULT 0,
    kind TEXT CHECK (kind IN ('a', 'b', 'c')),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX item_{i}_parent ON item_{i} (parent_id);
CREATE INDEX item_{i}_name ON item_{i} (lower(name)) WHERE amount > 0;""")
        if i % 10 == 0:
            parts.append(f"CREATE VIEW open_{i} AS SELECT a.id, a.name, b.name AS parent FROM item_{i} a "
                         f"LEFT JOIN item_{i // 2} b ON b.id = a.parent_id;")
        if i % 20 == 0:
            parts.append(f"CREATE TRIGGER touch_{i} AFTER UPDATE ON item_{i} BEGIN "
                         f"UPDATE item_{i // 2} SET amount = 1 WHERE id = new.parent_id; END;")
    return "\n".join(parts) + "\n"


def seconds(command, runs, expected=0, after=None):
    best = None
    for _ in range(runs):
        begin = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True)
        took = time.monotonic() - begin
        if done.returncode != expected:
            raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}: {done.stderr[:500]}")
        best = took if best is None else min(best, took)
        if after is not None:
            after()
    return best


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def measure(strata, tables, runs, server):
    temp = tempfile.mkdtemp(prefix="strata-diff-bench-")
    folder, same, other = (os.path.join(temp, name) for name in ("set", "same.sql", "other.sql"))
    os.mkdir(folder)
    text = schema(tables)
    write(os.path.join(folder, "1_start.up.sql"), '-- strata: irreversible "the beginning"\n' + text)
    write(same, text)
    write(other, text + "ALTER TABLE item_1 ADD COLUMN note text;\nDROP INDEX item_2_name;\n"
                        "CREATE TABLE extra (id bigint PRIMARY KEY);\n")

    def undo(where):
        for name in os.listdir(where):
            if not name.startswith("1_"):
                os.remove(os.path.join(where, name))

    result = {"diff --check": seconds([strata, "diff", "--check", "--dir", folder, "--schema", same], runs),
              "diff": seconds([strata, "diff", "step", "--dir", folder, "--schema", other], runs,
                              after=lambda: undo(folder)),
              "dump": seconds([strata, "dump", "--dir", folder], runs)}
    lite, rebuilt = os.path.join(temp, "lite"), os.path.join(temp, "rebuilt.sql")
    os.mkdir(lite)
    write(os.path.join(lite, "1_start.up.sql"),
          '-- strata: irreversible "the beginning"\n' + sqlite_schema(tables, False))
    write(rebuilt, sqlite_schema(tables, True))
    result["SQLite diff"] = seconds(
        [strata, "diff", "step", "--dialect", "sqlite", "--dir", lite, "--schema", rebuilt], runs,
        after=lambda: undo(lite))
    if server:
        subprocess.run(["dropdb", "--if-exists", "strata_bench"], capture_output=True)
        subprocess.run(["createdb", "strata_bench"], check=True)
        subprocess.run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", "strata_bench", "-f", same], check=True)
        result["verify"] = seconds([strata, "verify", "--dir", folder, "--url", "dbname=strata_bench"], runs)
        subprocess.run(["dropdb", "strata_bench"], check=True)
    shutil.rmtree(temp)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strata", required=True)
    parser.add_argument("--tables", default="250,1000")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    counts = [int(n) for n in options.tables.split(",")]
    server = subprocess.run(["psql", "-Xqd", "postgres", "-c", "SELECT 1"], capture_output=True).returncode == 0
    results = {n: measure(options.strata, n, options.runs, server) for n in counts}
    first = counts[0]
    for what in results[first]:
        for n in counts:
            took = results[n][what]
            growth = took / results[first][what] / (n / first)
            print(f"{what}: {n} tables: {took:.3f} s" + (f", {growth:.2f} times linear" if n != first else ""))


if __name__ == "__main__":
    main()
