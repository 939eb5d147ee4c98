package io.consentry.notice;

import io.consentry.kernel.ServiceClock;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import org.hibernate.StatelessSession;

/** Takes delivered events out of the outbox after a time. What is not acknowledged stays for ever. */
@ApplicationScoped
class Clearing {

    private final StatelessSession session;
    private final NoticeSettings settings;
    private final InstantSource clock;

    Clearing(StatelessSession session, NoticeSettings settings, InstantSource clock) {
        this.session = session;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "4m", skipExecutionIf = ServiceClock.InDoubt.class)
    @Transactional
    void clear() {
        session.createNativeMutationQuery("""
                        delete from notice where error is null
                            and settled_at < least((select service_time()), :now) - make_interval(secs => :kept)""")
                .setParameter("now", clock.instant())
                .setParameter("kept", settings.keepDelivered().toSeconds())
                .executeUpdate();
    }
}
