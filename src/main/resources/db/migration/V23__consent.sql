-- One row for each grant: what was asked, and where in its life it is. Holds names of attributes, never a value.
create table consent (
    grant_id        uuid primary key,
    client_id       text not null,
    purpose         text not null,
    requested       text[] not null,
    optional        text[] not null,
    granted         text[] not null default '{}',
    person_id       uuid references person,
    state           text not null check (state in
                        ('requested', 'presented', 'granted', 'refused', 'lapsed', 'withdrawn', 'expired')),
    version         integer not null,
    requested_at    timestamptz not null,
    lapses_at       timestamptz not null,
    presented_at    timestamptz,
    decided_at      timestamptz,
    expires_at      timestamptz,
    ended_at        timestamptz,
    last_release_at timestamptz,
    release_count   bigint not null default 0,
    check (state in ('requested', 'refused', 'lapsed') or person_id is not null),
    check (state not in ('granted', 'withdrawn', 'expired') or expires_at is not null)
);
create index consent_person on consent (person_id, requested_at desc) where person_id is not null;
create index consent_undecided on consent (lapses_at) where state in ('requested', 'presented');
create index consent_in_force on consent (expires_at) where state = 'granted';

grant select, insert, update on consent to ${service_role};
