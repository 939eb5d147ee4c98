-- Whatever belongs to a grant has the number of the grant's log in its keys, behind what it is looked up by.
--
-- One row for each grant: what was asked, and where in its life it stands now. Holds names of attributes, never a value.
create table consent (
    grant_id           uuid        not null,
    log                smallint    not null,
    client_id          text        not null,
    purpose            text        not null,
    template_version   integer     not null,
    requested          text[]      not null,
    optional           text[]      not null,
    granted            text[]      not null default '{}',
    person_id          uuid        references person,
    state              text        not null,
    version            integer     not null,
    -- The decision in force: the how manieth, and its record with the one before.
    generation         integer     not null default 0,
    record_id          uuid,
    previous_record_id uuid,
    requested_at       timestamptz not null,
    lapses_at          timestamptz not null,
    presented_at       timestamptz,
    decided_at         timestamptz,
    first_decided_at   timestamptz,
    language           text,
    shown_digest       text,
    expires_at         timestamptz,
    paused_at          timestamptz,
    ended_at           timestamptz,
    last_release_at    timestamptz,
    release_count      bigint      not null default 0,
    usage_window       bigint      not null default 0,
    used_in_window     bigint      not null default 0,
    -- The last order there was when the grant was given: those before it do not cover the grant, whatever the clocks say.
    orders_seen        bigint      not null default 0,
    -- HMAC under the master key over all that decides about a release.
    seal               bytea       not null,
    primary key (grant_id, log),
    constraint consent_state check (state in (
        'requested', 'presented', 'refused', 'lapsed', 'active', 'paused',
        'withdrawn', 'revoked', 'relinquished', 'invalidated', 'expired', 'exhausted')),
    constraint consent_has_person
        check (state in ('requested', 'refused', 'lapsed') or person_id is not null),
    constraint consent_has_end
        check (state in ('requested', 'presented', 'refused', 'lapsed') or expires_at is not null)
);
create index consent_person on consent (person_id, requested_at desc) where person_id is not null;
create index consent_undecided on consent (lapses_at) where state in ('requested', 'presented');
create index consent_standing on consent (expires_at) where state in ('active', 'paused');
-- The grants of an order, in an order of their own, so that nodes share the work and go on where they stopped.
create index consent_client on consent (client_id, grant_id) where state in ('active', 'paused');
create index consent_purpose on consent (purpose, grant_id) where state in ('active', 'paused');
grant select, insert, update on consent to ${service_role};

-- What others ask within statements of their own: until when a grant stands, by what was last written; null when it has ended.
create function consent_stands_until(of_grant uuid) returns timestamptz language sql stable parallel safe
    return (select expires_at from consent where grant_id = of_grant and state in ('active', 'paused'));

-- Every decision of a grant, the first and each amendment. Nobody changes or removes one.
create table consent_record (
    record_id          uuid        not null,
    log                smallint    not null,
    grant_id           uuid        not null,
    generation         integer     not null,
    previous_record_id uuid,
    -- The version of the grant from which on it was in force: which record an event fell under is a question of order, not of clocks.
    grant_version      integer,
    client_id          text        not null,
    person_id          uuid        not null references person,
    purpose            text        not null,
    template_version   integer     not null,
    requested          text[]      not null,
    optional           text[]      not null,
    granted            text[]      not null,
    requested_at       timestamptz not null,
    decided_at         timestamptz not null,
    first_decided_at   timestamptz not null,
    expires_at         timestamptz not null,
    language           text        not null,
    shown_digest       text        not null,
    seal               bytea       not null,
    primary key (record_id, log),
    foreign key (grant_id, log) references consent,
    foreign key (previous_record_id, log) references consent_record,
    unique (grant_id, generation, log),
    check ((generation = 1) = (previous_record_id is null))
);
grant select, insert on consent_record to ${service_role};

-- A request to change a grant, beside the grant: until the person has approved it, the grant stays as it is. Rows are sealed
-- like those of consents, and every transition is made under the lock of the grant's row.
create table amendment (
    id               uuid        not null,
    log              smallint    not null,
    grant_id         uuid        not null,
    client_id        text        not null,
    generation       integer     not null,
    purpose          text        not null,
    template_version integer     not null,
    requested        text[]      not null,
    optional         text[]      not null,
    requested_at     timestamptz not null,
    lapses_at        timestamptz not null,
    state            text        not null check (state in
                         ('requested', 'presented', 'approved', 'refused', 'lapsed', 'overtaken')),
    person_id        uuid        not null references person,
    presented_at     timestamptz,
    record_id        uuid,
    closed_at        timestamptz,
    seal             bytea       not null,
    primary key (id, log),
    foreign key (grant_id, log) references consent,
    foreign key (record_id, log) references consent_record,
    check ((state in ('requested', 'presented')) = (closed_at is null)),
    check ((state = 'approved') = (record_id is not null))
);
create index amendment_grant on amendment (grant_id);
create index amendment_open on amendment (lapses_at) where state in ('requested', 'presented');
grant select, insert, update on amendment to ${service_role};

-- What operators ended at one stroke: every grant of a client, or of a purpose, that stood when the order was placed. Nobody
-- changes or removes an order; how far its entries are written stands beside it.
create sequence revocation_order_id;
create table revocation_order (
    id        bigint      primary key,
    client_id text,
    purpose   text,
    reason    text        not null,
    placed_by text        not null,
    placed_at timestamptz not null,
    seal      bytea       not null,
    check ((client_id is null) <> (purpose is null))
);
create index revocation_order_client on revocation_order (client_id, id) where client_id is not null;
create index revocation_order_purpose on revocation_order (purpose, id) where purpose is not null;
grant usage on sequence revocation_order_id to ${service_role};
grant select, insert on revocation_order to ${service_role};

create table revocation_progress (
    order_id     bigint      primary key references revocation_order,
    expected     bigint      not null,
    ended        bigint      not null default 0,
    completed_at timestamptz
) with (fillfactor = 50);
create index revocation_progress_open on revocation_progress (order_id) where completed_at is null;
-- How many grants an order covers is said when it is placed; only how far it is written moves on.
grant select, insert, update (ended, completed_at) on revocation_progress to ${service_role};

-- When a person was reminded that a grant of theirs lives. Insert-only: whether another is due is judged from here.
create table reminder (
    grant_id    uuid        not null,
    log         smallint    not null,
    reminded_at timestamptz not null,
    primary key (grant_id, reminded_at, log),
    foreign key (grant_id, log) references consent
);
grant select, insert on reminder to ${service_role};
