#!/bin/bash
# Runs a command beside a private PostgreSQL server: own data folder, own socket folder, no network address.
#   tests/postgresql.sh pytest -n 2      the suite on PostgreSQL (TOMONI_TEST_DATABASE and TOMONI_TEST_POSTGRESQL are set)
#   tests/postgresql.sh --available      is there a server to run at all?
set -euo pipefail

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
[ -n "$programs" ] && [ -x "$programs/initdb" ] || { [ "${1:-}" = --available ] || echo "PostgreSQL is not installed." >&2; exit 1; }
[ "${1:-}" != --available ] || exit 0

# The server refuses to run as root, so root hands it to the user that Debian made for it.
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

place=/tmp/tomoni-postgresql-$$ # lower case: it becomes the host part of an address
mkdir -m 700 "$place"
[ "$(id -u)" != 0 ] || chown postgres "$place"
stop() {
  (cd "$place" && as_owner "$programs/pg_ctl" --pgdata "$place/data" --mode immediate --silent stop) || true
  rm -rf "$place"
}
trap stop EXIT

(
  cd "$place"
  as_owner "$programs/initdb" --pgdata "$place/data" --username postgres --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync >"$place/initdb.log"
  as_owner "$programs/pg_ctl" --pgdata "$place/data" --log "$place/server.log" --wait --silent \
    --options "-c listen_addresses='' -c unix_socket_directories='$place' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60" start
)
[ "$(id -u)" != 0 ] || chmod 711 "$place" # the socket itself may be reached by those who know the path

export TOMONI_TEST_POSTGRESQL="postgresql://postgres@${place//\//%2F}/tomoni"
export TOMONI_TEST_DATABASE="$TOMONI_TEST_POSTGRESQL"
"$@"
