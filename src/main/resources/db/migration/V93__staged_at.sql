-- Since when an entry has waited for its place, by the database's clock: health judges by the oldest.
alter table ledger_staged add staged_at timestamptz not null default clock_timestamp();
