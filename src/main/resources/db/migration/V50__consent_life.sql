-- The whole life of a consent. A row says where a grant stands now; consent_record keeps every decision that was ever made.
alter table consent drop constraint consent_state_check;
alter table consent drop constraint consent_check;
alter table consent drop constraint consent_check1;
drop index consent_in_force;

alter table consent
    add template_version   integer not null default 1,
    add record_id          uuid,
    add previous_record_id uuid,
    add generation         integer not null default 0,
    add first_decided_at   timestamptz,
    add language           text,
    add shown_digest       text,
    add paused_at          timestamptz,
    add usage_window       bigint not null default 0,
    add used_in_window     bigint not null default 0,
    -- HMAC under the master key over all that decides about a release. A row from before there were seals has none, is
    -- vouched for by nobody, and releases nothing.
    add seal               bytea not null default ''::bytea;
alter table consent alter seal drop default, alter template_version drop default;

update consent set state = 'active' where state = 'granted';

alter table consent add constraint consent_state check (state in (
    'requested', 'presented', 'refused', 'lapsed', 'active', 'paused',
    'withdrawn', 'revoked', 'relinquished', 'invalidated', 'expired', 'exhausted'));
alter table consent add constraint consent_has_person
    check (state in ('requested', 'refused', 'lapsed') or person_id is not null);
alter table consent add constraint consent_has_end
    check (state in ('requested', 'presented', 'refused', 'lapsed') or expires_at is not null);

create index consent_standing on consent (expires_at) where state in ('active', 'paused');
create index consent_client on consent (client_id) where state in ('active', 'paused');

-- Every decision of a grant, the first and each amendment. Nobody changes or removes one.
create table consent_record (
    record_id          uuid primary key,
    grant_id           uuid not null references consent,
    generation         integer not null,
    previous_record_id uuid references consent_record,
    client_id          text not null,
    person_id          uuid not null references person,
    purpose            text not null,
    template_version   integer not null,
    requested          text[] not null,
    optional           text[] not null,
    granted            text[] not null,
    requested_at       timestamptz not null,
    decided_at         timestamptz not null,
    first_decided_at   timestamptz not null,
    expires_at         timestamptz not null,
    language           text not null,
    shown_digest       text not null,
    seal               bytea not null,
    unique (grant_id, generation),
    check ((generation = 1) = (previous_record_id is null))
);
grant select, insert on consent_record to ${service_role};

-- The version of the grant that an event happened to: a consent's row whose version is behind it was put back.
alter table ledger_event add grant_version integer not null default 0;
alter table ledger_event alter grant_version drop default;
create index ledger_event_grant_version on ledger_event (grant_id, grant_version desc);
