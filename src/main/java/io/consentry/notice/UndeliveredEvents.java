package io.consentry.notice;

import io.consentry.health.Backlog;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Events that could be pushed now and are not. Those of a receiver that does not answer are its own affair, and those that
 * wait for an earlier one of their grant are not due.
 */
@Singleton
class UndeliveredEvents {

    @Produces
    @Singleton
    Backlog events() {
        return new Backlog("events", Duration.ofMinutes(2), """
                select cast(extract(epoch from clock_timestamp() - least(min(oldest.due_at), ledger_outbox_since())) as float8)
                from event_receiver r cross join lateral (
                    select n.due_at from notice n
                    where n.client_id = r.client_id and n.settled_at is null and n.due_at <= clock_timestamp()
                      and not exists (
                        select from notice e where e.grant_id = n.grant_id and e.client_id = n.client_id
                          and e.settled_at is null and e.due_at is not null and e.commitment_id < n.commitment_id)
                    order by n.due_at limit 1) oldest
                where r.method = 'push' and r.failures = 0""");
    }
}
