-- What clients and persons have spent of their limits at all nodes together. Each node adds to it in the background; the totals
-- mean something only to buckets in the nodes' memory, so that a crash may lose them: no write-ahead log.
create unlogged table limit_spent (
    subject text        not null primary key,
    total   bigint      not null,
    told_at timestamptz not null
);
create index limit_spent_told_at on limit_spent (told_at);
-- The service tells and learns totals, and forgets those of an hour ago.
grant select, insert, update, delete on limit_spent to ${service_role};
