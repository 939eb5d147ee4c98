-- The ledger: one log, or several, each with an order of its own. A grant names its log by its id and never changes it, so the number
-- of the log stands in every key here, behind what is looked up (src/docs/decisions/2026-11-29-more-than-one-log.md).
--
-- A commitment is 33 bytes that name nobody: a version byte and HMAC-SHA-256(opening, canonical event).
-- Nobody changes or removes one: the service role has no right to, and the owner is stopped by a trigger.
--
-- No foreign key points into the commitments: whoever refers to one wrote it by the same statement, so a check would find what is
-- certain, and would lock each commitment's row once for every reference. LedgerCheck finds a reference into the void.
create table ledger_commitment (
    id    bigint   generated always as identity (cache 1),
    log   smallint not null,
    entry bytea    not null check (octet_length(entry) = 33),
    primary key (id, log)
);
-- Its number is the database's to give: one chosen by hand would stand before or in the way of others.
grant select, insert (log, entry) on ledger_commitment to ${service_role};

-- What a commitment covers, and its opening, sealed under the person's key: the only part that can be erased one day.
-- Before anybody has signed in there is no person; such events are sealed under the service's own key.
create table ledger_event (
    commitment_id bigint   not null,
    log           smallint not null,
    person_id     uuid,
    grant_id      uuid     not null,
    -- The version of the grant that the event happened to: a consent's row whose version is behind it was put back.
    grant_version integer  not null,
    -- A step of a sealed row that is no edge of its grant: the n-th use of a consent, the n-th step of an amendment. A row that
    -- has made fewer steps than the ledger knows of was put back.
    row_id        uuid,
    row_step      bigint,
    -- The how manieth event of its person in its log it is (ledger_person). Null where no person was known.
    person_number bigint check (person_number > 0),
    sealed        bytea    not null,
    primary key (commitment_id, log),
    constraint ledger_event_person_number unique (person_id, log, person_number),
    constraint ledger_event_numbered check ((person_id is null) = (person_number is null)),
    constraint ledger_event_step check ((row_id is null) = (row_step is null))
);
create index ledger_event_person on ledger_event (person_id, commitment_id desc) where person_id is not null;
create index ledger_event_grant on ledger_event (grant_id, commitment_id);
create index ledger_event_grant_version on ledger_event (grant_id, grant_version desc);
create index ledger_event_row_step on ledger_event (row_id, row_step desc) where row_id is not null;
grant select, insert on ledger_event to ${service_role};

-- How many events each person has in each log. An event gets its number by the statement that appends it, so whatever else is
-- appended for its person waits for the commit, after the lock of its own grant: the numbers are dense, and a hidden event is a gap.
create table ledger_person (
    person_id uuid     not null,
    log       smallint not null,
    events    bigint   not null,
    primary key (person_id, log)
) with (fillfactor = 50);
grant select on ledger_person to ${service_role};

create function ledger_person_only_grows() returns trigger language plpgsql as $$
begin
    raise exception 'events of a person are only added: % on % refused', tg_op, tg_table_name;
end
$$;
create trigger only_grows before update on ledger_person
    for each row when (new.events <= old.events or (new.person_id, new.log) is distinct from (old.person_id, old.log))
    execute function ledger_person_only_grows();
create trigger never_removed before delete or truncate on ledger_person
    for each statement execute function ledger_person_only_grows();

-- Counts some events more and gives out their numbers, the last of which it answers. The only way in: as the owner, and only up.
create function number_events(of_person uuid, of_log integer, how_many bigint) returns bigint language plpgsql security definer
    set search_path = pg_catalog, ${flyway:defaultSchema}, pg_temp as $$
declare
    numbered bigint;
begin
    if how_many < 1 then
        raise exception 'as many as % events cannot be numbered', how_many;
    end if;
    insert into ledger_person as known (person_id, log, events) values (of_person, of_log, how_many)
        on conflict (person_id, log) do update set events = known.events + how_many
        returning events into numbered;
    return numbered;
end
$$;
revoke execute on function number_events(uuid, integer, bigint) from public;
grant execute on function number_events(uuid, integer, bigint) to ${service_role};

-- What others ask of the ledger within statements of their own: the highest version of a grant that it knows, and the last step
-- of a row.
create function ledger_version(of_grant uuid) returns integer language sql stable parallel safe
    return (select coalesce(max(grant_version), 0) from ledger_event where grant_id = of_grant);
create function ledger_step(of_row uuid) returns bigint language sql stable parallel safe
    return (select coalesce(max(row_step), 0) from ledger_event where row_id = of_row);

-- One row for each log: how many of its entries have an index. Locked by the log's sequencer.
create table ledger_tree (
    log  smallint primary key check (log between 0 and 999),
    size bigint   not null
);
insert into ledger_tree (log, size) values (0, 0);
grant select on ledger_tree to ${service_role};

-- What others ask within functions of theirs: how many entries of a log have an index.
create function ledger_size(of_log integer) returns bigint language sql stable parallel safe
    return (select size from ledger_tree where log = of_log);

-- Sees to it that there are as many logs as the service is told of, and says how many there are: logs may grow in number, and a
-- log never goes away.
create function open_ledger_logs(at_least integer) returns integer language plpgsql security definer
    set search_path = pg_catalog, ${flyway:defaultSchema}, pg_temp as $$
begin
    insert into ledger_tree (log, size) select n, 0 from generate_series(0, at_least - 1) as n on conflict do nothing;
    return (select count(*) from ledger_tree);
end
$$;
revoke execute on function open_ledger_logs(integer) from public;
grant execute on function open_ledger_logs(integer) to ${service_role};

-- Committed, and waiting for a place in the order of their log: a queue that the log's sequencer empties.
create table ledger_staged (
    log           smallint    not null,
    commitment_id bigint      not null,
    -- Since when it has waited, by the database's clock: health judges by the oldest.
    staged_at     timestamptz not null default clock_timestamp(),
    primary key (log, commitment_id)
);
grant select, insert on ledger_staged to ${service_role};

-- The order of each log: dense indexes from 0, given by one sequencer at a time.
create table ledger_entry (
    index         bigint   not null,
    commitment_id bigint   not null,
    log           smallint not null,
    primary key (log, index),
    unique (commitment_id, log)
);
grant select on ledger_entry to ${service_role};

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only: % on % refused', tg_op, tg_table_name;
end
$$;
create trigger append_only before update or delete or truncate on ledger_commitment
    for each statement execute function ledger_is_append_only();
create trigger append_only before update or delete or truncate on ledger_entry
    for each statement execute function ledger_is_append_only();

-- An entry leaves the queue by getting its place, and in no other way: the service may neither take one out nor give out
-- places. One call sequences one batch of one log, as the owner. What is in the order already, or never was a commitment of this log,
-- gets no place.
create function sequence_ledger(of_log integer, at_most integer) returns integer language plpgsql security definer
    set search_path = pg_catalog, ${flyway:defaultSchema}, pg_temp as $$
declare
    given integer;
begin
    if not pg_try_advisory_xact_lock(hashtext('consentry/sequencer'), of_log) then
        return 0;
    end if;
    -- An array, not "in": the queue was mostly empty when PostgreSQL last counted it, so a join of it would be planned for
    -- one row, and take the square of what it takes.
    with taken as (
        delete from ledger_staged where log = of_log and commitment_id = any (array(
            select commitment_id from ledger_staged where log = of_log order by commitment_id limit at_most))
        returning commitment_id),
    placed as (
        select t.commitment_id from taken t
        where exists (select from ledger_commitment c where c.id = t.commitment_id and c.log = of_log)
          and not exists (select from ledger_entry e where e.commitment_id = t.commitment_id and e.log = of_log)),
    tree as (
        update ledger_tree set size = size + (select count(*) from placed)
        where log = of_log and exists (select from placed) returning size)
    insert into ledger_entry (index, commitment_id, log)
        select tree.size - count(*) over () + row_number() over (order by placed.commitment_id) - 1, placed.commitment_id, of_log
        from placed, tree;
    get diagnostics given = row_count;
    return given;
end
$$;
revoke execute on function sequence_ledger(integer, integer) from public;
grant execute on function sequence_ledger(integer, integer) to ${service_role};

-- Clients that want to be told of what happens to their grants.
create table ledger_follower (
    client_id text primary key
);
grant select, insert, delete on ledger_follower to ${service_role};

-- The outbox: entries that a client that follows has yet to be told of, written by the statement that appends them, until whoever
-- tells takes them over. What happened is not in here but in the sealed event; in one grant, commitment ids grow in the order of
-- its life.
create table ledger_outbox (
    commitment_id bigint      not null,
    log           smallint    not null,
    jti           uuid        not null,
    client_id     text        not null,
    grant_id      uuid        not null,
    person_id     uuid        not null,
    grant_version integer     not null,
    kind          text        not null,
    occurred_at   timestamptz not null,
    primary key (commitment_id, log)
);
create index ledger_outbox_grant on ledger_outbox (grant_id);
-- No delete: the service gets nothing out of it but by taking it over.
grant select, insert on ledger_outbox to ${service_role};

-- Hands over the oldest. One at a time, so that of a grant nothing later is taken over before what came earlier; whoever calls it in
-- a function of its own, as the owner, puts them where they stay. What never was a commitment is taken out and not handed over. That
-- is judged here, by what the statement that takes out sees: whoever calls began to look before, and would not see a commitment that
-- was committed since, whose event would then be in neither place.
create function ledger_outbox_take(at_most integer) returns setof ledger_outbox language sql
    set search_path = pg_catalog, ${flyway:defaultSchema}, pg_temp
begin atomic
    select pg_advisory_xact_lock(hashtext('consentry/outbox'));
    with taken as (
        delete from ledger_outbox where commitment_id = any (array(
            select commitment_id from ledger_outbox order by commitment_id limit at_most))
        returning *)
    select * from taken where exists (
        select from ledger_commitment c where c.id = taken.commitment_id and c.log = taken.log);
end;
revoke execute on function ledger_outbox_take(integer) from public;

-- Since when the oldest has waited to be taken over; null when none does.
create function ledger_outbox_since() returns timestamptz language sql stable parallel safe
    return (select occurred_at from ledger_outbox order by commitment_id limit 1);

-- Who may append could also write, by hand, a row under the number that some entry will have one day: that entry could then not be
-- appended, and nothing be released. So nobody files anything under a number that has not been given out yet, be it the ledger's or that
-- of a person's next event; nor queues anything in a log that nobody has opened, where it would wait for ever. Checked once for each
-- statement, however many entries it appends: against the sequence, which gives no number back, and by the key of each person's count.
create function ledger_number_is_given() returns trigger language plpgsql security definer
    set search_path = pg_catalog, ${flyway:defaultSchema}, pg_temp as $$
begin
    if (select max(commitment_id) from added)
            > (select case when is_called then last_value else 0 end from ledger_commitment_id_seq) then
        raise exception 'the ledger has not given out this number yet: insert on % refused', tg_table_name;
    end if;
    if tg_table_name = 'ledger_staged' then
        if exists (select from added where not exists (select from ledger_tree t where t.log = added.log)) then
            raise exception 'the ledger has no log of this number: insert on % refused', tg_table_name;
        end if;
    elsif tg_table_name = 'ledger_event' then
        if exists (
                select from added where person_number > coalesce((
                    select events from ledger_person p where p.person_id = added.person_id and p.log = added.log), 0)) then
            raise exception 'the person has no event of this number yet: insert on % refused', tg_table_name;
        end if;
    end if;
    return null;
end
$$;
revoke execute on function ledger_number_is_given() from public;
create trigger number_is_given after insert on ledger_staged
    referencing new table as added for each statement execute function ledger_number_is_given();
create trigger number_is_given after insert on ledger_event
    referencing new table as added for each statement execute function ledger_number_is_given();
create trigger number_is_given after insert on ledger_outbox
    referencing new table as added for each statement execute function ledger_number_is_given();
