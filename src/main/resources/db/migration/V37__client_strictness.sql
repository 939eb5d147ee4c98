-- Where a client is held to more than others (nonces in its DPoP proofs) or to less (leniencies, each by name).
alter table client add column dpop_nonce_required boolean not null default false;
alter table client add column leniencies text[] not null default '{}';
