# A private PostgreSQL that lives exactly as long as this script's standard input: whoever started it may end in any
# way, by an error, by the terminal's interrupt or by a kill, and the cluster still goes away.
# Arguments: the folder of PostgreSQL's programs, then options of the server.
set -eu
trap '' INT TERM HUP PIPE
bin=$1
shift
# The name of a socket holds at most 107 bytes, so the folder is a short one and not a build folder.
dir=$(mktemp -d /tmp/cercano-pg.XXXXXX)
server=
stop() {
    if [ -n "$server" ]; then
        kill -INT "$server" 2>/dev/null || true
        wait "$server" || true
    fi
    rm -rf "$dir"
}
trap stop EXIT
cd "$dir"
"$bin/initdb" -D "$dir/data" -U postgres --auth=trust --encoding=UTF8 --locale=C --no-sync >"$dir/log" 2>&1 || {
    cat "$dir/log" >&2
    exit 1
}
"$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=300 "$@" >"$dir/log" 2>&1 </dev/null &
server=$!
until "$bin/pg_isready" -q -h "$dir" -U postgres; do
    kill -0 "$server" 2>/dev/null || {
        cat "$dir/log" >&2
        exit 1
    }
    sleep 0.1
done
echo "$dir"
cat >/dev/null
