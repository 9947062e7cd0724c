#!/bin/sh
# Times the embedding of a large set against an installed Strata.
#
#     tests/bench/embed.sh PREFIX [FILES [BYTES-A-FILE]]      (default: 10000 files of 1000 bytes)
#
# Prints wall seconds of each build step, its CPU seconds, and the peak megabytes of its largest process.
set -eu
prefix=$1
files=${2:-10000}
bytes=${3:-1000}
generator=${GENERATOR:-Ninja}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/migrations"
cd "$work"

python3 - "$files" "$bytes" <<'PY'
import sys
files, size = int(sys.argv[1]), int(sys.argv[2])
for version in range(1, files // 2 + 1):
    up = f"CREATE TABLE t{version} (id bigint PRIMARY KEY, body text NOT NULL);\n"
    up += "-- " + "x" * max(0, size - len(up) - 4) + "\n"
    down = f"DROP TABLE t{version};\n"
    down += "-- " + "x" * max(0, size - len(down) - 4) + "\n"
    for direction, text in (("up", up), ("down", down)):
        with open(f"migrations/{version:06}_t{version}.{direction}.sql", "w") as file:
            file.write(text)
PY
cat > CMakeLists.txt <<'EOF'
cmake_minimum_required(VERSION 3.25)
project(bench LANGUAGES CXX)
find_package(Strata REQUIRED)
strata_add_migrations(big)
EOF

seconds() {
  python3 - "$@" <<'PY'
import resource, subprocess, sys, time
start = time.time()
done = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
wall = time.time() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
if done.returncode:
    sys.exit(done.stdout.decode()[-2000:])
print(f"{sys.argv[1]:24} {wall:6.2f} s wall  {usage.ru_utime + usage.ru_stime:6.2f} s CPU  "
      f"{usage.ru_maxrss / 1024:6.0f} MB")
PY
}

echo "$files files, $bytes bytes each, $generator"
seconds "configure" cmake -S . -B build -G "$generator" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER_LAUNCHER=
seconds "first build" cmake --build build
seconds "null build" cmake --build build
seconds "null build" cmake --build build
sleep 0.1
echo "CREATE TABLE last (id int PRIMARY KEY);" > migrations/999999_last.up.sql
echo "DROP TABLE last;" > migrations/999999_last.down.sql
seconds "add one" cmake --build build
echo "CREATE TABLE last (id bigint PRIMARY KEY);" > migrations/999999_last.up.sql
seconds "edit one" cmake --build build
seconds "null build" cmake --build build
mkdir -p alone/include
step="$prefix/bin/strata embed --dir migrations --target big --namespace big --out alone --tool $prefix/bin/strata"
seconds "the tool alone, anew" $step
touch migrations/999999_last.up.sql
seconds "the tool alone, again" $step
seconds "compile the embedding" c++ -std=c++17 -O2 -fPIC -c build/strata/big/big.cc -o big.o
printf '#include <big.h>\nint main() { static_assert(big::kLatestVersion == 999999); }\n' > user.cc
seconds "compile a user" c++ -std=c++17 -O2 -c user.cc -o user.o -Ibuild/strata/big/include -I"$prefix/include"
printf '#include <strata/strata.h>\nint main() {}\n' > none.cc
seconds "the same without header" c++ -std=c++17 -O2 -c none.cc -o none.o -I"$prefix/include"
