-- Keys that Consentry signs with. The private part is sealed under the master key, which lies outside the database.
create table signing_key (
    kid            text primary key,
    public_jwk     text not null,
    sealed_private bytea not null,
    active_from    timestamptz not null,
    retired_at     timestamptz
);

grant select, insert, update on signing_key to ${service_role};
