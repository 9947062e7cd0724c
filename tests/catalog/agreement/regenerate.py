#!/usr/bin/env python3
"""Writes what PostgreSQL 15 says of every statement in *.sql beside it, into *.expected.

    regenerate.py [FILE.sql ...]    # needs /usr/lib/postgresql/15/bin, or PG_BIN

Statements stand apart by blank lines. Queries are only planned (EXPLAIN), so that nothing but parse
analysis decides. One line a statement: "ok", or the line inside the statement that the error points at
("-" where it points nowhere) and the message.
"""
import os, re, subprocess, sys, tempfile, shutil

BIN = os.environ.get("PG_BIN", "/usr/lib/postgresql/15/bin")
AS = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
QUERY = re.compile(r"(SELECT|INSERT|UPDATE|DELETE|WITH|VALUES|MERGE|TABLE)\b", re.I)


def statements(path):
    text = open(path, encoding="utf-8").read()
    blocks = [re.sub(r"(?m)^--.*\n?", "", block).strip("\n") for block in re.split(r"\n[ \t]*\n", text)]
    return [block for block in blocks if block.strip()]


def judge(work, path):
    script = ["\\set VERBOSITY default", "SET client_min_messages = error;"]
    blocks = statements(path)
    for number, block in enumerate(blocks):
        script.append(f"\\echo ==={number}")
        script.append(("EXPLAIN " if QUERY.match(block) else "") + block)
    name = os.path.join(work, "script.sql")
    with open(name, "w", encoding="utf-8") as file:
        file.write("\n".join(script) + "\n")
    subprocess.run(["psql", "-Xq", "-h", work, "-U", "postgres", "-c", "DROP DATABASE IF EXISTS t", "-c", "CREATE DATABASE t"], check=True)
    run = subprocess.run(["psql", "-Xq", "-h", work, "-U", "postgres", "-d", "t", "-f", name], stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, encoding="utf-8")
    verdicts = []
    for number, output in enumerate(re.split(r"(?m)^===\d+\n", run.stdout)[1:]):
        error = re.search(r"(?m)^psql:[^ ]* ERROR:  (.*)$", output)
        if error is None:
            verdicts.append("ok")
            continue
        line = re.search(r"(?m)^LINE (\d+): ", output)
        verdicts.append(f"{line.group(1) if line else '-'} {error.group(1)}")
    assert len(verdicts) == len(blocks), path
    with open(os.path.splitext(path)[0] + ".expected", "w", encoding="utf-8") as file:
        file.write("\n".join(verdicts) + "\n")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    paths = sys.argv[1:] or sorted(os.path.join(here, f) for f in os.listdir(here) if f.endswith(".sql"))
    work = tempfile.mkdtemp()
    if AS:
        shutil.chown(work, "postgres")
    try:
        subprocess.run(AS + [f"{BIN}/initdb", "-D", f"{work}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
                             "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(AS + [f"{BIN}/pg_ctl", "-D", f"{work}/data", "-l", f"{work}/log", "-w", "start", "-o",
                             f"-k {work} -c listen_addresses='' -c fsync=off"], check=True, stdout=subprocess.DEVNULL)
        for path in paths:
            judge(work, path)
    finally:
        subprocess.run(AS + [f"{BIN}/pg_ctl", "-D", f"{work}/data", "-m", "immediate", "stop"], stdout=subprocess.DEVNULL)
        shutil.rmtree(work)


main()
