#!/usr/bin/env python3
"""Times `strata check` (with round trip) on generated sets of several sizes, beside the same round trip
on a throw-away PostgreSQL with fsync off: bare, as one psql that runs up, down and up of every migration and
compares nothing; and with the verdict, as `strata test`, which compares the schema before and after.

  check_bench.py --strata build/release/tool/strata [--sizes 100,1000,10000] [--postgres BINDIR] [--postgres-size 1000]
                 [--test-size 100] [--sets DIR]

Prints one row a size: seconds (median of 3), CPU seconds, peak memory, and the ratio to PostgreSQL; then
what the lint rules add on the largest set. Times are of whole processes. Root runs PostgreSQL as the user `postgres`.

--sets DIR  measures real sets instead, one folder each of <version>_<name>.up.sql and .down.sql files (a
            _prelude.sql runs first on PostgreSQL): the sum over the sets, each in a process of its own and, on
            PostgreSQL, in a database of its own. What fails there fails quickly, and counts as it is."""
import argparse, glob, os, shutil, statistics, subprocess, sys, tempfile, time


def migration(i):
    """Up and down of migration i: a table with keys, an added column, an index, rows, a view, in turn."""
    table, parent = f't{i - i % 6}', f't{max(0, i - i % 6 - 6)}'
    kind = i % 6
    if kind == 0:
        key = f',\n  parent bigint REFERENCES {parent} (id)' if i > 0 else ''
        return (f"CREATE TABLE {table} (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  name text NOT NULL UNIQUE,\n"
                f"  state varchar(20) DEFAULT 'new' CHECK (state <> ''),\n  made timestamptz NOT NULL DEFAULT now(){key}\n);\n"
                f"CREATE INDEX {table}_made_idx ON {table} (made DESC);\n", f"DROP TABLE {table};\n")
    if kind == 1:
        return (f"ALTER TABLE {table} ADD COLUMN note text, ADD COLUMN score numeric(10,2) DEFAULT 0;\n",
                f"ALTER TABLE {table} DROP COLUMN score, DROP COLUMN note;\n")
    if kind == 2:
        return (f"CREATE INDEX {table}_note_idx ON {table} (lower(note)) WHERE note IS NOT NULL;\n", f"DROP INDEX {table}_note_idx;\n")
    if kind == 3:
        return (f"INSERT INTO {table} (name, note) VALUES ('a', 'x'), ('b', NULL), ('c', 'it''s');\n", f"DELETE FROM {table};\n")
    if kind == 4:
        return (f"CREATE VIEW {table}_v AS\n  SELECT t.id, t.name, coalesce(t.note, '-') AS note, count(*) OVER (PARTITION BY t.state) AS peers\n"
                f"  FROM {table} t WHERE t.score >= 0;\n", f"DROP VIEW {table}_v;\n")
    return (f"ALTER TABLE {table} ALTER COLUMN made SET DEFAULT clock_timestamp();\nCOMMENT ON TABLE {table} IS 'table {i}';\n",
            f"COMMENT ON TABLE {table} IS NULL;\nALTER TABLE {table} ALTER COLUMN made SET DEFAULT now();\n")


def write_set(folder, size):
    os.makedirs(folder)
    for i in range(size):
        up, down = migration(i)
        for direction, text in (('up', up), ('down', down)):
            with open(f'{folder}/{i + 1:05d}_m{i}.{direction}.sql', 'w') as f:
                f.write(text)


def lint_share(strata, folder):
    """Median CPU seconds of a check, over those of one with every lint rule off; taken in turns."""
    rules = subprocess.run([strata, 'rules'], capture_output=True, text=True, check=True).stdout
    names = [line.split()[0] for line in rules.splitlines() if line.startswith('  ')]
    plain = f'{os.path.dirname(folder)}/plain'
    os.makedirs(plain)
    shutil.copytree(folder, f'{plain}/migrations')
    with open(f'{plain}/strata.toml', 'w') as f:
        f.write('[lint.rules]\n' + ''.join(f'{name} = "off"\n' for name in names))
    pairs = [(run([strata, 'check', '--dir', folder, '--quiet'])[1], run([strata, 'check', '--dir', f'{plain}/migrations', '--quiet'])[1])
             for _ in range(7)]
    on, off = (statistics.median(column) for column in zip(*pairs))
    return on / off


def run(command, may_fail=False):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0 and not may_fail:
        sys.exit(f'{command[0]} failed:\n{errors.decode()[-2000:]}')
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


class Server:
    """A PostgreSQL of our own on a unix socket, fsync off, gone at the end."""

    def __init__(self, bindir):
        self.bindir, self.dir = bindir, tempfile.mkdtemp(prefix='strata-bench-')
        os.chmod(self.dir, 0o777)
        self.prefix = ['runuser', '-u', 'postgres', '--'] if os.getuid() == 0 else []
        data = self.dir + '/data'
        subprocess.run(self.prefix + [f'{bindir}/initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'],
                       check=True, stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen(
            self.prefix + [f'{bindir}/postgres', '-D', data, '-k', self.dir, '-c', 'listen_addresses=', '-c', 'fsync=off',
                           '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'], stderr=subprocess.DEVNULL)
        for _ in range(100):
            if subprocess.run([f'{bindir}/psql', '-h', self.dir, '-U', 'postgres', '-c', ''], capture_output=True).returncode == 0:
                return
            time.sleep(0.05)
        sys.exit('the server did not start')

    def time_round_trip(self, size):
        script = self.dir + '/script.sql'
        with open(script, 'w') as f:
            for i in range(size):
                up, down = migration(i)
                for text in (up, down, up):
                    f.write('BEGIN;\n' + text + 'COMMIT;\n')
        return run([f'{self.bindir}/psql', '-q', '-v', 'ON_ERROR_STOP=1', '-h', self.dir, '-U', 'postgres', '-f', script])[0]

    def time_test(self, strata, folder):
        """Seconds of `strata test`, which makes a scratch database on this server and drops it."""
        url = f'postgresql:///postgres?host={self.dir}&user=postgres'
        return run([strata, 'test', '--dir', folder, '--url', url, '--quiet'])[0]

    def time_set(self, name, ups):
        """Seconds of one psql that takes each migration of a real set up, down and up."""
        script, client = f'{self.dir}/{name}.sql', ['-q', '-X', '-h', self.dir, '-U', 'postgres']
        with open(script, 'wb') as f:
            for up in ups:
                down = up[:-len('.up.sql')] + '.down.sql'
                for path in (up, down, up) if os.path.exists(down) else (up,):
                    f.write(b'BEGIN;\n' + open(path, 'rb').read() + b'\n;COMMIT;\n')
        subprocess.run([f'{self.bindir}/psql', *client, '-c', f'CREATE DATABASE "{name}"'], check=True)
        prelude = os.path.dirname(ups[0]) + '/_prelude.sql'
        if os.path.exists(prelude):
            subprocess.run([f'{self.bindir}/psql', *client, '-d', name, '-f', prelude], capture_output=True)
        return run([f'{self.bindir}/psql', *client, '-d', name, '-f', script], may_fail=True)[0]

    def stop(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.dir, ignore_errors=True)


def measure_sets(options):
    count = ours = cpu = theirs = peak = 0
    server = Server(options.postgres)
    try:
        for folder in sorted(glob.glob(options.sets + '/*/')):
            ups = sorted(glob.glob(folder + '*.up.sql'), key=lambda up: int(os.path.basename(up).split('_')[0]))
            if not ups:
                continue
            runs = [run([options.strata, 'check', '--dir', folder, '--quiet'], may_fail=True) for _ in range(3)]
            seconds, used, memory = (statistics.median(column) for column in zip(*runs))
            count, ours, cpu, peak = count + len(ups), ours + seconds, cpu + used, max(peak, memory)
            theirs += server.time_set('set' + str(count), ups)
    finally:
        server.stop()
    print(f'{count} real migrations: {ours:.3f} s, {cpu:.3f} s CPU, {1000 * cpu / count:.3f} s CPU per 1,000, peak {peak:.0f} MB')
    print(f'PostgreSQL, fsync off: {theirs:.3f} s; ratio {theirs / ours:.1f}')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--strata', required=True)
    parser.add_argument('--sizes', default='100,1000,10000')
    parser.add_argument('--postgres', default='/usr/lib/postgresql/15/bin')
    parser.add_argument('--postgres-size', type=int, default=1000)
    parser.add_argument('--test-size', type=int, default=100)
    parser.add_argument('--sets')
    options = parser.parse_args()
    if options.sets:
        return measure_sets(options)
    work = tempfile.mkdtemp(prefix='strata-bench-')
    seconds = {}
    try:
        print(f'{"migrations":>10} {"seconds":>8} {"cpu s":>7} {"peak MB":>8} {"ms each":>8}')
        for size in map(int, options.sizes.split(',')):
            folder = f'{work}/{size}'
            write_set(folder, size)
            runs = [run([options.strata, 'check', '--dir', folder, '--quiet']) for _ in range(3)]
            median = [statistics.median(column) for column in zip(*runs)]
            seconds[size] = median[0]
            print(f'{size:>10} {median[0]:8.3f} {median[1]:7.3f} {median[2]:8.1f} {1000 * median[0] / size:8.3f}')
        print(f'lint: a check takes {lint_share(options.strata, folder):.2f} times as long as with every rule off')
        if os.path.isdir(options.postgres) and options.postgres_size in seconds:
            server = Server(options.postgres)
            try:
                bare = server.time_round_trip(options.postgres_size)
                folder = f'{work}/test'
                write_set(folder, options.test_size)
                judged = server.time_test(options.strata, folder)
            finally:
                server.stop()
            ours = seconds[options.postgres_size]
            print(f'PostgreSQL, fsync off, {options.postgres_size} migrations, bare: {bare:.3f} s; ratio {bare / ours:.1f}')
            check = statistics.median(run([options.strata, 'check', '--dir', folder, '--quiet'])[0] for _ in range(5))
            print(f'PostgreSQL, fsync off, {options.test_size} migrations, with the verdict: {judged:.3f} s; ratio {judged / check:.1f}')
    finally:
        shutil.rmtree(work, ignore_errors=True)


main()
