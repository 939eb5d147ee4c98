package io.consentry.authorization;

import static java.util.Objects.requireNonNull;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.consent.Amendment;
import io.consentry.consent.AmendmentRequests;
import io.consentry.consent.AmendmentRequests.Mode;
import io.consentry.consent.Consents;
import io.consentry.consent.Terms;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Puts a pushed request on record: not before somebody who is signed in as it demands comes for it. Until then it is one row
 * that a sweep takes away, so that whoever can push, and nobody else, leaves nothing in the ledger.
 */
@ApplicationScoped
class FirstOpening {

    private final PushedRequests requests;
    private final Consents consents;
    private final AmendmentRequests amendments;

    FirstOpening(PushedRequests requests, Consents consents, AmendmentRequests amendments) {
        this.requests = requests;
        this.consents = consents;
        this.amendments = amendments;
    }

    /**
     * Writes the consent, or the amendment, that a locked request asks for, with its ledger entry, if that was not done before.
     *
     * @return false if it asks for a change of a grant that is not any more what it was when it was pushed
     */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean record(RequestRow request) {
        if (request.recordedAt != null || request.purpose == null) { // the latter from before there was this step
            return true;
        }
        if (request.amendMode == null) {
            consents.request(terms(request), Duration.between(request.pushedAt, request.decideBy));
        } else {
            Optional<UUID> amendment = amendments
                    .request(wish(request), asked(request))
                    .map(Amendment::id)
                    .map(id -> id.value());
            if (amendment.isEmpty()) {
                return false;
            }
            request.amendmentId = amendment.get();
        }
        requests.recorded(request);
        return true;
    }

    private static Terms terms(RequestRow request) {
        return new Terms(
                new GrantId(request.grantId),
                new ClientId(request.clientId),
                purpose(request),
                new TreeSet<>(RequestRow.names(request.requested)),
                new TreeSet<>(RequestRow.names(request.optional)),
                request.pushedAt);
    }

    static AmendmentRequests.Wish wish(RequestRow request) {
        return new AmendmentRequests.Wish(
                new GrantId(request.grantId),
                new ClientId(request.clientId),
                Mode.valueOf(requireNonNull(request.amendMode).toUpperCase(Locale.ROOT)),
                purpose(request),
                RequestRow.names(request.requested),
                RequestRow.names(request.optional));
    }

    private static AmendmentRequests.Asked asked(RequestRow request) {
        return new AmendmentRequests.Asked(requireNonNull(request.amendGeneration), request.pushedAt, request.decideBy);
    }

    private static PurposeVersion purpose(RequestRow request) {
        return new PurposeVersion(requireNonNull(request.purpose), requireNonNull(request.templateVersion));
    }
}
