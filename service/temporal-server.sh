#!/bin/sh
# Starts Temporal's server, which takes its password from the environment alone.
set -eu
POSTGRES_PWD="$(cat /run/secrets/temporal_db)"
export POSTGRES_PWD
exec /etc/temporal/entrypoint.sh
