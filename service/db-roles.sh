#!/bin/sh
# Run once by the image of PostgreSQL, when it makes its volume: the owner of the
# record, who migrates, and the service, which owns nothing. It sets no shell options,
# since the image may also read it in.
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 --quiet <<'SQL'
\set owner `cat /run/secrets/db_owner`
\set service `cat /run/secrets/db_service`
CREATE ROLE thidua LOGIN PASSWORD :'owner';
CREATE ROLE thidua_service LOGIN PASSWORD :'service';
CREATE DATABASE thidua OWNER thidua;
REVOKE ALL ON DATABASE thidua FROM PUBLIC;
GRANT CONNECT ON DATABASE thidua TO thidua_service;
SQL
