-- Keys that Consentry signs with: published, signing, kept for verifiers, retired. The private part is sealed under the master
-- key, which lies outside the database. A retired key keeps its row, so that its kid is never used again, and loses that part.
create table signing_key (
    kid            text        primary key,
    public_jwk     text        not null,
    sealed_private bytea,
    published_at   timestamptz not null,
    active_from    timestamptz not null,
    retired_at     timestamptz,
    check ((sealed_private is null) = (retired_at is not null))
);
grant select, insert, update on signing_key to ${service_role};

-- A key for each person, wrapped by the master key. Without its row, what was sealed under it can never be opened again.
create table person_key (
    person_id uuid  primary key,
    wrapped   bytea not null
);
-- No delete: nobody who serves erases a person. With the key, all that the ledger knows of them would be unreadable.
grant select, insert on person_key to ${service_role};
