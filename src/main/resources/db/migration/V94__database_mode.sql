-- In which mode this database was first used, said once: a sandbox's holds private keys that are handed to anybody, and
-- people whom anybody may be; a production's holds none of that, and must not be shown to a sandbox.
create table database_mode (
    singleton     boolean primary key default true check (singleton),
    mode          text not null check (mode in ('sandbox', 'production')),
    first_used_at timestamptz not null default clock_timestamp()
);
-- Neither update nor delete: what a database was first used for stays so.
grant select, insert on database_mode to ${service_role};
