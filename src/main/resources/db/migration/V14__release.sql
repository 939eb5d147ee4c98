-- When it was last put on record that a release was refused, by grant and reason: a client that keeps trying with a dead token adds
-- to the ledger once in a period, and not at every try.
create table refusal_on_record (
    grant_id    uuid        not null,
    log         smallint    not null,
    reason      text        not null,
    recorded_at timestamptz not null,
    primary key (grant_id, reason, log)
);
create index refusal_on_record_recorded_at on refusal_on_record (recorded_at);
-- The service writes it with the entry, begins a new period, and forgets those that are over.
grant select, insert, update, delete on refusal_on_record to ${service_role};
