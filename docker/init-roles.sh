#!/bin/bash
# Run by the PostgreSQL image when its data folder is new: the owner migrates, the service may only connect.
set -euo pipefail

# psql reads the passwords itself, so that they stand in no command line.
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\set owner_password `cat /run/secrets/owner_password`
\set service_password `cat /run/secrets/service_password`
create role consentry_owner login password :'owner_password';
create role consentry_service login password :'service_password';
create database consentry owner consentry_owner;
revoke all on database consentry, postgres from public;
grant connect on database consentry to consentry_service;
\connect consentry
revoke all on schema public from public;
grant all on schema public to consentry_owner;
grant usage on schema public to consentry_service;
SQL
