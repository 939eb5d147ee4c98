-- Made anew whenever the setting consentry.clock.ahead has changed, which production refuses.
create or replace function service_time_ahead() returns interval language sql stable parallel safe
    return make_interval(secs => extract(epoch from interval '${clock_ahead}')::double precision);
