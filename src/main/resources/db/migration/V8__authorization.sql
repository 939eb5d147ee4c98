-- A pushed authorization request, from PAR to the redirect back. What it asks for stays in this row until somebody who is signed
-- in opens it: only then there is a consent, or an amendment, and an entry in the ledger.
create table authorization_request (
    id                uuid        not null,
    log               smallint    not null,
    request_uri_hash  bytea       not null,
    client_id         text        not null,
    grant_id          uuid        not null,
    amendment_id      uuid,
    protocol_scope    text[]      not null,
    redirect_uri      text        not null,
    state             text,
    nonce             text,
    code_challenge    text        not null,
    dpop_jkt          text,
    pushed_at         timestamptz not null default now(),
    expires_at        timestamptz not null,
    decide_by         timestamptz not null,
    -- What it asks for.
    purpose           text,
    template_version  integer,
    requested         text[],
    optional          text[],
    amend_mode        text        check (amend_mode in ('merge', 'replace')),
    -- The generation of the decision in force when the change was asked for; another one makes the request void.
    amend_generation  integer,
    -- What it demands of the sign-in behind its decision. The message is the client's and may be about somebody: it is sealed.
    -- Of a login hint there is only the keyed hash by which a person would be found.
    silent            boolean     not null default false,
    fresh_after       timestamptz,
    acr_values        text[]      not null default '{}',
    acr_asked         boolean     not null default false,
    assurance         smallint,
    subjects          uuid[]      not null default '{}',
    hint              bytea,
    ui_locale         text,
    sealed_message    bytea,
    sign_in_asked_at  timestamptz,
    -- When somebody who was signed in first came for it.
    recorded_at       timestamptz,
    -- What became of it, so that whoever decided hears it again when the answer was lost. The code itself is nowhere: it is derived
    -- from the id of the request under the master key.
    decision          text        check (decision in ('approved', 'refused')),
    -- What an approval left out, and by which session it came.
    declined          text[],
    decided_by        text,
    -- What the browser was sent back with instead of a code.
    error             text,
    error_description text,
    finished_at       timestamptz,
    seal              bytea       not null,
    -- How many requests of its client's may be open, this one included, for it to be let in. Counted by the insert itself, so that a
    -- push takes no statement more.
    most_open         integer,
    primary key (id, log),
    unique (request_uri_hash, log),
    foreign key (amendment_id, log) references amendment,
    constraint authorization_request_asks
        check ((purpose is null) = (template_version is null) and (purpose is null) = (requested is null)
            and (purpose is null) = (optional is null) and (amend_mode is null) = (amend_generation is null)),
    constraint authorization_request_decided check ((decision is null) = (decided_by is null)),
    constraint authorization_request_error check ((error is null) = (error_description is null))
);
create index authorization_request_decide_by on authorization_request (decide_by);
-- What the sweeper finds by an index (src/docs/what-is-kept.md).
create index authorization_request_unopened on authorization_request (expires_at)
    where purpose is not null and recorded_at is null and sign_in_asked_at is null and finished_at is null;
-- What is open until when: what nobody came for, until its address is dead; the rest, until it can no longer be decided.
create index authorization_request_open on authorization_request (client_id, (
    case when recorded_at is null and sign_in_asked_at is null then expires_at else decide_by end))
    where finished_at is null;

-- Leaves out a row for which there is no room. Far from the bound a look is enough: 256 pushes at a time, over all nodes, are more
-- than there are connections for. Near it, those of one client go one after the other, and each sees what was committed before.
create function authorization_request_room() returns trigger language plpgsql as $$
declare
    now_is timestamptz := service_time();
    open   bigint;
begin
    if new.most_open is null then
        return new;
    end if;
    for look in 1..2 loop
        select count(*) into open from (
            select from authorization_request
            where client_id = new.client_id and finished_at is null
              and case when recorded_at is null and sign_in_asked_at is null then expires_at else decide_by end > now_is
            limit new.most_open) as counted;
        if open >= new.most_open then
            return null;
        end if;
        exit when look = 2 or open + 256 < new.most_open;
        perform pg_advisory_xact_lock(hashtextextended('consentry/open_requests/' || new.client_id, 0));
    end loop;
    return new;
end
$$;
create trigger authorization_request_room before insert on authorization_request
    for each row execute function authorization_request_room();
grant select, insert, update, delete on authorization_request to ${service_role};

-- A code, by its hash. Kept until some time after it has expired, so that a second use is noticed.
create table authorization_code (
    code_hash      bytea       not null,
    log            smallint    not null,
    client_id      text        not null,
    grant_id       uuid        not null,
    person_id      uuid        not null references person,
    protocol_scope text[]      not null,
    redirect_uri   text        not null,
    nonce          text,
    code_challenge text        not null,
    dpop_jkt       text,
    -- What the ID token says of the sign-in.
    method         text        not null,
    auth_time      timestamptz not null,
    assurance      smallint    not null default 2,
    acr            text,
    expires_at     timestamptz not null,
    redeemed_at    timestamptz,
    -- A token request whose answer was lost comes again: how often, and how often its grant had been used when it was last answered.
    retries        smallint    not null default 0,
    releases_then  bigint,
    seal           bytea       not null,
    primary key (code_hash, log),
    foreign key (grant_id, log) references consent
);
create index authorization_code_expires_at on authorization_code (expires_at);
grant select, insert, update, delete on authorization_code to ${service_role};
