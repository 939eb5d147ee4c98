-- Clients, their keys and the receivers of their events carry seals. Those from before have none, and nothing may vouch for
-- them afterwards but whoever registers them: they go. The sandbox registers its clients at every start; a production has
-- had no way to register any.
delete from event_receiver;
delete from client;

-- As it was registered, letter by letter: what a seal covers must not depend on how the database writes JSON.
alter table client
    alter jwks type text using jwks::text,
    add skeleton text not null,
    add seal bytea not null;
create index client_skeleton on client (skeleton);

alter table event_receiver
    add version integer not null,
    add seal bytea not null;

-- How far each client and each receiver has got. The service can neither change nor remove this, so an older row that is put
-- back, seal and all, is known for one: a suspension, or a key that was taken away, stays.
create table client_version (
    client_id text    not null,
    version   integer not null,
    primary key (client_id, version)
);
create table receiver_version (
    client_id text    not null,
    version   integer not null,
    primary key (client_id, version)
);
grant select, insert on client_version, receiver_version to ${service_role};
