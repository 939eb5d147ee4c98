-- What the service may forget, by the clock that everything else goes by: the database's, as far ahead as a sandbox says.
drop policy forget on used_jti;
create policy forget on used_jti for delete to ${service_role} using (expires_at < (select service_time()));
