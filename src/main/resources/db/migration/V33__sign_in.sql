-- What a client may ask of the sign-in of its people.
alter table client
    add column acr_values      text[]  not null default '{}',
    add column default_max_age integer check (default_max_age >= 0),
    add column context_types   text[]  not null default '{}',
    add column app_launch_urls text[]  not null default '{}';

-- How surely a session knows its person: 2 by two factors, 3 with their face as well.
alter table session add column assurance smallint not null default 2 check (assurance in (2, 3));

-- What a request demands of the sign-in behind its decision. The message is the client's and may be about somebody: it is
-- sealed. Of a login hint there is only the keyed hash by which a person would be found.
alter table authorization_request
    add column silent           boolean not null default false,
    add column pushed_at        timestamptz not null default now(),
    add column fresh_after      timestamptz,
    add column acr_values       text[]  not null default '{}',
    add column acr_asked        boolean not null default false,
    add column assurance        smallint,
    add column subjects         uuid[]  not null default '{}',
    add column hint             bytea,
    add column ui_locale        text,
    add column sealed_message   bytea,
    add column sign_in_asked_at timestamptz;

-- What the ID token says of the sign-in.
alter table authorization_code
    add column assurance smallint not null default 2,
    add column acr       text;
