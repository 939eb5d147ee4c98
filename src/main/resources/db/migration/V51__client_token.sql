-- How a client may get tokens (RFC 7591 grant_types).
alter table client add grant_types text[] not null default '{authorization_code}';
alter table client alter grant_types drop default;

-- An access token of a client in its own name, by its hash. It leads to no grant and no person, so it has a table of its own.
create table client_token (
    token_hash bytea primary key,
    client_id  text not null,
    scope      text[] not null check (cardinality(scope) > 0),
    dpop_jkt   text not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
);
create index client_token_expires_at on client_token (expires_at);

grant select, insert, update, delete on client_token to ${service_role};
