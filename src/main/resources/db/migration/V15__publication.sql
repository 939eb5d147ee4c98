-- The keys that sign checkpoints, one of each kind, both halves sealed under the master key. They are never changed and never removed: what they
-- signed is verified years later.
create table log_key (
    type   text  primary key,
    sealed bytea not null
);
grant select, insert on log_key to ${service_role};

-- How much of each log was published, as far as the database knows: the store of tiles is the authority, and knows the same or more. A
-- store that knows less was lost, or is another's.
create table log_published (
    log          smallint    primary key,
    size         bigint      not null,
    published_at timestamptz not null default clock_timestamp()
);
grant select on log_published to ${service_role};

-- Notes that so many entries were published; never fewer than before, and never more than there are.
create function log_is_published(of_log integer, of_size bigint) returns void language plpgsql security definer
    set search_path = pg_catalog, ${flyway:defaultSchema}, pg_temp as $$
begin
    if of_size > ledger_size(of_log) then
        raise exception 'log % has fewer than % entries', of_log, of_size;
    end if;
    insert into log_published as p (log, size) values (of_log, of_size)
        on conflict (log) do update set size = of_size, published_at = clock_timestamp() where p.size < of_size;
end
$$;
revoke execute on function log_is_published(integer, bigint) from public;
grant execute on function log_is_published(integer, bigint) to ${service_role};
