#!/bin/sh
# Makes the passwords of the service, once, each in a file of the folder secrets/.
# Nobody else of this machine enters the folder; containers are given single files of
# it, and read them as users of their own.
set -eu
cd "$(dirname "$0")/.."
umask 077
mkdir -p secrets
for name in db_superuser db_owner db_service temporal_db; do
  [ -e "secrets/$name" ] && continue
  head -c 24 /dev/urandom | base64 | tr '+/' '._' >"secrets/$name"
  chmod 444 "secrets/$name"
done
