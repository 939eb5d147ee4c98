-- Registered clients: who may ask, for what, and how answers to them are protected. Holds public keys only.
create table client (
  client_id                  text        primary key,
  name                       text        not null,
  legal_name                 text        not null,
  redirect_uris              text[]      not null check (cardinality(redirect_uris) > 0),
  jwks                       jsonb,
  jwks_uri                   text,
  scope                      text[]      not null,
  optional_scope             text[]      not null check (optional_scope <@ scope),
  protocol_scopes            text[]      not null,
  purpose                    text        not null,
  token_endpoint_auth_method text        not null,
  id_token_signed_alg        text        not null,
  id_token_encrypted_alg     text,
  id_token_encrypted_enc     text,
  userinfo_signed_alg        text,
  userinfo_encrypted_alg     text,
  userinfo_encrypted_enc     text,
  status                     text        not null check (status in ('ACTIVE', 'SUSPENDED')),
  version                    integer     not null,
  check ((jwks is null) <> (jwks_uri is null)),
  check ((id_token_encrypted_alg is null) = (id_token_encrypted_enc is null)),
  check ((userinfo_encrypted_alg is null) = (userinfo_encrypted_enc is null)),
  check (userinfo_encrypted_alg is null or userinfo_signed_alg is not null)
);

-- No delete: grants and ledger entries name clients for ever.
grant select, insert, update on client to ${service_role};
