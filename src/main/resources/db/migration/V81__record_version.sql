-- The version of the grant from which on a record was in force: which of them an event fell under is a question of order, not of
-- clocks. Records from before do not say.
alter table consent_record add grant_version integer;
