-- A refresh token, by its hash: not rotated, bound to its client, good for as long as its grant is.
create table refresh_token (
    token_hash     bytea primary key,
    client_id      text not null,
    grant_id       uuid not null references consent,
    protocol_scope text[] not null,
    created_at     timestamptz not null,
    revoked_at     timestamptz
);
create index refresh_token_grant on refresh_token (grant_id);

grant select, insert, update, delete on refresh_token to ${service_role};

-- Where an access token came from, so that it falls with its refresh token; and what it was narrowed to (RFC 6749 §6), all
-- of the grant when null.
alter table access_token add refresh_hash bytea, add scope text[];
create index access_token_refresh on access_token (refresh_hash) where refresh_hash is not null;
