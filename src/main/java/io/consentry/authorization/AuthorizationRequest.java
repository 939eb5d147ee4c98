package io.consentry.authorization;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.consent.AmendmentRequests;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import java.util.Optional;
import java.util.Set;

/**
 * An authorization request that holds every check: what {@link ParChecks} answers with, what PAR stores and what is read back
 * when somebody comes for it. What a client says to the person ({@link ClientWords}) lies beside it, sealed.
 *
 * @param grant a new one, or a change of one
 * @param requested by scopes and claims, within what is registered and the purpose allows
 * @param optional what the person may decline, of what is requested or, where a grant is to be changed, of all that it may hold
 * @param state for the client, as it came (RFC 6749 §4.1.1)
 */
record AuthorizationRequest(
        ClientId client,
        GrantManagement grant,
        PurposeVersion purpose,
        Set<AttributeName> requested,
        Set<AttributeName> optional,
        Optional<String> state,
        CodeTerms code,
        DemandedSignIn signIn) {

    AuthorizationRequest {
        requested = Set.copyOf(requested);
        optional = Set.copyOf(optional);
    }

    AmendmentRequests.Wish wish(GrantManagement.Amend amend) {
        return new AmendmentRequests.Wish(amend.grant(), client, amend.mode(), purpose, requested, optional);
    }

    @Override
    public String toString() {
        return "AuthorizationRequest[" + client + "]";
    }
}
