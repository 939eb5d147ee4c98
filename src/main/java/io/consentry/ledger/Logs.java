package io.consentry.ledger;

import static io.consentry.schema.LedgerStagedTable.LEDGER_STAGED;
import static io.consentry.schema.LedgerTreeTable.LEDGER_TREE;
import static io.consentry.schema.Routines.openLedgerLogs;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.selectOne;

import io.consentry.kernel.LogNumber;
import io.consentry.kernel.Settings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.Select;

/**
 * The logs of this ledger, numbered from 0. There may be more of them from one start to the next, and never fewer: a grant's log is
 * named by the grant's identifier, for life.
 */
@ApplicationScoped
public class Logs {

    private final DSLContext sql;
    private final Settings settings;

    Logs(DSLContext sql, Settings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    /** After the rights: a ledger that anybody could rewrite gets no further log. */
    void open(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE + 1) StartupEvent start) {
        if (!settings.serves()) {
            return;
        }
        int set = settings.ledger().logs();
        int there = QuarkusTransaction.requiringNew().call(() -> sql.fetchValue(openLedgerLogs(set)));
        if (there > set) {
            throw new ConfigurationException("The ledger has " + there + " logs, and this service is set to " + set
                    + ": logs can be added, not taken away. Set CONSENTRY_LEDGER_LOGS to " + there + " or more.");
        }
    }

    /** The log that a new grant goes to: any of them, by chance, so that they fill evenly and nobody has to count. */
    public LogNumber forNewGrant() {
        return new LogNumber(
                ThreadLocalRandom.current().nextInt(settings.ledger().logs()));
    }

    /** All there are in the database. */
    @Transactional
    public List<LogNumber> all() {
        return numbers(sql.select(LEDGER_TREE.LOG).from(LEDGER_TREE).orderBy(LEDGER_TREE.LOG));
    }

    /** Those in which something waits for its place in the order. */
    @Transactional
    List<LogNumber> waiting() {
        return numbers(sql.select(LEDGER_TREE.LOG)
                .from(LEDGER_TREE)
                .where(exists(selectOne().from(LEDGER_STAGED).where(LEDGER_STAGED.LOG.eq(LEDGER_TREE.LOG))))
                .orderBy(LEDGER_TREE.LOG));
    }

    private static List<LogNumber> numbers(Select<Record1<Short>> logs) {
        return logs.fetch(log -> new LogNumber(log.value1()));
    }
}
