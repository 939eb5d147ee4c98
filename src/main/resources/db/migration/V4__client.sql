-- Registered clients: who may ask, for what, and how answers to them are protected. Holds public keys only. Every row is sealed.
create table client (
    client_id                  text    primary key,
    name                       text    not null,
    -- The name as look-alikes would write it (UTS 39), by which look-alikes are found.
    skeleton                   text    not null,
    legal_name                 text    not null,
    redirect_uris              text[]  not null check (cardinality(redirect_uris) > 0),
    app_launch_urls            text[]  not null default '{}',
    -- As it was registered, letter by letter: what a seal covers must not depend on how the database writes JSON.
    jwks                       text,
    jwks_uri                   text,
    scope                      text[]  not null,
    optional_scope             text[]  not null check (optional_scope <@ scope),
    protocol_scopes            text[]  not null,
    purpose                    text    not null,
    -- How the client may get tokens (RFC 7591 grant_types), and how it and they are bound (RFC 8705).
    grant_types                text[]  not null,
    token_endpoint_auth_method text    not null,
    tls_client_auth_subject_dn text,
    tls_client_auth_san_dns    text,
    certificate_bound_tokens   boolean not null default false,
    id_token_signed_alg        text    not null,
    id_token_encrypted_alg     text,
    id_token_encrypted_enc     text,
    userinfo_signed_alg        text,
    userinfo_encrypted_alg     text,
    userinfo_encrypted_enc     text,
    -- What it may ask of the sign-in of its people.
    acr_values                 text[]  not null default '{}',
    default_max_age            integer check (default_max_age >= 0),
    context_types              text[]  not null default '{}',
    -- Where it is held to more than others (nonces in its DPoP proofs) or to less (leniencies, each by name).
    dpop_nonce_required        boolean not null default false,
    leniencies                 text[]  not null default '{}',
    status                     text    not null check (status in ('ACTIVE', 'SUSPENDED')),
    version                    integer not null,
    seal                       bytea   not null,
    check ((jwks is null) <> (jwks_uri is null)),
    check ((id_token_encrypted_alg is null) = (id_token_encrypted_enc is null)),
    check ((userinfo_encrypted_alg is null) = (userinfo_encrypted_enc is null)),
    check (userinfo_encrypted_alg is null or userinfo_signed_alg is not null),
    check (num_nonnulls(tls_client_auth_subject_dn, tls_client_auth_san_dns)
           = case token_endpoint_auth_method when 'tls_client_auth' then 1 else 0 end)
);
create index client_skeleton on client (skeleton);
-- No delete: grants and ledger entries name clients for ever.
grant select, insert, update on client to ${service_role};

-- How far each client has got. The service can neither change nor remove this, so an older row that is put back, seal and all,
-- is known for one: a suspension, or a key that was taken away, stays.
create table client_version (
    client_id text    not null,
    version   integer not null,
    primary key (client_id, version)
);
grant select, insert on client_version to ${service_role};
