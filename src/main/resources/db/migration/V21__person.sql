-- A key for each person, wrapped by the master key. Without its row, what was sealed under it can never be opened again.
create table person_key (
    person_id uuid primary key,
    wrapped   bytea not null
);

-- A person: a random id, a keyed hash of the identity number to find the row by, and the number itself, sealed.
create table person (
    id         uuid primary key,
    lookup     bytea not null unique,
    sealed_id  bytea not null,
    created_at timestamptz not null
);

-- A signed-in browser. The cookie holds a random handle; only its hash is here.
create table session (
    handle_hash      bytea primary key,
    person_id        uuid not null references person,
    method           text not null,
    authenticated_at timestamptz not null,
    expires_at       timestamptz not null
);
create index session_expires_at on session (expires_at);

grant select, insert, delete on person_key to ${service_role};
grant select, insert on person to ${service_role};
grant select, insert, delete on session to ${service_role};
