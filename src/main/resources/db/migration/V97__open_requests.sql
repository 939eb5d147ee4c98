-- How many requests of its client's may be open, this one included, for it to be let in. Counted by the insert itself, so that a
-- push takes no statement more; null in rows of a version that did not count.
alter table authorization_request add column most_open integer;

-- What is open until when: what nobody came for, until its address is dead; the rest, until it can no longer be decided.
create index authorization_request_open on authorization_request (client_id, (
    case when recorded_at is null and sign_in_asked_at is null then expires_at else decide_by end))
    where finished_at is null;

-- Leaves out a row for which there is no room. Far from the bound a look is enough: 256 pushes at a time, over all nodes, are more
-- than there are connections for. Near it, those of one client go one after the other, and each sees what was committed before.
create function authorization_request_room() returns trigger language plpgsql as $$
declare
    now_is timestamptz := service_time();
    open   bigint;
begin
    if new.most_open is null then
        return new;
    end if;
    for look in 1..2 loop
        select count(*) into open from (
            select from authorization_request
            where client_id = new.client_id and finished_at is null
              and case when recorded_at is null and sign_in_asked_at is null then expires_at else decide_by end > now_is
            limit new.most_open) as counted;
        if open >= new.most_open then
            return null;
        end if;
        exit when look = 2 or open + 256 < new.most_open;
        perform pg_advisory_xact_lock(hashtextextended('consentry/open_requests/' || new.client_id, 0));
    end loop;
    return new;
end
$$;
create trigger authorization_request_room before insert on authorization_request
    for each row execute function authorization_request_room();
