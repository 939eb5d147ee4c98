-- A token in a client's own name is bound like any other: to the key of a proof, or to a certificate, and never to both.
alter table client_token
    alter column dpop_jkt drop not null,
    add column cert_thumbprint text,
    add check ((dpop_jkt is null) <> (cert_thumbprint is null));
