#!/bin/sh
# Make the secrets in deploy/secrets/ that are not there yet, readable by those who need them and nobody else.
# Run as root: the files belong to the server's user and group (10001). Prometheus and Grafana have a user of
# their own and are members of that group (group_add in compose.yml) for the one file each of them reads.
set -eu
cd "$(dirname "$0")"
owner=${OWNER:-10001:10001}
umask 077
mkdir -p secrets
secret() { # name mode
    [ -s "secrets/$1" ] || head -c 36 /dev/urandom | base64 | tr -d '\n' >"secrets/$1"
    chown "$owner" "secrets/$1"
    chmod "$2" "secrets/$1"
}
secret api_key 0400
secret session_secret 0400
secret metrics_token 0440
secret grafana_password 0440
chown "$owner" secrets
chmod 0750 secrets
printf '✓ deploy/secrets\n' >&2
