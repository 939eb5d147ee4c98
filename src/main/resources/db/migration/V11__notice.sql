-- Clients that are told what happens to their grants: pushed to them (RFC 8935), or fetched by them (RFC 8936).
create table event_receiver (
    client_id            text     primary key references client,
    method               text     not null check (method in ('push', 'poll')),
    endpoint             text,
    -- What the receiver wants to see in Authorization, sealed under a key of ours.
    sealed_authorization bytea,
    -- Rounds that failed in a row; after some of them the receiver is left alone for a while.
    failures             integer  not null default 0,
    rests_until          timestamptz,
    version              integer  not null,
    seal                 bytea    not null,
    check ((method = 'push') = (endpoint is not null)),
    check (method = 'push' or sealed_authorization is null)
);
-- How often a receiver failed is all that changes about it; a new registration is a new row.
grant select, insert, delete, update (failures, rests_until) on event_receiver to ${service_role};

-- How far each receiver has got, as client_version is for clients.
create table receiver_version (
    client_id text    not null,
    version   integer not null,
    primary key (client_id, version)
);
grant select, insert on receiver_version to ${service_role};

-- What a client is told: taken over from the ledger's outbox, and moved on from there until the client has acknowledged it.
create table notice (
    commitment_id  bigint      not null,
    log            smallint    not null,
    jti            uuid        not null,
    client_id      text        not null,
    grant_id       uuid        not null,
    person_id      uuid        not null,
    grant_version  integer     not null,
    kind           text        not null,
    occurred_at    timestamptz not null,
    attempts       integer     not null default 0,
    first_tried_at timestamptz,
    -- When it is pushed next, or null when it is pushed no more and waits to be fetched.
    due_at         timestamptz,
    sent_at        timestamptz,
    -- Acknowledged, or refused for good when there is an error beside it.
    settled_at     timestamptz,
    error          text,
    primary key (commitment_id, log),
    foreign key (commitment_id, log) references ledger_commitment,
    unique (jti, log)
);
create index notice_due on notice (client_id, due_at) where settled_at is null;
create index notice_waiting on notice (grant_id, commitment_id) where settled_at is null;
create index notice_inbox on notice (client_id, commitment_id) where settled_at is null;
create index notice_settled on notice (settled_at) where settled_at is not null;
create index notice_person on notice (person_id, grant_id);
-- What a client has yet to be told leaves the outbox only when nobody can tell it any more.
alter table notice enable row level security;
create policy see on notice for select to ${service_role} using (true);
create policy settle on notice for update to ${service_role} using (true) with check (true);
create policy clear on notice for delete to ${service_role}
    using (settled_at is not null or not exists (select from person_key k where k.person_id = notice.person_id));
-- No insert: what is told comes by way of the ledger's outbox.
grant select, update, delete on notice to ${service_role};

-- Takes over what lies in the ledger's outbox, as the owner of both: nothing is lost on the way, and nothing told twice. Nobody waits
-- for another who does so: -1 says that one is at it. What is no entry, or was told before, is left out and stops nobody.
create function take_notices(at_most integer) returns integer language plpgsql security definer
    set search_path = pg_catalog, ${flyway:defaultSchema}, pg_temp as $$
declare
    taken integer;
begin
    if not pg_try_advisory_xact_lock(hashtext('consentry/outbox')) then
        return -1;
    end if;
    insert into notice (commitment_id, log, jti, client_id, grant_id, person_id, grant_version, kind, occurred_at, due_at)
        select commitment_id, log, jti, client_id, grant_id, person_id, grant_version, kind, occurred_at, occurred_at
        from ledger_outbox_take(at_most)
    on conflict do nothing;
    get diagnostics taken = row_count;
    return taken;
end
$$;
revoke execute on function take_notices(integer) from public;
grant execute on function take_notices(integer) to ${service_role};
