-- Signing keys rotate: published, signing, kept for verifiers, retired. A retired key keeps its row, so that its kid is
-- never used again, and loses its private part.
alter table signing_key alter column sealed_private drop not null;
alter table signing_key add column published_at timestamptz;
update signing_key set published_at = active_from;
alter table signing_key alter column published_at set not null;
alter table signing_key add check ((sealed_private is null) = (retired_at is not null));
