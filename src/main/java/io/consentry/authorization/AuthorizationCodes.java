package io.consentry.authorization;

import io.consentry.kernel.Handle;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.ServiceClock;
import io.consentry.key.MasterKey;
import io.consentry.key.RowSeals;
import io.consentry.person.Session;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/**
 * Authorization codes: stored as a hash, redeemed once, remembered for a while so that a second use is noticed; whether that is a
 * retry is for {@link Retry} to tell. A row without its seal is no code, nor is one that was put back to before it was redeemed.
 */
@ApplicationScoped
class AuthorizationCodes {

    private final StatelessSession session;
    private final RowSeals seals;
    private final MasterKey master;
    private final AuthorizationSettings settings;
    private final ServiceClock clock;

    AuthorizationCodes(
            StatelessSession session,
            RowSeals seals,
            MasterKey master,
            AuthorizationSettings settings,
            ServiceClock clock) {
        this.session = session;
        this.seals = seals;
        this.master = master;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The one code of a request: as good as random for whoever does not hold the master key (HMAC-SHA-256 over the request's
     * random id), and the same whenever it is asked for, so that an answer that was lost can be given again though only its hash
     * is stored.
     */
    Handle of(RequestRow request) {
        return Handle.of(new LogNumber(request.log), master.keyedHash("authorization-code", request.id.toString()));
    }

    /** Its row has a unique key: of one request no second code is ever issued. */
    @Transactional(Transactional.TxType.MANDATORY)
    void issue(RequestRow request, Session person) {
        var row = new CodeRow();
        CodeTerms terms = request.code();
        row.codeHash = of(request).hash();
        row.clientId = request.clientId;
        row.grantId = request.grantId;
        row.log = request.log;
        row.personId = person.person().value();
        row.protocolScope = terms.protocolScope().toArray(String[]::new);
        row.redirectUri = terms.redirectUri().toString();
        row.nonce = terms.nonce().orElse(null);
        row.codeChallenge = terms.challenge();
        row.dpopJkt = terms.dpopJkt().orElse(null);
        row.method = person.method();
        row.assurance = (short) person.assurance().level();
        row.acr = request.signIn().acr(person.assurance()).orElse(null);
        row.authTime = person.authenticatedAt();
        row.expiresAt = clock.instant().plus(settings.codeLifetime());
        seals.seal(row);
        session.insert(row);
    }

    /** Whether a code could be redeemed now, as far as it is up to the code. */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean isLive(Handle code) {
        return find(code)
                .filter(row -> row.redeemedAt == null && !hasExpired(row))
                .isPresent();
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

    /** Notes that a locked code was answered, for the first time or again. */
    @Transactional(Transactional.TxType.MANDATORY)
    void redeem(CodeRow row, long releases) {
        if (row.redeemedAt == null) {
            row.redeemedAt = clock.instant();
        } else {
            row.retries++;
        }
        row.releasesThen = releases;
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
}
