-- A token request whose answer was lost comes again: how often, and how often its grant had been used when it was last answered.
alter table authorization_code
    add column retries       smallint not null default 0,
    add column releases_then bigint;
