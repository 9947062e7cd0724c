#!/usr/bin/env python3
"""Measures strata against the physical limit and against whatever peers are installed.

    tests/bench/bench.py [--build build/release] [--count 1000] [--rounds 5] [--svg FILE]

Apply: wall time of COUNT migrations on a loopback server without fsync, as a ratio to one libpq
message that does the same work (tests/bench/limit.cc); rounds are interleaved and each ratio is
taken inside its round. No-op: everything applied already, against a C program that connects and
selects the versions. Round trips: counted by a proxy as client flights after server data, beyond
those of connecting. Memory: the peak of the process. Peers that are not in PATH are left out.
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
    os.makedirs(folder)
    for i in range(1, count + 1):
        up, down = script(i)
        if style == 'pair':
            files = {f'{i:06d}_m.up.sql': up, f'{i:06d}_m.down.sql': down}
        elif style == 'dbmate':
            files = {f'{i:06d}_m.sql': f'-- migrate:up\n{up}\n-- migrate:down\n{down}'}
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
        self.user = ['runuser', '-u', 'postgres', '--'] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(self.home, 'postgres')
        data = self.home + '/data'
        run(self.user + [self.bin + '/initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-N'])
        self.process = subprocess.Popen(
            self.user + [self.bin + '/postgres', '-D', data, '-k', self.home, '-p', str(self.port), '-c',
                         'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'log_min_messages=panic'],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while self.sql('postgres', 'SELECT 1').returncode:
            time.sleep(0.05)

    def url(self, database, port=None):
        return f'postgresql://postgres@127.0.0.1:{port or self.port}/{database}?sslmode=disable'

    def sql(self, database, text):
        return subprocess.run(['psql', '-XqAt', '-d', self.url(database), '-c', text],
                              capture_output=True, text=True)

    def fresh(self, database):
        self.sql('postgres', f'DROP DATABASE IF EXISTS {database} WITH (FORCE)')
        self.sql('postgres', f'CREATE DATABASE {database}')
        return self.url(database)

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


def peers(folder):
    """name -> (set's style, words from URL and folder)"""
    found = {}
    if shutil.which('dbmate'):
        found['dbmate'] = ('dbmate', lambda url, d: (['dbmate', '--url', url, '-d', d, '--no-dump-schema',
                                                      'migrate'], {}))
    if shutil.which('sql-migrate'):
        def sql_migrate(url, d):
            config = folder + '/dbconfig.yml'
            with open(config, 'w') as f:
                f.write(f'development:\n  dialect: postgres\n  datasource: {url}\n  dir: {d}\n')
            return ['sql-migrate', 'up', '-config', config], {}
        found['sql-migrate'] = ('sql-migrate', sql_migrate)
    return found


def svg(rows, path):
    height = 30 * len(rows) + 40
    most = max(ratio for _, ratio in rows)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="{height}" '
             'font-family="sans-serif" font-size="13">',
             '<text x="10" y="20">apply, wall time as a ratio to one libpq message</text>']
    for i, (name, ratio) in enumerate(rows):
        y = 35 + 30 * i
        lines.append(f'<text x="150" y="{y + 15}" text-anchor="end">{name}</text><rect x="160" y="{y}" '
                     f'width="{480 * ratio / most:.0f}" height="20" fill="#4a7ebb"/>'
                     f'<text x="{168 + 480 * ratio / most:.0f}" y="{y + 15}">{ratio:.2f}</text>')
    with open(path, 'w') as f:
        f.write('\n'.join(lines + ['</svg>\n']))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', default='build/release')
    parser.add_argument('--count', type=int, default=1000)
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--noop', type=int, default=5000, help='migrations of the no-op')
    parser.add_argument('--memory', type=int, default=10000, help='migrations of the memory run')
    parser.add_argument('--svg')
    options = parser.parse_args()
    strata = os.path.abspath(options.build + '/tool/strata')
    limit = os.path.abspath(options.build + '/tests/bench/limit')
    work = tempfile.mkdtemp(prefix='strata-bench-sets-')
    server = Server()
    try:
        sets = {}
        for style in ('pair', 'dbmate', 'sql-migrate'):
            sets[style] = f'{work}/{style}'
            write_set(sets[style], options.count, style)
        up = lambda url, d: [strata, 'up', '--quiet', '--dir', d, '--url', url]
        others = peers(work)
        print(f'apply {options.count}, {options.rounds} rounds: median ms, ratio to the limit')
        times, ratios = {}, {}
        for _ in range(options.rounds):
            base = float(run([limit, 'apply', server.fresh('bench'), str(options.count)]).stdout)
            times.setdefault('limit', []).append(base)
            todo = {'strata': (up(server.url('bench'), sets['pair']), {})}
            for name, (style, words) in others.items():
                todo[name] = words(server.url('bench'), sets[style])
            for name, (words, env) in todo.items():
                server.fresh('bench')
                took = timed(words, env={**os.environ, **env})
                times.setdefault(name, []).append(took)
                ratios.setdefault(name, []).append(took / base)
        ratios['limit'] = [1.0]
        rows = sorted(((n, statistics.median(r)) for n, r in ratios.items()), key=lambda x: x[1])
        for name, ratio in rows:
            print(f'  {name:14}{statistics.median(times[name]):9.0f} ms {ratio:6.2f}')

        url = server.fresh('bench')
        run(up(url, sets['pair']))
        proxy = Proxy(server.port)
        through = server.url('bench', proxy.port)
        counts = {}
        for what, words in (('connecting', [limit, 'noop', through, 'strata_history']),
                            ('up, nothing pending', up(through, sets['pair'])),
                            ('down --all', [strata, 'down', '--all', '--quiet', '--dir', sets['pair'],
                                            '--url', through]),
                            ('up', up(through, sets['pair']))):
            proxy.flights = 0
            run(words)
            time.sleep(0.1)
            counts[what] = proxy.flights
        # Connecting's own: all of limit's flights but its query.
        connecting = counts.pop('connecting') - 1
        print(f'round trips beyond connecting, {options.count} migrations')
        for what, flights in counts.items():
            print(f'  {what:20}{flights - connecting:3d}')

        many = f'{work}/many'
        write_set(many, options.noop, 'pair')
        url = server.fresh('bench')
        run(up(url, many))
        ours, theirs = [], []
        for _ in range(options.rounds * 3):
            theirs.append(timed([limit, 'noop', url, 'strata_history']))
            ours.append(timed(up(url, many)))
        print(f'nothing pending of {options.noop} (files are read and hashed): '
              f'{statistics.median(ours):.1f} ms, a C program that selects the versions '
              f'{statistics.median(theirs):.1f} ms, ratio {statistics.median(ours) / statistics.median(theirs):.2f}')

        if options.memory:
            huge = f'{work}/huge'
            write_set(huge, options.memory, 'pair')
            print(f'peak memory, up of {options.memory}: {peak_mb(up(server.fresh("bench"), huge)):.1f} MB')
        if options.svg:
            svg(rows, options.svg)
    finally:
        server.stop()
        shutil.rmtree(work, ignore_errors=True)


if __name__ == '__main__':
    main()
