-- In which mode this database was first used, said once: a sandbox's holds private keys that are handed to anybody, and
-- people whom anybody may be; a production's holds none of that, and must not be shown to a sandbox.
create table database_mode (
    singleton     boolean     primary key default true check (singleton),
    mode          text        not null check (mode in ('sandbox', 'production')),
    first_used_at timestamptz not null default clock_timestamp()
);
-- Neither update nor delete: what a database was first used for stays so.
grant select, insert on database_mode to ${service_role};

-- The time by which everything goes that is final: read by the statement that decides, so that no node's clock matters. How far
-- it is ahead of the database's clock only the owner of the schema can say, and only for a sandbox: R__service_time_ahead.sql.
create function service_time_ahead() returns interval language sql stable parallel safe
    return interval '0';
create function service_time() returns timestamptz language sql volatile parallel safe
    return clock_timestamp() + service_time_ahead();

-- The last time that some node had no doubt about: a clock that has jumped since does not agree with it.
create table clock_mark (
    id boolean     primary key default true check (id),
    at timestamptz not null
);
insert into clock_mark (at) values (clock_timestamp());
grant select, update on clock_mark to ${service_role};
