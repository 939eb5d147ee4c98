-- Private test keys of the sandbox's ready-made clients, made at its first start and handed to developers by design.
-- They guard nothing: the clients are invented, and so are the people. Empty in production.
create table sandbox_client (
    client_id text  primary key,
    jwks      jsonb not null
);
-- No update: nodes that start together must end up with the same keys, so the first insert is the last.
grant select, insert on sandbox_client to ${service_role};
