-- What became of a request, so that whoever decided hears it again when the answer was lost. The code itself is nowhere: it is
-- derived from the id of the request under the master key.
alter table authorization_request
    add column decision          text check (decision in ('approved', 'refused')),
    -- What an approval left out, and by which session it came.
    add column declined          text[],
    add column decided_by        text,
    -- What the browser was sent back with instead of a code.
    add column error             text,
    add column error_description text,
    add constraint authorization_request_decided check ((decision is null) = (decided_by is null)),
    add constraint authorization_request_error check ((error is null) = (error_description is null));
