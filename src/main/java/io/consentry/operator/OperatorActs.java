package io.consentry.operator;

import static io.consentry.schema.OperatorActTable.OPERATOR_ACT;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;

import io.consentry.database.NamedLock;
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
import org.jboss.logging.Logger;
import org.jooq.DSLContext;

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

    private final DSLContext sql;
    private final InstantSource clock;
    private volatile long seen;

    OperatorActs(DSLContext sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    private record Act(long id, Instant at, String operator, String what) {}

    /** Does something and records it, both or neither; an exception undoes both. */
    @Transactional
    public <T> T perform(String what, Supplier<T> act) {
        // One at a time, so that whoever reads the record in order misses none that is still on its way.
        sql.fetchValue(NamedLock.of("operator_act"));
        T result = act.get();
        sql.insertInto(OPERATOR_ACT)
                .set(OPERATOR_ACT.AT, clock.instant())
                .set(OPERATOR_ACT.OPERATOR, who())
                .set(OPERATOR_ACT.ACT, what)
                .execute();
        return result;
    }

    @Transactional
    void begin(@Observes StartupEvent start) {
        seen = sql.fetchValue(select(coalesce(max(OPERATOR_ACT.ID), 0L)).from(OPERATOR_ACT));
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
        return sql.select(OPERATOR_ACT.ID, OPERATOR_ACT.AT, OPERATOR_ACT.OPERATOR, OPERATOR_ACT.ACT)
                .from(OPERATOR_ACT)
                .where(OPERATOR_ACT.ID.gt(last))
                .orderBy(OPERATOR_ACT.ID)
                .fetch(mapping(Act::new));
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
