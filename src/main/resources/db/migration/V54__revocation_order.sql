-- What operators ended at one stroke: every grant of a client, or of a purpose, that stood when the order was placed. Nobody
-- changes or removes an order; how far its entries are written stands beside it.
create sequence revocation_order_id;
create table revocation_order (
    id        bigint primary key,
    client_id text,
    purpose   text,
    reason    text not null,
    placed_by text not null,
    placed_at timestamptz not null,
    seal      bytea not null,
    check ((client_id is null) <> (purpose is null))
);
create index revocation_order_client on revocation_order (client_id, id) where client_id is not null;
create index revocation_order_purpose on revocation_order (purpose, id) where purpose is not null;

create table revocation_progress (
    order_id     bigint primary key references revocation_order,
    expected     bigint not null,
    ended        bigint not null default 0,
    completed_at timestamptz
) with (fillfactor = 50);
create index revocation_progress_open on revocation_progress (order_id) where completed_at is null;

-- The last order there was when a grant was given: those before it do not cover the grant, whatever the clocks say.
alter table consent add orders_seen bigint not null default 0;

-- The grants of an order, in an order of their own, so that nodes share the work and go on where they stopped.
drop index consent_client;
create index consent_client on consent (client_id, grant_id) where state in ('active', 'paused');
create index consent_purpose on consent (purpose, grant_id) where state in ('active', 'paused');

grant usage on sequence revocation_order_id to ${service_role};
grant select, insert on revocation_order to ${service_role};
grant select, insert, update on revocation_progress to ${service_role};
