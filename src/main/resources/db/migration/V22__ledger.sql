-- The ledger. A commitment is 33 bytes that name nobody: a version byte and HMAC-SHA-256(opening, canonical event).
-- Nobody changes or removes one: the service role has no right to, and the owner is stopped by a trigger.
create table ledger_commitment (
    id    bigint generated always as identity (cache 1) primary key,
    entry bytea not null check (octet_length(entry) = 33)
);

-- What a commitment covers, and its opening, sealed under the person's key: the only part that can be erased one day.
-- Before anybody has signed in there is no person; such events are sealed under the service's own key.
create table ledger_event (
    commitment_id bigint primary key references ledger_commitment,
    person_id     uuid,
    grant_id      uuid not null,
    sealed        bytea not null
);
create index ledger_event_person on ledger_event (person_id, commitment_id desc) where person_id is not null;
create index ledger_event_grant on ledger_event (grant_id, commitment_id);

-- Committed, and waiting for a place in the order: a queue that the sequencer empties.
create table ledger_staged (
    commitment_id bigint primary key references ledger_commitment
);

-- The order: dense indexes from 0, given by one sequencer at a time.
create table ledger_entry (
    index         bigint primary key,
    commitment_id bigint not null unique references ledger_commitment
);

-- One row: how many entries have an index. Locked by the sequencer.
create table ledger_tree (
    singleton boolean primary key default true check (singleton),
    size bigint not null
);
insert into ledger_tree (size) values (0);

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only: % on % refused', tg_op, tg_table_name;
end
$$;
create trigger append_only before update or delete or truncate on ledger_commitment
    for each statement execute function ledger_is_append_only();
create trigger append_only before update or delete or truncate on ledger_entry
    for each statement execute function ledger_is_append_only();

grant select, insert on ledger_commitment, ledger_entry, ledger_event to ${service_role};
grant select, insert, delete on ledger_staged to ${service_role};
grant select, update on ledger_tree to ${service_role};
