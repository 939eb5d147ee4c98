-- A step of a sealed row that is no edge of its grant: the n-th use of a consent, the n-th step of an amendment. A row that
-- has made fewer steps than the ledger knows of was put back.
alter table ledger_event
    add row_id   uuid,
    add row_step bigint,
    add constraint ledger_event_step check ((row_id is null) = (row_step is null));
create index ledger_event_row_step on ledger_event (row_id, row_step desc) where row_id is not null;
