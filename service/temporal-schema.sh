#!/bin/sh
# Brings Temporal's own tables to the version of its image; run again, it changes nothing.
set -eu

SQL_PASSWORD="$(cat "$SQL_PASSWORD_FILE")"
export SQL_PASSWORD

# The server's image writes the password into a YAML file as it stands.
case "$SQL_PASSWORD" in
*[!A-Za-z0-9._~-]*)
  echo 'secrets/temporal_db chỉ được có chữ cái không dấu, chữ số và . _ ~ -' >&2
  exit 1
  ;;
esac

bring() {
  export SQL_DATABASE="$1"
  temporal-sql-tool create
  temporal-sql-tool setup-schema -v 0.0
  temporal-sql-tool update-schema -d "/etc/temporal/schema/postgresql/v12/$2/versioned"
}

bring temporal temporal
bring temporal_visibility visibility
