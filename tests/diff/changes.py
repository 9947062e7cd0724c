#!/usr/bin/env python3
"""Changes databases by hand, at random, and counts how many changes `strata verify` finds.

    python3 changes.py --strata build/strata --corpus DIR [--sets a,b] [--count 500] [--seed 1]

DIR holds one folder a set, as measure.py reads them. Needs PGHOST of a server on which databases may be made.
Each change is one statement on a fresh copy of a database that psql built from the set.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile

import measure

# What is asked for the objects to change, and the statement made of a row of the answer.
OWN = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
TABLE = f"""SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND NOT c.relispartition AND {OWN}"""
COLUMN = f"""SELECT format('%I.%I', n.nspname, c.relname), quote_ident(a.attname), format_type(a.atttypid, a.atttypmod)
             FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'r' AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
             AND a.attinhcount = 0 AND {OWN} """
CONSTRAINT = f"""SELECT x.conrelid::regclass, quote_ident(x.conname) FROM pg_constraint x
                 JOIN pg_namespace n ON n.oid = x.connamespace WHERE x.conrelid <> 0 AND x.coninhcount = 0
                 AND x.contype IN ('c', 'f', 'u', 'p') AND {OWN} """
INDEX = f"""SELECT i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OWN} AND NOT c.relispartition
            AND NOT EXISTS (SELECT FROM pg_constraint x WHERE x.conindid = i.indexrelid)"""
VIEW = f"""SELECT c.oid::regclass, rtrim(pg_get_viewdef(c.oid), ';') FROM pg_class c
           JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'v' AND {OWN}
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"""
FUNCTION = f"""SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
               WHERE p.prokind = 'f' AND {OWN} AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid
               AND d.deptype IN ('e', 'i'))"""
BODY = FUNCTION.replace("p.oid::regprocedure", "p.oid, pg_get_functiondef(p.oid)") + " AND p.prosrc ~* '\\mbegin\\M'"
TRIGGER = f"""SELECT quote_ident(t.tgname), t.tgrelid::regclass FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND {OWN}"""
ENUM = f"""SELECT t.oid::regtype, (SELECT min(e.enumlabel) FROM pg_enum e WHERE e.enumtypid = t.oid) FROM pg_type t
           JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' AND {OWN}"""
SEQUENCE = f"""SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE c.relkind = 'S' AND {OWN}"""
ONCE = "SELECT 1"


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


KINDS = {
    "add column": (TABLE, lambda t: f"ALTER TABLE {t} ADD COLUMN by_hand integer"),
    "drop column": (COLUMN, lambda t, c, _: f"ALTER TABLE {t} DROP COLUMN {c}"),
    "rename column": (COLUMN, lambda t, c, _: f"ALTER TABLE {t} RENAME COLUMN {c} TO by_hand"),
    "widen column": (COLUMN + "AND a.atttypid IN (21, 23)", lambda t, c, _: f"ALTER TABLE {t} ALTER {c} TYPE bigint"),
    "lengthen column": (COLUMN + "AND a.atttypid = 1043", lambda t, c, _: f"ALTER TABLE {t} ALTER {c} TYPE varchar(7777)"),
    "allow null": (COLUMN + "AND a.attnotnull AND a.attidentity = ''", lambda t, c, _: f"ALTER TABLE {t} ALTER {c} DROP NOT NULL"),
    "forbid null": (COLUMN + "AND NOT a.attnotnull", lambda t, c, _: f"ALTER TABLE {t} ALTER {c} SET NOT NULL"),
    "set default": (COLUMN + "AND a.atttypid IN (23, 20) AND a.attidentity = '' AND a.attgenerated = ''",
                    lambda t, c, _: f"ALTER TABLE {t} ALTER {c} SET DEFAULT 4711"),
    "drop default": (COLUMN + "AND a.atthasdef AND a.attgenerated = ''", lambda t, c, _: f"ALTER TABLE {t} ALTER {c} DROP DEFAULT"),
    "comment column": (COLUMN, lambda t, c, _: f"COMMENT ON COLUMN {t}.{c} IS 'by hand'"),
    "comment table": (TABLE, lambda t: f"COMMENT ON TABLE {t} IS 'by hand'"),
    "grant": (TABLE, lambda t: f"GRANT SELECT ON {t} TO pg_monitor"),
    "add table": (ONCE, lambda _: "CREATE TABLE by_hand (id bigint PRIMARY KEY)"),
    "drop table": (TABLE, lambda t: f"DROP TABLE {t} CASCADE"),
    "rename table": (TABLE, lambda t: f"ALTER TABLE {t} RENAME TO by_hand"),
    "row security": (TABLE + " AND NOT c.relrowsecurity", lambda t: f"ALTER TABLE {t} ENABLE ROW LEVEL SECURITY"),
    "policy": (TABLE, lambda t: f"CREATE POLICY by_hand ON {t} USING (true)"),
    "fillfactor": (TABLE, lambda t: f"ALTER TABLE {t} SET (fillfactor = 71)"),
    "add index": (COLUMN + "AND a.atttypid IN (20, 23, 25, 1043, 2950)", lambda t, c, _: f"CREATE INDEX by_hand ON {t} ({c})"),
    "drop index": (INDEX, lambda i: f"DROP INDEX {i}"),
    "rename index": (INDEX, lambda i: f"ALTER INDEX {i} RENAME TO by_hand"),
    "add check": (COLUMN, lambda t, c, _: f"ALTER TABLE {t} ADD CONSTRAINT by_hand CHECK ({c} IS NOT NULL) NOT VALID"),
    "drop constraint": (CONSTRAINT, lambda t, c: f"ALTER TABLE {t} DROP CONSTRAINT {c} CASCADE"),
    "rename constraint": (CONSTRAINT, lambda t, c: f"ALTER TABLE {t} RENAME CONSTRAINT {c} TO by_hand"),
    "drop view": (VIEW, lambda v, _: f"DROP VIEW {v} CASCADE"),
    "change view": (VIEW, lambda v, q: f"CREATE OR REPLACE VIEW {v} AS SELECT * FROM ({q}) by_hand WHERE true"),
    "drop function": (FUNCTION, lambda f: f"DROP FUNCTION {f} CASCADE"),
    "change body": (BODY, lambda _, d: __import__("re").sub(r"(?i)\bbegin\b", "BEGIN /* by hand */", d, count=1)),
    "function option": (FUNCTION, lambda f: f"ALTER FUNCTION {f} COST 77"),
    "drop trigger": (TRIGGER, lambda g, t: f"DROP TRIGGER {g} ON {t}"),
    "disable trigger": (TRIGGER, lambda g, t: f"ALTER TABLE {t} DISABLE TRIGGER {g}"),
    "enum value": (ENUM, lambda t, _: f"ALTER TYPE {t} ADD VALUE 'by hand'"),
    "rename enum value": (ENUM, lambda t, v: f"ALTER TYPE {t} RENAME VALUE {quoted(v)} TO 'by hand'"),
    "sequence": (SEQUENCE, lambda s: f"ALTER SEQUENCE {s} INCREMENT BY 7"),
    "add schema": (ONCE, lambda _: "CREATE SCHEMA by_hand"),
    "add function": (ONCE, lambda _: "CREATE FUNCTION by_hand() RETURNS int LANGUAGE sql AS 'SELECT 1'"),
    "add view": (TABLE, lambda t: f"CREATE VIEW by_hand AS SELECT * FROM {t}"),
    "add type": (ONCE, lambda _: "CREATE TYPE by_hand AS ENUM ('a')"),
}


def ask(database, sql):
    out = measure.run(["psql", "-X", "-q", "-A", "-t", "-R", "\x02", "-F", "\x01", "-d", database, "-c", sql])
    return [row.split("\x01") for row in out.stdout.rstrip("\n").split("\x02") if row]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strata", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--sets", default="")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    temp = tempfile.mkdtemp(prefix="strata-changes-")
    names = options.sets.split(",") if options.sets else sorted(os.listdir(options.corpus))
    found, made, unfit = 0, 0, 0
    for at, name in enumerate(names):
        folder, set_dir = os.path.join(options.corpus, name), os.path.join(temp, name)
        ups = measure.migrations(folder) if os.path.isdir(folder) else []
        if not ups:
            continue
        measure.lay(folder, ups, set_dir)
        measure.fresh("ch_base")
        for up in ups:
            measure.migrate("ch_base", os.path.join(folder, up))
        base = measure.run([options.strata, "verify", "--dir", set_dir, "--url", "dbname=ch_base"])
        if base.returncode != 0:
            print(f"{name}: left out, it drifts as it is")
            unfit += 1
            continue
        wanted = options.count * (at + 1) // len(names)
        tries = 0
        while made < wanted and tries < 2000:
            tries += 1
            kind = chance.choice(sorted(KINDS))
            query, change = KINDS[kind]
            rows = ask("ch_base", query)
            if not rows:
                continue
            sql = change(*chance.choice(rows))
            measure.fresh("ch_work", "ch_base")
            done = measure.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "ch_work", "-c", sql])
            if done.returncode != 0:
                continue
            out = measure.run([options.strata, "verify", "--dir", set_dir, "--url", "dbname=ch_work"])
            made += 1
            found += out.returncode == 1
            if out.returncode != 1:
                print(f"{name}: not found ({kind}), exit {out.returncode}: {sql[:200]} {out.stderr[:200]}", flush=True)
    for database in ("ch_base", "ch_work"):
        measure.admin(f'DROP DATABASE IF EXISTS "{database}"')
    shutil.rmtree(temp, ignore_errors=True)
    print(f"found {found}/{made} = {100.0 * found / max(made, 1):.2f} %; sets left out: {unfit}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
