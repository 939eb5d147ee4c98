-- Mutual TLS (RFC 8705): clients known by the name in their certificate, and tokens bound to a certificate.
alter table client
    add column tls_client_auth_subject_dn text,
    add column tls_client_auth_san_dns    text,
    add column certificate_bound_tokens   boolean not null default false,
    add check (num_nonnulls(tls_client_auth_subject_dn, tls_client_auth_san_dns)
               = case token_endpoint_auth_method when 'tls_client_auth' then 1 else 0 end);

-- A token is bound in exactly one way.
alter table access_token
    alter column dpop_jkt drop not null,
    add column cert_thumbprint text,
    add check ((dpop_jkt is null) <> (cert_thumbprint is null));

create or replace view token_standing as
    select t.token_hash, t.client_id, t.grant_id, t.dpop_jkt, t.expires_at, t.revoked_at,
           c.state as consent_state, c.person_id, l.status as client_status, t.cert_thumbprint
    from access_token t
    join consent c using (grant_id)
    join client l on l.client_id = t.client_id;
