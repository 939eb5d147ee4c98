-- What the service may do to each table, cut to what it does. A test holds this to a reviewed list.

-- An entry leaves the queue by getting its place, and in no other way: the service may neither take one out nor give out
-- places. One call sequences one batch, as the owner. What is in the order already, or never was a commitment, gets no place.
create function sequence_ledger(at_most integer) returns integer language plpgsql security definer
    set search_path = pg_catalog, ${flyway:defaultSchema}, pg_temp as $$
declare
    given integer;
begin
    if not pg_try_advisory_xact_lock(hashtext('consentry/sequencer')) then
        return 0;
    end if;
    -- An array, not "in": the queue was mostly empty when PostgreSQL last counted it, so a join of it would be planned for
    -- one row, and take the square of what it takes.
    with taken as (
        delete from ledger_staged where commitment_id = any (array(
            select commitment_id from ledger_staged order by commitment_id limit at_most))
        returning commitment_id),
    placed as (
        select t.commitment_id from taken t
        where exists (select from ledger_commitment c where c.id = t.commitment_id)
          and not exists (select from ledger_entry e where e.commitment_id = t.commitment_id)),
    tree as (
        update ledger_tree set size = size + (select count(*) from placed)
        where exists (select from placed) returning size)
    insert into ledger_entry (index, commitment_id)
        select tree.size - count(*) over () + row_number() over (order by placed.commitment_id) - 1, placed.commitment_id
        from placed, tree;
    get diagnostics given = row_count;
    return given;
end
$$;
revoke execute on function sequence_ledger(integer) from public;
grant execute on function sequence_ledger(integer) to ${service_role};

revoke delete on ledger_staged from ${service_role};
revoke insert on ledger_entry from ${service_role};
revoke update on ledger_tree from ${service_role};

-- The number of a commitment is the database's to give: one chosen by hand would stand before or in the way of others.
revoke insert on ledger_commitment, operator_act from ${service_role};
grant insert (entry) on ledger_commitment to ${service_role};
grant insert (at, operator, act) on operator_act to ${service_role};

-- Nobody who serves erases a person: with the key, everything that the ledger knows of them would be unreadable.
revoke delete on person_key from ${service_role};

-- How many grants an order covers is said when it is placed; only how far it is written moves on.
revoke update on revocation_progress from ${service_role};
grant update (ended, completed_at) on revocation_progress to ${service_role};

-- How often a receiver failed is all that changes about it; a new registration is a new row.
revoke update on event_receiver from ${service_role};
grant update (failures, rests_until) on event_receiver to ${service_role};

-- What was used stays known for as long as it could be used again, by the database's clock.
revoke update on used_jti from ${service_role};
alter table used_jti enable row level security;
create policy see on used_jti for select to ${service_role} using (true);
create policy add on used_jti for insert to ${service_role} with check (true);
create policy forget on used_jti for delete to ${service_role} using (expires_at < now());

-- What a client has yet to be told leaves the outbox only when nobody can tell it any more.
alter table notice enable row level security;
create policy see on notice for select to ${service_role} using (true);
create policy add on notice for insert to ${service_role} with check (true);
create policy settle on notice for update to ${service_role} using (true) with check (true);
create policy clear on notice for delete to ${service_role}
    using (settled_at is not null or not exists (select from person_key k where k.person_id = notice.person_id));
