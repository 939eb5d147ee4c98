-- Pushed requests and codes carry seals as well. Those from before have none, and live for minutes: they go, and clients push anew.
delete from authorization_request;
delete from authorization_code;

alter table authorization_request add seal bytea not null;
alter table authorization_code add seal bytea not null;
