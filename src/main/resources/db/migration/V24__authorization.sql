-- A pushed authorization request, from PAR to the redirect back.
create table authorization_request (
    id               uuid primary key,
    request_uri_hash bytea not null unique,
    client_id        text not null,
    grant_id         uuid not null references consent,
    protocol_scope   text[] not null,
    redirect_uri     text not null,
    state            text,
    nonce            text,
    code_challenge   text not null,
    dpop_jkt         text,
    expires_at       timestamptz not null,
    decide_by        timestamptz not null,
    opened_at        timestamptz,
    finished_at      timestamptz
);
create index authorization_request_decide_by on authorization_request (decide_by);

-- A code, by its hash. Kept until some time after it has expired, so that a second use is noticed.
create table authorization_code (
    code_hash      bytea primary key,
    client_id      text not null,
    grant_id       uuid not null references consent,
    person_id      uuid not null references person,
    protocol_scope text[] not null,
    redirect_uri   text not null,
    nonce          text,
    code_challenge text not null,
    dpop_jkt       text,
    method         text not null,
    auth_time      timestamptz not null,
    expires_at     timestamptz not null,
    redeemed_at    timestamptz
);
create index authorization_code_expires_at on authorization_code (expires_at);

-- An access token, by its hash: one query leads from it to its grant, its client and the state of the consent, so that a
-- withdrawal needs no list of tokens.
create table access_token (
    token_hash bytea primary key,
    client_id  text not null,
    grant_id   uuid not null references consent,
    dpop_jkt   text not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
);
create index access_token_grant on access_token (grant_id);
create index access_token_expires_at on access_token (expires_at);

-- Every assertion and proof that was used, by the hash of its issuer and jti, until it could not be used again anyway.
create table used_jti (
    hash       bytea primary key,
    expires_at timestamptz not null
);
create index used_jti_expires_at on used_jti (expires_at);

create view token_standing as
    select t.token_hash, t.client_id, t.grant_id, t.dpop_jkt, t.expires_at, t.revoked_at,
           c.state as consent_state, c.person_id, l.status as client_status
    from access_token t
    join consent c using (grant_id)
    join client l on l.client_id = t.client_id;

grant select, insert, update, delete on authorization_request, authorization_code, access_token, used_jti
    to ${service_role};
grant select on token_standing to ${service_role};
