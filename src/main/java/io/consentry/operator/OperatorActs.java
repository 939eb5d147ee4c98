package io.consentry.operator;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * The record of what operators did: who, when and what, written in the transaction of the act itself, so that neither is
 * without the other. Every running node repeats it in its log within seconds.
 *
 * <p>Who it was is the user of the operating system, as {@code sudo} knows them where it was used: it tells colleagues apart
 * and does not guard against one who would lie. That takes an account of their own with the database and the master key.
 */
@ApplicationScoped
class OperatorActs {

    private static final Logger LOG = Logger.getLogger(OperatorActs.class);

    private final StatelessSession session;
    private final InstantSource clock;
    private volatile long seen;

    OperatorActs(StatelessSession session, InstantSource clock) {
        this.session = session;
        this.clock = clock;
    }

    private record Act(long id, Instant at, String operator, String what) {}

    /** Does something and records it, both or neither; an exception undoes both. */
    @Transactional
    public <T> T perform(String what, Supplier<T> act) {
        // One at a time, so that whoever reads the record in order misses none that is still on its way.
        session.createNativeQuery(
                        "select pg_advisory_xact_lock(hashtext('consentry/operator_act'))::text", String.class)
                .getSingleResult();
        T result = act.get();
        session.createNativeMutationQuery("insert into operator_act (at, operator, act) values (:at, :who, :what)")
                .setParameter("at", clock.instant())
                .setParameter("who", who())
                .setParameter("what", what)
                .executeUpdate();
        return result;
    }

    @Transactional
    void begin(@Observes StartupEvent start) {
        seen = session.createNativeQuery("select coalesce(max(id), 0) from operator_act", Long.class)
                .getSingleResult();
    }

    /** The acts since this was last called, into the log of this node. */
    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void repeat() {
        for (Act act : since(seen)) {
            LOG.warnf("Operator %s: %s (act %d, %s)", act.operator(), act.what(), act.id(), act.at());
            seen = act.id();
        }
    }

    private List<Act> since(long last) {
        return session.createNativeQuery(
                        "select id, at, operator, act from operator_act where id > :last order by id", Object[].class)
                .setParameter("last", last)
                .getResultStream()
                .map(row -> new Act((Long) row[0], (Instant) row[1], (String) row[2], (String) row[3]))
                .toList();
    }

    /** Who is at the keyboard. */
    static String who() {
        String user = System.getenv().getOrDefault("SUDO_USER", System.getProperty("user.name", "unknown"));
        try {
            return user + "@" + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return user;
        }
    }
}
