-- Rows that open doors carry seals: a session, an access token, a refresh token, a client's own token. Those from before
-- have none and are vouched for by nobody: they go, people sign in again, and clients ask for new tokens.
drop view token_standing;
delete from session;
delete from access_token;
delete from refresh_token;
delete from client_token;

-- Such a row is written once and never changed.
alter table session add seal bytea not null;
alter table access_token drop revoked_at, alter code_hash set not null, add seal bytea not null;
alter table refresh_token drop revoked_at, alter code_hash set not null, add seal bytea not null;
alter table client_token drop revoked_at, add seal bytea not null;
revoke update on access_token, refresh_token, client_token from ${service_role};
-- A refresh is made under the lock of its row, and to lock it takes the right to change something.
grant update (created_at) on refresh_token to ${service_role};

-- What was ended before its time, by the hash that is the key of its row. The service can neither change nor remove this, so
-- a row that is put back, seal and all, stays shut.
create table ended_session (
    handle_hash bytea       primary key,
    until       timestamptz not null
);
create index ended_session_until on ended_session (until);

-- The hash of a token, or of what tokens came from: of a refresh token, or of a code.
create table revoked_token (
    hash  bytea       primary key,
    until timestamptz not null
);
create index revoked_token_until on revoked_token (until);

grant select, insert on ended_session, revoked_token to ${service_role};

-- Takes out what would have expired by now anyway. As the owner, and by the database's own clock, so that nobody takes out more.
create function forget_ended_sessions() returns bigint language sql security definer
    set search_path = pg_catalog, ${flyway:defaultSchema}, pg_temp as $$
    with gone as (delete from ended_session where until < now() - interval '1 hour' returning 1)
    select count(*) from gone
$$;
create function forget_revoked_tokens() returns bigint language sql security definer
    set search_path = pg_catalog, ${flyway:defaultSchema}, pg_temp as $$
    with gone as (delete from revoked_token where until < now() - interval '1 hour' returning 1)
    select count(*) from gone
$$;
revoke execute on function forget_ended_sessions(), forget_revoked_tokens() from public;
grant execute on function forget_ended_sessions(), forget_revoked_tokens() to ${service_role};
