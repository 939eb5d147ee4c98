package io.consentry.key;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import org.jboss.logging.Logger;

/**
 * Seals of rows that open doors: HMAC-SHA-256, under a key derived from the master key, over the table and every column that
 * the row's class maps (see {@link SealedColumns}).
 *
 * <p>Guarantees that nobody who can write to the database, be it as its owner, and has not the master key, makes a row or
 * changes one and is believed. Does not notice that an older row was put back with its own seal: what keeps such a row shut
 * stands with each table in {@code src/docs/decisions/2026-11-28-sealed-rows.md}. Computed in memory alone.
 */
@ApplicationScoped
public class RowSeals {

    private static final Logger LOG = Logger.getLogger(RowSeals.class);
    private static final String LABEL = "sealed-row";

    private final MasterKey master;
    private final MeterRegistry meters;

    RowSeals(MasterKey master, MeterRegistry meters) {
        this.master = master;
        this.meters = meters;
    }

    /** Seals a row as it is now, its times cut to microseconds; whoever changes it afterwards seals it again. */
    public void seal(SealedRow row) {
        SealedColumns.of(row.getClass()).cutTimes(row);
        row.seal(over(row));
    }

    /** Whether the row is as it was sealed; says nothing of one that is not. */
    public boolean fits(SealedRow row) {
        return MessageDigest.isEqual(row.seal(), over(row));
    }

    /** Whether to believe a row that was read. One that is not as this service wrote it is reported, and must open nothing. */
    public boolean isSound(SealedRow row) {
        boolean sound = fits(row);
        if (!sound) {
            report(row, "was changed, or made, behind the service's back");
        }
        return sound;
    }

    /** Reports a row that carries its seal, and is older than what is known of it. */
    public void reportOld(SealedRow row) {
        report(row, "is older than what is known of it: somebody put it back");
    }

    private void report(SealedRow row, String what) {
        SealedColumns columns = SealedColumns.of(row.getClass());
        LOG.errorf("The row %s of the table %s %s", columns.key(row), columns.table(), what);
        meters.counter("consentry.rows.refused", "table", columns.table()).increment();
    }

    private byte[] over(SealedRow row) {
        return master.keyedHash(LABEL, SealedColumns.of(row.getClass()).text(row));
    }
}
