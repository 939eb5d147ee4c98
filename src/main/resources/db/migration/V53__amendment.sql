-- A request to change a grant, beside the grant: until the person has approved it, the grant stays as it is. Rows are sealed
-- like those of consents, and every transition is made under the lock of the grant's row.
create table amendment (
    id               uuid primary key,
    grant_id         uuid not null references consent,
    client_id        text not null,
    generation       integer not null,
    purpose          text not null,
    template_version integer not null,
    requested        text[] not null,
    optional         text[] not null,
    requested_at     timestamptz not null,
    lapses_at        timestamptz not null,
    state            text not null check (state in
                         ('requested', 'presented', 'approved', 'refused', 'lapsed', 'overtaken')),
    person_id        uuid not null references person,
    presented_at     timestamptz,
    record_id        uuid references consent_record,
    closed_at        timestamptz,
    seal             bytea not null,
    check ((state in ('requested', 'presented')) = (closed_at is null)),
    check ((state = 'approved') = (record_id is not null))
);
create index amendment_grant on amendment (grant_id);
create index amendment_open on amendment (lapses_at) where state in ('requested', 'presented');

grant select, insert, update on amendment to ${service_role};

alter table authorization_request add amendment_id uuid references amendment;
