package io.consentry.authorization;

import static java.util.Objects.requireNonNull;

import io.consentry.consent.Amendment;
import io.consentry.consent.AmendmentRequests;
import io.consentry.consent.Consents;
import io.consentry.consent.Terms;
import io.consentry.kernel.GrantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
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
        if (request.recordedAt != null) {
            return true;
        }
        AuthorizationRequest asked = request.read();
        switch (asked.grant()) {
            case GrantManagement.Create anew ->
                consents.request(terms(request, asked), Duration.between(request.pushedAt, request.decideBy));
            case GrantManagement.Amend amend -> {
                Optional<UUID> amendment = amendments
                        .request(asked.wish(amend), asked(request))
                        .map(Amendment::id)
                        .map(id -> id.value());
                if (amendment.isEmpty()) {
                    return false;
                }
                request.amendmentId = amendment.get();
            }
        }
        requests.recorded(request);
        return true;
    }

    private static Terms terms(RequestRow request, AuthorizationRequest asked) {
        return new Terms(
                new GrantId(request.grantId),
                asked.client(),
                asked.purpose(),
                new TreeSet<>(asked.requested()),
                new TreeSet<>(asked.optional()),
                request.pushedAt);
    }

    private static AmendmentRequests.Timing asked(RequestRow request) {
        return new AmendmentRequests.Timing(
                requireNonNull(request.amendGeneration), request.pushedAt, request.decideBy);
    }
}
