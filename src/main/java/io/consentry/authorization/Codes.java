package io.consentry.authorization;

import io.consentry.kernel.Handle;
import io.consentry.kernel.ServiceClock;
import io.consentry.key.RowSeals;
import io.consentry.person.Session;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/**
 * Authorization codes: stored as a hash, redeemed once, remembered for a while so that a second use is noticed. A row without
 * its seal is no code, nor is one that was put back to before it was redeemed.
 */
@ApplicationScoped
class Codes {

    private final StatelessSession session;
    private final RowSeals seals;
    private final AuthorizationSettings settings;
    private final ServiceClock clock;

    Codes(StatelessSession session, RowSeals seals, AuthorizationSettings settings, ServiceClock clock) {
        this.session = session;
        this.seals = seals;
        this.settings = settings;
        this.clock = clock;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    Handle issue(RequestRow request, Session person) {
        Handle code = Handle.random();
        var row = new CodeRow();
        row.codeHash = code.hash();
        row.clientId = request.clientId;
        row.grantId = request.grantId;
        row.personId = person.person().value();
        row.protocolScope = request.protocolScope;
        row.redirectUri = request.redirectUri;
        row.nonce = request.nonce;
        row.codeChallenge = request.codeChallenge;
        row.dpopJkt = request.dpopJkt;
        row.method = person.method();
        row.assurance = (short) person.assurance().level();
        row.acr = request.acr(person.assurance()).orElse(null);
        row.authTime = person.authenticatedAt();
        row.expiresAt = clock.instant().plus(settings.codeLifetime());
        seals.seal(row);
        session.insert(row);
        return code;
    }

    /** The code's row as it is now, for a look before anything costly. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<CodeRow> find(Handle code) {
        return Optional.ofNullable(session.get(CodeRow.class, code.hash())).filter(this::isGood);
    }

    /** The code's row, locked: of two that redeem it at once, the second waits and then sees that it was redeemed. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<CodeRow> lock(Handle code) {
        return Optional.ofNullable(session.get(CodeRow.class, code.hash(), LockMode.PESSIMISTIC_WRITE))
                .filter(this::isGood);
    }

    private boolean isGood(CodeRow row) {
        if (!seals.isSound(row)) {
            return false;
        }
        if (row.isPutBack()) {
            seals.reportOld(row);
        }
        return !row.isPutBack();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void redeem(CodeRow row) {
        row.redeemedAt = clock.instant();
        seals.seal(row);
        session.update(row);
    }

    /** FAPI 2.0 §5.3.2.1-11, RFC 6749 §10.5. */
    boolean hasExpired(CodeRow row) {
        return !clock.now(row.readAt).isAlive(row.expiresAt, settings.codeLifetime());
    }

    boolean isPast(Instant time) {
        return !clock.instant().isBefore(time);
    }

    /** What is over is remembered for longer than an access token can live: so long a second use can still revoke something. */
    @Scheduled(every = "10m", delayed = "2m", skipExecutionIf = ServiceClock.InDoubt.class)
    @Transactional
    void sweep() {
        Instant now = clock.instant();
        for (String what : List.of(
                "delete from authorization_code where expires_at",
                "delete from authorization_request where decide_by")) {
            session.createNativeMutationQuery(what + " < least((select service_time()), :now) - interval '1 hour'")
                    .setParameter("now", now)
                    .executeUpdate();
        }
    }
}
