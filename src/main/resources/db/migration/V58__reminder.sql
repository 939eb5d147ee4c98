-- When a person was reminded that a grant of theirs lives. Insert-only: whether another is due is judged from here.
create table reminder (
    grant_id    uuid not null references consent,
    reminded_at timestamptz not null,
    primary key (grant_id, reminded_at)
);
grant select, insert on reminder to ${service_role};
