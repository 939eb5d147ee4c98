-- Into the commitments no foreign key points any more. A commitment can be neither changed nor removed, and whoever refers to
-- one wrote it by the same statement, so a check found what was certain; but it locked each commitment's row once for every
-- reference, which writes to it. LedgerCheck finds a reference into the void, whoever made it.
alter table ledger_event drop constraint ledger_event_commitment_id_fkey;
alter table ledger_staged drop constraint ledger_staged_commitment_id_fkey;
alter table ledger_entry drop constraint ledger_entry_commitment_id_fkey;

-- The same for what is owed after a grant: its person and its decision are those of the grant, which it still points to, and
-- neither can be removed.
alter table obligation drop constraint obligation_record_id_fkey;
alter table obligation drop constraint obligation_person_id_fkey;
