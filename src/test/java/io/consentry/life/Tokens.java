package io.consentry.life;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The part of the model that is about codes, tokens and releases. */
final class Tokens {

    private static final Duration OF_A_CODE = Duration.ofMinutes(1);
    private static final Duration OF_A_TOKEN = Duration.ofMinutes(30);
    private static final Duration BETWEEN_REFUSALS = Duration.ofHours(1);

    private final Life life;
    private Optional<Duration> codeSince = Optional.empty();
    private boolean redeemed;
    private int retries;
    private long releasesThen;
    private boolean refreshed;
    private Optional<Duration> tokenSince = Optional.empty();
    private boolean refreshable;
    private boolean revoked;
    private final Map<String, Duration> refusals = new HashMap<>();
    private long day;
    private long thatDay;

    Tokens(Life life) {
        this.life = life;
    }

    Optional<Duration> codeSince() {
        return codeSince;
    }

    Optional<Duration> tokenSince() {
        return tokenSince;
    }

    /** The browser came back with a code. */
    void coded() {
        codeSince = Optional.of(life.now);
        redeemed = false;
    }

    /** Whether the last code was not redeemed and still can be, as far as it is up to the code. */
    boolean codeWaits() {
        return !redeemed
                && codeSince.isPresent()
                && !life.isPast(codeSince.get().plus(OF_A_CODE));
    }

    String redeem() {
        if (codeSince.isEmpty()) {
            return "400 invalid_code";
        }
        if (redeemed && !isRetry()) {
            revoked = true;
            return "400 code_reused";
        }
        if (life.isPast(codeSince.get().plus(OF_A_CODE)) || !life.stage.stands()) {
            return "400 invalid_code";
        }
        retries = redeemed ? retries + 1 : 0;
        redeemed = true;
        releasesThen = life.releases;
        refreshed = false;
        revoked = false;
        tokenSince = Optional.of(life.now);
        refreshable = life.kind.isPeriodic();
        return "200";
    }

    /** The answer may have been lost: nothing that it gave was used. */
    private boolean isRetry() {
        return retries < 3
                && !revoked
                && !refreshed
                && releasesThen == life.releases
                && !life.isPast(codeSince.orElseThrow().plus(OF_A_CODE));
    }

    String refresh() {
        if (!life.kind.isPeriodic()) {
            return "400 unauthorized_grant_type";
        }
        if (!refreshable || revoked) {
            return "400 invalid_refresh_token";
        }
        if (!life.stage.stands()) {
            return "400 grant_ended";
        }
        tokenSince = Optional.of(life.now);
        refreshed = true;
        return "200";
    }

    String fetch() {
        if (tokenSince.isEmpty() || revoked) {
            return "401 invalid_access_token";
        }
        if (life.isPast(tokenSince.get().plus(OF_A_TOKEN))) {
            return "401 access_token_expired";
        }
        return switch (life.stage) {
            case ACTIVE -> release();
            case PAUSED -> refused("401", "consent_paused");
            case WITHDRAWN -> refused("401", "consent_withdrawn");
            case EXPIRED -> refused("401", "consent_expired");
            case EXHAUSTED -> refused("401", "consent_used_up");
            case REVOKED, RELINQUISHED, INVALIDATED -> refused("401", "consent_ended");
            case REQUESTED, PRESENTED, REFUSED, LAPSED -> throw new IllegalStateException("a token without a grant");
        };
    }

    private String release() {
        long today = life.now.minus(life.firstDecidedAt).toDays();
        if (today != day) {
            day = today;
            thatDay = 0;
        }
        if (thatDay == life.kind.perDay()) {
            return refused("429", "release_too_often");
        }
        thatDay++;
        life.releases++;
        life.entries.add("released " + life.released());
        String answer = "200 " + life.released();
        if (life.releases == life.kind.inAll()) {
            life.enter(Stage.EXHAUSTED);
        }
        return answer;
    }

    private String refused(String status, String code) {
        Optional<Duration> last = Optional.ofNullable(refusals.get(code));
        if (last.isEmpty() || life.isPast(last.get().plus(BETWEEN_REFUSALS))) {
            refusals.put(code, life.now);
            life.entries.add("release_refused: " + code);
        }
        return status + " " + code;
    }
}
