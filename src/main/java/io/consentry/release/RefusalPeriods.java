package io.consentry.release;

import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.Sweep;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import org.hibernate.StatelessSession;

/**
 * Which refusals are put on record: the first of a grant and a reason, and the next one after a period. So a client that tries for
 * ever with a dead token adds a bounded number of entries a day, and the person still hears that it goes on.
 */
@Singleton
class RefusalPeriods {

    /**
     * Most tries end at the look. Of two that see nothing, the second waits for the first to commit, and then finds its row. A time
     * far ahead is one of a clock that had jumped, and keeps nothing from the record.
     */
    private static final String BEGIN = """
            insert into refusal_on_record as latest (grant_id, reason, recorded_at)
            select :grant, :reason, service_time()
            where not exists (
                select from refusal_on_record
                where grant_id = :grant and reason = :reason and recorded_at
                    between service_time() - make_interval(secs => :period) and service_time() + make_interval(secs => :period))
            on conflict (grant_id, reason) do update set recorded_at = excluded.recorded_at
                where latest.recorded_at not between excluded.recorded_at - make_interval(secs => :period)
                    and excluded.recorded_at + make_interval(secs => :period)""";

    private final StatelessSession session;
    private final Duration period;

    RefusalPeriods(StatelessSession session, ReleaseSettings settings) {
        this.session = session;
        this.period = settings.refusalsEvery();
    }

    /** Begins a period in the caller's transaction, which appends the entry; false while one is under way. */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean begin(GrantId grant, FaultCode why) {
        return session.createNativeMutationQuery(BEGIN)
                        .setParameter("grant", grant.value())
                        .setParameter("reason", why.code())
                        .setParameter("period", (double) period.toSeconds())
                        .executeUpdate()
                == 1;
    }

    @Produces
    @Singleton
    Sweep over() {
        return Sweep.past(
                "refusal_on_record", "recorded_at", period, "until then the same refusal is not put on record again");
    }
}
