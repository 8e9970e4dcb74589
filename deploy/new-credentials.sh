#!/bin/sh
# A password for every user of the server, as an environment file: sh deploy/new-credentials.sh > deploy/.env
# They begin with a letter: nats-server would read some others as numbers.
set -eu
umask 077
cd "$(dirname "$0")"
grep -oh 'WIREROOM_[A-Z]*_NATS_PASSWORD' nats/*.template | sort -u | while read -r name; do
  printf '%s=w%s\n' "$name" "$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"
done
