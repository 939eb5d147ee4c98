package io.consentry.http;

import io.consentry.kernel.Sweep;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Tells the other nodes what clients and persons have spent here, and learns what they spent there: one statement every few
 * seconds, and none when nobody came. Between two rounds each node can be used up to its own limit; a database that does not
 * answer leaves it at that. Totals only grow, so that no clock is compared.
 */
@ApplicationScoped
class LimitRounds {

    private static final Logger LOG = Logger.getLogger(LimitRounds.class);

    private static final String TELL = """
            insert into limit_spent (subject, total, told_at)
            select told.subject, told.spent, now() from unnest(?, ?) as told (subject, spent) order by told.subject
            on conflict (subject) do update set total = limit_spent.total + excluded.total, told_at = now()
            returning subject, total""";

    private final Limits limits;
    private final StatelessSession session;

    LimitRounds(Limits limits, StatelessSession session) {
        this.limits = limits;
        this.session = session;
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tellAndLearn() {
        limits.shared().forEach(this::round);
    }

    /** Totals of which nobody has told for so long are of no use to anybody: buckets are full again. */
    @Produces
    @Singleton
    Sweep forgotten() {
        return Sweep.past("limit_spent", "told_at", Duration.ofHours(1), "by then the buckets are full again");
    }

    private void round(Limit limit) {
        Map<String, Long> spent = limit.takeUntold();
        if (spent.isEmpty()) {
            return;
        }
        try {
            Map<String, Long> totals = QuarkusTransaction.requiringNew().call(() -> tell(limit.name(), spent));
            totals.forEach((subject, total) -> limit.learn(subject, total, spent.getOrDefault(subject, 0L)));
        } catch (RuntimeException e) {
            // What was spent here is not told later: the others' buckets fill up meanwhile.
            LOG.debugf("A round of limits was left out: %s", e.getClass().getName());
        }
    }

    private Map<String, Long> tell(String kind, Map<String, Long> spent) {
        String prefix = kind + " ";
        return session.doReturningWork(connection -> {
            try (var statement = connection.prepareStatement(TELL)) {
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "text",
                                spent.keySet().stream().map(prefix::concat).toArray()));
                statement.setArray(
                        2, connection.createArrayOf("bigint", spent.values().toArray()));
                var totals = new HashMap<String, Long>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        totals.put(rows.getString(1).substring(prefix.length()), rows.getLong(2));
                    }
                }
                return totals;
            }
        });
    }
}
