-- What a client must delete after a grant has ended under which something was released, and until when. Its person and its
-- decision are those of the grant, which alone a foreign key points to.
create table obligation (
    grant_id           uuid        not null,
    log                smallint    not null,
    record_id          uuid        not null,
    grant_version      integer     not null,
    client_id          text        not null,
    person_id          uuid        not null,
    ending             text        not null,
    ended_at           timestamptz not null,
    last_release_at    timestamptz not null,
    due_at             timestamptz not null,
    state              text        not null check (state in ('open', 'overdue', 'met')),
    attested_at        timestamptz,
    deleted_at         timestamptz,
    kept               text,
    attestation_digest text,
    seal               bytea       not null,
    primary key (grant_id, log),
    foreign key (grant_id, log) references consent,
    check ((state = 'met') = (attested_at is not null and deleted_at is not null and attestation_digest is not null))
);
create index obligation_person on obligation (person_id, ended_at desc);
create index obligation_unmet on obligation (due_at) where state <> 'met';
create index obligation_open on obligation (due_at) where state = 'open';
grant select, insert, update on obligation to ${service_role};
