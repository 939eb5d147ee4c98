package io.consentry.consent;

import static io.consentry.schema.AmendmentTable.AMENDMENT;
import static io.consentry.schema.ConsentTable.CONSENT;
import static io.consentry.schema.Routines.serviceTime;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.consentry.database.Batches;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.ServiceClock;
import io.consentry.ledger.InStep;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.TableField;

/**
 * Writes down in the ledger what time has ended. Nothing depends on it: whether a consent holds is judged whenever it is
 * read, and this only sees to it that the entry of an abandoned request or an expired consent does not wait for a reader.
 * While the clock is in doubt they wait.
 */
@ApplicationScoped
class Timekeeper {

    private static final Logger LOG = Logger.getLogger(Timekeeper.class);
    private static final int BATCH = 500;

    private final Consents consents;
    private final AmendmentRequests amendments;
    private final Overdue overdue;
    private final InStep database;

    Timekeeper(Consents consents, AmendmentRequests amendments, Overdue overdue, InStep database) {
        this.database = database;
        this.consents = consents;
        this.amendments = amendments;
        this.overdue = overdue;
    }

    @Scheduled(
            every = "10s",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = ServiceClock.InDoubt.class)
    void record() {
        if (!database.isInStep()) {
            return;
        }
        each(overdue::requests, id -> consents.settle(new GrantId(id)));
        each(overdue::grants, id -> consents.settle(new GrantId(id)));
        each(overdue::amendments, id -> amendments.settle(new AmendmentId(id)));
    }

    /** Walks past what cannot be settled: a row that somebody changed stays as it is, and is in nobody's way. */
    private static void each(Function<Due, List<Due>> after, Consumer<UUID> settle) {
        Batches.walk(Due.BEFORE_ALL, after, due -> settle(due.id(), settle));
    }

    /** One that cannot be settled, for example since its person was erased, holds up no other. */
    private static void settle(UUID id, Consumer<UUID> settle) {
        try {
            settle.accept(id);
        } catch (RuntimeException e) {
            LOG.warnf("What time has ended could not be written down for %s: %s", id, e.getMessage());
        }
    }

    /** What was to end at a time. */
    record Due(Instant at, UUID id) {

        static final Due BEFORE_ALL = new Due(Instant.EPOCH, new UUID(0, 0));
    }

    /**
     * Finds what is overdue, each in a transaction of its own: in the order of the indexes over what still stands by its time,
     * so that a look costs what there is to do and not what there ever was.
     */
    @ApplicationScoped
    static class Overdue {

        private final DSLContext sql;
        private final InstantSource clock;

        Overdue(DSLContext sql, InstantSource clock) {
            this.sql = sql;
            this.clock = clock;
        }

        @Transactional
        List<Due> requests(Due after) {
            return first(after, CONSENT.LAPSES_AT, CONSENT.GRANT_ID, StateConditions.UNDECIDED);
        }

        @Transactional
        List<Due> grants(Due after) {
            return first(after, CONSENT.EXPIRES_AT, CONSENT.GRANT_ID, StateConditions.STANDING);
        }

        @Transactional
        List<Due> amendments(Due after) {
            return first(after, AMENDMENT.LAPSES_AT, AMENDMENT.ID, StateConditions.OPEN_AMENDMENT);
        }

        private List<Due> first(Due after, TableField<?, Instant> at, TableField<?, UUID> id, Condition waits) {
            return sql.select(at, id)
                    .from(at.getTable())
                    .where(waits)
                    .and(at.le(least(field(select(serviceTime())), val(clock.instant()))))
                    .and(row(at, id).gt(after.at(), after.id()))
                    .orderBy(at, id)
                    .limit(BATCH)
                    .fetch(mapping(Due::new));
        }
    }
}
