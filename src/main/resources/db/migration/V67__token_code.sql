-- Which code a token goes back to, so that a code used twice costs what it gave and not what another code of the grant gave.
-- Tokens from before do not say, and fall with their grant as they did.
alter table access_token add code_hash bytea;
alter table refresh_token add code_hash bytea;
