-- What a pushed request asks for stays in its row until somebody who is signed in opens it: only then there is a consent, or
-- an amendment, and an entry in the ledger. A request that nobody opens leaves nothing behind. Rows from before have their
-- consent already, and say nothing here.
alter table authorization_request
    drop constraint authorization_request_grant_id_fkey,
    drop column opened_at,
    add column purpose          text,
    add column template_version integer,
    add column requested        text[],
    add column optional         text[],
    add column amend_mode       text check (amend_mode in ('merge', 'replace')),
    -- The generation of the decision in force when the change was asked for; another one makes the request void.
    add column amend_generation integer,
    -- When somebody who was signed in first came for it.
    add column recorded_at      timestamptz,
    add constraint authorization_request_asks
        check ((purpose is null) = (template_version is null) and (purpose is null) = (requested is null)
            and (purpose is null) = (optional is null) and (amend_mode is null) = (amend_generation is null));
