-- Tokens, each by its hash, written once, sealed, never changed. A token is bound in exactly one way: to the key of a proof, or to
-- a certificate.

-- An access token to a grant.
create table access_token (
    token_hash      bytea       not null,
    log             smallint    not null,
    client_id       text        not null,
    grant_id        uuid        not null,
    dpop_jkt        text,
    cert_thumbprint text,
    -- What it was narrowed to (RFC 6749 §6); all of the grant when null.
    scope           text[],
    -- Where it came from, so that it falls with that: a code that is used twice costs what it gave, and nothing of another code.
    code_hash       bytea       not null,
    refresh_hash    bytea,
    expires_at      timestamptz not null,
    seal            bytea       not null,
    primary key (token_hash, log),
    foreign key (grant_id, log) references consent,
    check ((dpop_jkt is null) <> (cert_thumbprint is null))
);
create index access_token_grant on access_token (grant_id);
create index access_token_refresh on access_token (refresh_hash) where refresh_hash is not null;
create index access_token_expires_at on access_token (expires_at);
grant select, insert, delete on access_token to ${service_role};

-- What others ask within statements of their own: how many tokens go back to a code.
create function tokens_of_code(of_grant uuid, of_code bytea) returns bigint language sql stable parallel safe
    return (select count(*) from access_token where grant_id = of_grant and code_hash = of_code);

-- A refresh token: not rotated, bound to its client, good for as long as its grant is.
create table refresh_token (
    token_hash     bytea       not null,
    log            smallint    not null,
    client_id      text        not null,
    grant_id       uuid        not null,
    protocol_scope text[]      not null,
    code_hash      bytea       not null,
    created_at     timestamptz not null,
    -- When to see whether the grant still stands; written by the sweeper alone, and outside the seal.
    look_at        timestamptz not null default now() + interval '1 day',
    seal           bytea       not null,
    primary key (token_hash, log),
    foreign key (grant_id, log) references consent
);
create index refresh_token_grant on refresh_token (grant_id);
create index refresh_token_look_at on refresh_token (look_at);
-- A refresh is made under the lock of its row, and to lock it takes the right to change something: created_at.
grant select, insert, delete, update (created_at, look_at) on refresh_token to ${service_role};

-- An access token of a client in its own name. It leads to no grant and no person, so it has a table of its own.
create table client_token (
    token_hash      bytea       primary key,
    client_id       text        not null,
    scope           text[]      not null check (cardinality(scope) > 0),
    dpop_jkt        text,
    cert_thumbprint text,
    expires_at      timestamptz not null,
    seal            bytea       not null,
    check ((dpop_jkt is null) <> (cert_thumbprint is null))
);
create index client_token_expires_at on client_token (expires_at);
grant select, insert, delete on client_token to ${service_role};

-- What was revoked before its time: the hash of a token, or of what tokens came from, a refresh token or a code. The service can
-- neither change nor remove this, so a row that is put back, seal and all, stays shut. In the log of the grant; of a client's own token,
-- which leads to no grant, in the first.
create table revoked_token (
    hash  bytea       not null,
    log   smallint    not null,
    until timestamptz not null,
    primary key (hash, log)
);
create index revoked_token_until on revoked_token (until);
grant select, insert on revoked_token to ${service_role};

-- Takes out what would have expired by now anyway. As the owner, and by the database's own clock, so that nobody takes out more.
create function forget_revoked_tokens() returns bigint language sql security definer
    set search_path = pg_catalog, ${flyway:defaultSchema}, pg_temp as $$
    with gone as (delete from revoked_token where until < now() - interval '1 hour' returning 1)
    select count(*) from gone
$$;
revoke execute on function forget_revoked_tokens() from public;
grant execute on function forget_revoked_tokens() to ${service_role};

-- Every assertion and proof that was used, by the hash of its issuer and jti, until it could not be used again anyway. What was
-- used stays known for as long as it could be used again, by the clock that everything else goes by.
create table used_jti (
    hash       bytea       primary key,
    expires_at timestamptz not null
);
create index used_jti_expires_at on used_jti (expires_at);
alter table used_jti enable row level security;
create policy see on used_jti for select to ${service_role} using (true);
create policy add on used_jti for insert to ${service_role} with check (true);
create policy forget on used_jti for delete to ${service_role} using (expires_at < (select service_time()));
grant select, insert, delete on used_jti to ${service_role};
