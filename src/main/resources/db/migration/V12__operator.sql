-- What an operator did at the command line, and who it was: written with the act itself, in the same transaction.
create table operator_act (
    id       bigint generated always as identity primary key,
    at       timestamptz not null,
    operator text        not null,
    act      text        not null
);
-- Neither update nor delete: what was done stays on record, under a number that is the database's to give.
grant select, insert (at, operator, act) on operator_act to ${service_role};
