-- A person: a random id, a keyed hash of the identity number to find the row by, and the number itself, sealed.
create table person (
    id         uuid        primary key,
    lookup     bytea       not null unique,
    sealed_id  bytea       not null,
    created_at timestamptz not null
);
grant select, insert on person to ${service_role};

-- A signed-in browser. The cookie holds a random handle; only its hash is here. Written once, sealed, never changed.
create table session (
    handle_hash      bytea       primary key,
    person_id        uuid        not null references person,
    method           text        not null,
    -- How surely the session knows its person: 2 by two factors, 3 with their face as well.
    assurance        smallint    not null default 2 check (assurance in (2, 3)),
    authenticated_at timestamptz not null,
    expires_at       timestamptz not null,
    seal             bytea       not null
);
create index session_expires_at on session (expires_at);
grant select, insert, delete on session to ${service_role};

-- What was ended before its time, by the hash that is the key of its row. The service can neither change nor remove this, so
-- a row that is put back, seal and all, stays shut.
create table ended_session (
    handle_hash bytea       primary key,
    until       timestamptz not null
);
create index ended_session_until on ended_session (until);
grant select, insert on ended_session to ${service_role};

-- Takes out what would have expired by now anyway. As the owner, and by the database's own clock, so that nobody takes out more.
create function forget_ended_sessions() returns bigint language sql security definer
    set search_path = pg_catalog, ${flyway:defaultSchema}, pg_temp as $$
    with gone as (delete from ended_session where until < now() - interval '1 hour' returning 1)
    select count(*) from gone
$$;
revoke execute on function forget_ended_sessions() from public;
grant execute on function forget_ended_sessions() to ${service_role};
