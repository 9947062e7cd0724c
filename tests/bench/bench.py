#!/usr/bin/env python3
"""Measures strata against the physical limit and against whatever peers are installed.

    tests/bench/bench.py [--build build/release] [--count 1000] [--rounds 5] [--svg FILE]

Apply: wall time of COUNT migrations on a loopback server without fsync, as a ratio to one libpq
message that runs the same scripts and records them in rows of the same length (tests/bench/limit.cc). Nothing pending: everything is applied
already, against a C program that connects and selects the versions. Each is measured for a set in a
folder and for one baked into a migrator (built here, from the build tree's install). Every run has
one of the limit right beside it, before it and behind it in turn, and the ratio of the two is taken:
the median of these is printed with its quartiles, which show how quiet the machine was, and the ratio
of the two best times, which a busy machine disturbs least. The server neither vacuums nor makes
checkpoints meanwhile: these fell into one run and not into the other. Round trips: counted by a proxy
as client flights after server data, beyond those of connecting. Memory: the peak of the process.

Peers are run where they are found in PATH: dbmate (npm install dbmate), sql-migrate, alembic and
sqitch (Debian packages of these names; alembic with python3-psycopg2, sqitch with libdbd-pg-perl).
"""
import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def script(i):
    t = f't{(i - 1) // 4 * 4 + 1}'
    up = [f'CREATE TABLE {t} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, '
          f'amount integer NOT NULL CHECK (amount >= 0), at timestamptz NOT NULL DEFAULT now(), note text, '
          f'done boolean NOT NULL DEFAULT false);\nCREATE INDEX {t}_name ON {t} (name);\n',
          f'ALTER TABLE {t} ADD COLUMN c{i} integer NOT NULL DEFAULT 0;\n',
          f'CREATE INDEX {t}_c{i} ON {t} (amount, at);\n',
          f"INSERT INTO {t} (name, amount) VALUES ('a', 1), ('b', 2), ('c', 3);\n"][(i - 1) % 4]
    down = [f'DROP TABLE {t};\n', f'ALTER TABLE {t} DROP COLUMN c{i};\n', f'DROP INDEX {t}_c{i};\n',
            f'DELETE FROM {t};\n'][(i - 1) % 4]
    return up, down


def write_set(folder, count, style):
    for part in ('', '/deploy', '/revert') if style == 'sqitch' else ('',):
        os.makedirs(folder + part)
    for i in range(1, count + 1):
        up, down = script(i)
        if style == 'pair':
            files = {f'{i:06d}_m.up.sql': up, f'{i:06d}_m.down.sql': down}
        elif style == 'dbmate':
            files = {f'{i:06d}_m.sql': f'-- migrate:up\n{up}\n-- migrate:down\n{down}'}
        elif style == 'alembic':
            files = {f'm{i:06d}.py': 'from alembic import op\n'
                     f'revision = "m{i:06d}"\ndown_revision = {repr(f"m{i - 1:06d}") if i > 1 else None}\n'
                     f'def upgrade():\n    op.execute("""{up}""")\n'
                     f'def downgrade():\n    op.execute("""{down}""")\n'}
        elif style == 'sqitch':
            files = {f'deploy/m{i:06d}.sql': f'BEGIN;\n{up}COMMIT;\n',
                     f'revert/m{i:06d}.sql': f'BEGIN;\n{down}COMMIT;\n'}
        else:
            files = {f'{i:06d}_m.sql': f'-- +migrate Up\n{up}\n-- +migrate Down\n{down}'}
        for name, text in files.items():
            with open(os.path.join(folder, name), 'w') as f:
                f.write(text)


class Server:
    """A throw-away cluster of this run's own."""

    def __init__(self):
        self.bin = subprocess.run(['sh', '-c', 'pg_config --bindir'], capture_output=True,
                                  text=True).stdout.strip() or '/usr/lib/postgresql/15/bin'
        self.home = tempfile.mkdtemp(prefix='strata-bench-')
        os.chmod(self.home, 0o755)
        self.port = free_port()
        self.count = 0
        self.user = ['runuser', '-u', 'postgres', '--'] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(self.home, 'postgres')
        data = self.home + '/data'
        run(self.user + [self.bin + '/initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-N'])
        self.process = subprocess.Popen(
            self.user + [self.bin + '/postgres', '-D', data, '-k', self.home, '-p', str(self.port), '-c',
                         'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'log_min_messages=panic',
                         '-c', 'autovacuum=off', '-c', 'checkpoint_timeout=1h', '-c', 'max_wal_size=64GB'],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while self.sql('postgres', 'SELECT 1').returncode:
            time.sleep(0.05)

    def url(self, database, port=None):
        return f'postgresql://postgres@127.0.0.1:{port or self.port}/{database}?sslmode=disable'

    def sql(self, database, text):
        return subprocess.run(['psql', '-XqAt', '-d', self.url(database), '-c', text],
                              capture_output=True, text=True)

    def fresh(self):
        """The URL of a new database. The ones before stay: ext4 is slow to give out inodes that were
        freed in the seconds before, and that would be most of what is measured."""
        self.count += 1
        self.database = f'bench{self.count}'
        self.sql('postgres', f'CREATE DATABASE {self.database}')
        return self.url(self.database)

    def stop(self):
        pid = int(open(self.home + '/data/postmaster.pid').readline())
        os.kill(pid, 3)
        self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)


class Proxy(threading.Thread):
    """Delays each direction by half of `rtt` and counts client flights."""

    def __init__(self, port, rtt=0.0):
        super().__init__(daemon=True)
        self.to, self.delay, self.flights = port, rtt / 2, 0
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.start()

    def run(self):
        while True:
            client, _ = self.listener.accept()
            server = socket.create_connection(('127.0.0.1', self.to))
            for s in (client, server):
                s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            state = {'server_spoke': True}
            threading.Thread(target=self.pump, args=(client, server, state, True), daemon=True).start()
            threading.Thread(target=self.pump, args=(server, client, state, False), daemon=True).start()

    def pump(self, source, sink, state, from_client):
        try:
            while data := source.recv(1 << 20):
                if from_client and state['server_spoke']:
                    self.flights += 1
                state['server_spoke'] = not from_client
                if self.delay:
                    time.sleep(self.delay)
                sink.sendall(data)
        except OSError:
            pass
        for s in (source, sink):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as s:
        return s.getsockname()[1]


def run(words, **more):
    done = subprocess.run(words, capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(f'bench: {" ".join(words[:4])}…: exit {done.returncode}\n{done.stderr[-800:]}')
    return done


def timed(words, **more):
    start = time.perf_counter()
    run(words, **more)
    return (time.perf_counter() - start) * 1000


def peak_mb(words):
    """The peak resident size of one run, from a process that has no other child."""
    code = ('import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, '
            'stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)')
    return int(run([sys.executable, '-c', code] + words).stdout.split()[-1]) / 1024


def make_migrator(build, work, name, folder):
    """An executable with the set of `folder` baked in; None where it cannot be built here."""
    project = f'{work}/{name}'
    os.makedirs(project)
    with open(project + '/CMakeLists.txt', 'w') as f:
        f.write('cmake_minimum_required(VERSION 3.25)\nproject(bench LANGUAGES CXX)\n'
                'find_package(Strata REQUIRED)\n'
                f'strata_add_migrations(baked DIRECTORY "{folder}" LINT off)\n'
                'strata_add_migrator(migrator baked)\n')
    prefix = f'{work}/prefix'
    for words in (['cmake', '--install', build, '--prefix', prefix],
                  ['cmake', '-S', project, '-B', project + '/build', '-G', 'Ninja',
                   '-DCMAKE_BUILD_TYPE=Release', f'-DCMAKE_PREFIX_PATH={prefix}'],
                  ['cmake', '--build', project + '/build']):
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode:
            print(f'the migrator was not built ({" ".join(words[:2])}): {done.stderr[-300:].strip()}')
            return None
    return project + '/build/migrator'


def dbmate(url, folder, work):
    return ['dbmate', '--url', url, '-d', folder, '--no-dump-schema', 'migrate'], folder


def sql_migrate(url, folder, work):
    config = work + '/dbconfig.yml'
    with open(config, 'w') as f:
        f.write(f'development:\n  dialect: postgres\n  datasource: {url}\n  dir: {folder}\n')
    return ['sql-migrate', 'up', '-config', config], folder


def alembic(url, folder, work):
    home = work + '/alembic-home'
    os.makedirs(home, exist_ok=True)
    with open(home + '/env.py', 'w') as f:
        f.write('from alembic import context\nimport sqlalchemy\n'
                f'engine = sqlalchemy.create_engine("{url}")\n'
                'with engine.connect() as connection:\n'
                '    context.configure(connection=connection, transaction_per_migration=True)\n'
                '    with context.begin_transaction():\n        context.run_migrations()\n')
    with open(home + '/alembic.ini', 'w') as f:
        f.write(f'[alembic]\nscript_location = {home}\nversion_locations = {folder}\n')
    return ['alembic', '-c', home + '/alembic.ini', 'upgrade', 'head'], home


def sqitch(url, folder, work):
    plan = folder + '/sqitch.plan'
    if not os.path.exists(plan):
        count = len(os.listdir(folder + '/deploy'))
        with open(plan, 'w') as f:
            f.write('%syntax-version=1.0.0\n%project=bench\n\n')
            f.writelines(f'm{i:06d} 2026-01-01T00:00:00Z b <b@b> # m\n' for i in range(1, count + 1))
        with open(folder + '/sqitch.conf', 'w') as f:
            f.write('[core]\n\tengine = pg\n[user]\n\tname = b\n\temail = b@b\n')
    return ['sqitch', 'deploy', '--no-verify', 'db:pg:' + url.split(':', 1)[1].split('?')[0]], folder


PEERS = {'dbmate': dbmate, 'sql-migrate': sql_migrate, 'alembic': alembic, 'sqitch': sqitch}


class Table:
    """Times of several programs, each measured side by side with the limit."""

    def __init__(self, limit_name, limit):
        self.limit_name, self.limit = limit_name, limit
        self.pairs = {}  # name: [(milliseconds of the limit, of the program)]

    def measure(self, name, program):
        """Both are functions that return milliseconds; who goes first changes each time."""
        pairs = self.pairs.setdefault(name, [])
        if len(pairs) % 2:
            ms = program()
            pairs.append((self.limit(), ms))
        else:
            limit_ms = self.limit()
            pairs.append((limit_ms, program()))

    def rows(self):
        """Name, median milliseconds, median ratio, its quartiles, ratio of the bests."""
        best = min(limit for pairs in self.pairs.values() for limit, _ in pairs)
        limits = [limit for pairs in self.pairs.values() for limit, _ in pairs]
        rows = [(self.limit_name, statistics.median(limits), 1.0, 1.0, 1.0, 1.0)]
        for name, pairs in self.pairs.items():
            ratios = sorted(ms / limit for limit, ms in pairs)
            times = [ms for _, ms in pairs]
            quarter = (len(ratios) - 1) // 4
            rows.append((name, statistics.median(times), statistics.median(ratios), ratios[quarter],
                         ratios[-1 - quarter], min(times) / best))
        return sorted(rows, key=lambda row: row[2])

    def print(self, title):
        print(f'{title}\n  {"":24}{"median ms":>10}{"ratio":>8}{"quartiles":>14}{"of bests":>10}')
        for name, ms, ratio, low, high, best in self.rows():
            print(f'  {name:24}{ms:10.1f}{ratio:8.2f}{low:8.2f}..{high:.2f}{best:10.2f}')


def svg(tables, path):
    """Bars of every table's ratios."""
    lines, y = [], 10
    for title, rows in tables:
        most = max(row[2] for row in rows)
        lines.append(f'<text x="10" y="{y + 15}" font-weight="bold">{title}</text>')
        for name, _, ratio, *_ in rows:
            y += 26
            width = max(1, 440 * ratio / most)
            lines.append(f'<text x="190" y="{y + 15}" text-anchor="end">{name}</text>'
                         f'<rect x="200" y="{y + 1}" width="{width:.0f}" height="19" fill="#4a7ebb"/>'
                         f'<text x="{206 + width:.0f}" y="{y + 15}">{ratio:.2f}</text>')
        y += 45
    with open(path, 'w') as f:
        f.write(f'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="{y}" '
                'font-family="sans-serif" font-size="13">\n' + '\n'.join(lines) + '\n</svg>\n')


def up(strata, url, folder):
    return [strata, 'up', '--quiet', '--dir', folder, '--url', url]


def apply(server, options, strata, limit, work):
    sets = {}
    for style in ('pair', *PEERS):
        sets[style] = f'{work}/{style}'
        write_set(sets[style], options.count, style)
    baked = make_migrator(options.build, work, 'apply', sets['pair'])
    peers = [] if options.no_peers else [name for name in PEERS if shutil.which(name)]
    for name in PEERS:
        if not options.no_peers and name not in peers:
            print(f'{name} is not installed: left out')
    def fresh(words, **more):
        url = server.fresh()  # not timed
        return timed(words(url), **more)

    def peer(name):
        url = server.fresh()
        command, folder = PEERS[name](url, sets[name], work)
        return timed(command, cwd=folder)

    table = Table('one message, bare libpq', lambda: float(
        run([limit, 'apply', server.fresh(), str(options.count)]).stdout))
    for _ in range(options.rounds):
        table.measure('strata, from a folder', lambda: fresh(lambda url: up(strata, url, sets['pair'])))
        if baked:
            table.measure('strata, baked in',
                          lambda: fresh(lambda url: [baked, 'up', '--quiet', '--url', url]))
        for name in peers:
            table.measure(name, lambda name=name: peer(name))
    table.print(f'apply {options.count} migrations, {options.rounds} pairs')
    return table, sets['pair']


def nothing_pending(server, options, strata, limit, work):
    folder = f'{work}/many'
    write_set(folder, options.noop, 'pair')
    baked = make_migrator(options.build, work, 'noop', folder)
    url = server.fresh()
    run(up(strata, url, folder))
    server.sql(server.database, 'VACUUM ANALYZE strata_history')  # as it stands after a while
    table = Table('C, selects the versions', lambda: timed([limit, 'noop', url, 'strata_history']))
    for _ in range(options.rounds * 6):
        if baked:
            table.measure('strata, baked in', lambda: timed([baked, 'up', '--quiet', '--url', url]))
        table.measure('strata, from a folder', lambda: timed(up(strata, url, folder)))
    table.print(f'nothing pending of {options.noop}, {options.rounds * 6} pairs')
    return table


def round_trips(server, options, strata, limit, folder):
    run(up(strata, server.fresh(), folder))
    proxy = Proxy(server.port)
    url = server.url(server.database, proxy.port)
    counts = {}
    for what, words in (('connecting', [limit, 'noop', url, 'strata_history']),
                        ('up, nothing pending', up(strata, url, folder)),
                        ('down --all', [strata, 'down', '--all', '--quiet', '--dir', folder, '--url', url]),
                        ('up', up(strata, url, folder)),
                        ('status', [strata, 'status', '--quiet', '--dir', folder, '--url', url])):
        proxy.flights = 0
        run(words)
        time.sleep(0.1)
        counts[what] = proxy.flights
    connecting = counts.pop('connecting') - 1  # all of limit's flights but its query
    print(f'round trips beyond connecting, {options.count} migrations')
    for what, flights in counts.items():
        print(f'  {what:24}{flights - connecting:10d}')


def memory(server, options, strata, work):
    folder = f'{work}/huge'
    write_set(folder, options.memory, 'pair')
    url = server.fresh()
    print(f'peak memory, {options.memory} migrations from a folder\n'
          f'  {"up":24}{peak_mb(up(strata, url, folder)):10.1f} MB\n'
          f'  {"up, nothing pending":24}{peak_mb(up(strata, url, folder)):10.1f} MB')


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', default='build/release')
    parser.add_argument('--count', type=int, default=1000)
    parser.add_argument('--rounds', type=int, default=5, help='pairs of each program')
    parser.add_argument('--no-peers', action='store_true', help='measure strata alone')
    parser.add_argument('--noop', type=int, default=5000, help='migrations of the no-op; 0: leave it out')
    parser.add_argument('--memory', type=int, default=10000, help='migrations of the memory run; 0: likewise')
    parser.add_argument('--svg', help='draw the ratios into this file')
    options = parser.parse_args()
    strata = os.path.abspath(options.build + '/tool/strata')
    limit = os.path.abspath(options.build + '/tests/bench/limit')
    work = tempfile.mkdtemp(prefix='strata-bench-sets-')
    server = Server()
    try:
        applied, folder = apply(server, options, strata, limit, work)
        tables = [(f'apply {options.count}: wall time, one libpq message = 1', applied.rows())]
        round_trips(server, options, strata, limit, folder)
        if options.noop:
            noop = nothing_pending(server, options, strata, limit, work)
            tables.append((f'nothing pending of {options.noop}: wall time, a C program = 1', noop.rows()))
        if options.memory:
            memory(server, options, strata, work)
        if options.svg:
            svg(tables, options.svg)
    finally:
        server.stop()
        shutil.rmtree(work, ignore_errors=True)


if __name__ == '__main__':
    main()
