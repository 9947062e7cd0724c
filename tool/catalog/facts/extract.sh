#!/bin/sh
# Regenerates data/*.txt from a throw-away PostgreSQL 15 cluster with the contrib extensions.
#
#   extract.sh            uses /usr/lib/postgresql/15/bin (or $PG_BIN); as root, runs the server as "postgres"
#
# The numbers of information_schema's objects follow from initdb; those of extensions from the order in
# which they are created here (by name, each in a schema of its own). Both are stable for one PostgreSQL.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=${PG_BIN:-/usr/lib/postgresql/15/bin}
work=$(mktemp -d)
as=""
if [ "$(id -u)" = 0 ]; then
  chown postgres "$work"
  as="setpriv --reuid=postgres --regid=postgres --clear-groups"
fi
trap '$as "$bin/pg_ctl" -D "$work/data" -m immediate stop >/dev/null 2>&1; rm -rf "$work"' EXIT
$as "$bin/initdb" -D "$work/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
$as "$bin/pg_ctl" -D "$work/data" -l "$work/log" -w start \
  -o "-k $work -c listen_addresses='' -c fsync=off" >/dev/null
export PGHOST="$work" PGUSER=postgres PGDATABASE=postgres LC_ALL=C
mkdir -p "$here/data"
psql -Xq -v ON_ERROR_STOP=1 -v dir="$here/data" -v extensions=false -f "$here/extract.sql"
psql -XqAt -c "SELECT name FROM pg_available_extensions WHERE name <> 'plpgsql' ORDER BY name COLLATE \"C\"" |
while read -r name; do
  psql -Xq -v ON_ERROR_STOP=1 -v name="$name" <<'SQL'
SET client_min_messages = error;
SELECT format('CREATE SCHEMA IF NOT EXISTS %1$I; CREATE EXTENSION IF NOT EXISTS %2$I %3$s CASCADE', 'x_' || :'name', :'name',
              CASE WHEN schema IS NULL THEN format('SCHEMA %I', 'x_' || :'name') ELSE '' END)
  FROM pg_available_extension_versions JOIN pg_available_extensions USING (name)
  WHERE name = :'name' AND version = default_version \gexec
SQL
done
psql -Xq -v ON_ERROR_STOP=1 -v dir="$here/data" -v extensions=true -f "$here/extract.sql"
