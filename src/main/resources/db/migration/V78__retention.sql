-- What the sweeper finds by an index (src/docs/what-is-kept.md).
create index authorization_request_unopened on authorization_request (expires_at)
    where purpose is not null and recorded_at is null and sign_in_asked_at is null and finished_at is null;
-- When to see whether the grant still stands; written by the sweeper alone, and outside the seal.
alter table refresh_token add column look_at timestamptz not null default now() + interval '1 day';
create index refresh_token_look_at on refresh_token (look_at);
grant update (look_at) on refresh_token to ${service_role};
