package io.consentry.authorization;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a pushed request may ask for: named checks, run by {@link ParChecks} among its own. */
@ApplicationScoped
class ScopeChecks {

    private final Catalogue catalogue;

    ScopeChecks(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * What the checks have found.
     *
     * @param attributes what the scopes stand for
     */
    record Checked(List<String> scopes, Purpose purpose, Set<AttributeName> attributes) {

        /** Those outside the catalogue. */
        List<String> protocol() {
            return scopes.stream()
                    .filter(RegisteredClient.PROTOCOL_SCOPES::contains)
                    .toList();
        }
    }

    Checked check(PushedRequest request) {
        RegisteredClient client = request.client();
        List<String> scopes = asksForKnownScopes(request);
        asksForRegisteredScopes(client, scopes);
        Purpose purpose = hasAPurpose(client);
        return new Checked(scopes, purpose, staysWithinItsPurpose(client, scopes, purpose));
    }

    /** RFC 6749 §3.3: every scope must be one that exists. */
    private List<String> asksForKnownScopes(PushedRequest request) {
        List<String> scopes = Arrays.stream(request.form().require("scope").split(" "))
                .filter(scope -> !scope.isEmpty())
                .distinct()
                .toList();
        if (scopes.isEmpty()) {
            throw ParChecks.invalid("scope")
                    .expecting("at least one scope", null)
                    .raise();
        }
        for (String scope : scopes) {
            if (catalogue.expand(scope).isEmpty() && !RegisteredClient.PROTOCOL_SCOPES.contains(scope)) {
                throw Fault.of(FaultCode.UNKNOWN_SCOPE, "Ask for scopes of the catalogue.")
                        .expecting("scopes of the catalogue", scope)
                        .raise();
            }
        }
        return scopes;
    }

    /** Promise 3: nothing beyond what is registered. */
    private void asksForRegisteredScopes(RegisteredClient client, List<String> scopes) {
        for (String scope : scopes) {
            Set<AttributeName> attributes = catalogue.expand(scope);
            boolean registered = client.protocolScopes().contains(scope)
                    || (!attributes.isEmpty() && client.scope().containsAll(attributes));
            if (!registered) {
                throw Fault.of(FaultCode.UNREGISTERED_SCOPE, "Ask for scopes that the client is registered for.")
                        .expecting("a registered scope", scope)
                        .raise();
            }
        }
    }

    private Purpose hasAPurpose(RegisteredClient client) {
        return catalogue
                .purpose(client.purpose())
                .orElseThrow(
                        () -> Fault.of(FaultCode.SCOPE_EXCEEDS_PURPOSE, "Nobody may ask for this purpose any more.")
                                .raise());
    }

    /** The purpose template says what a client of this kind may ask for; what is beyond it is named. */
    private Set<AttributeName> staysWithinItsPurpose(RegisteredClient client, List<String> scopes, Purpose purpose) {
        Set<AttributeName> asked = scopes.stream()
                .flatMap(scope -> Stream.concat(catalogue.expand(scope).stream(), client.attributesOf(scope).stream()))
                .collect(Collectors.toUnmodifiableSet());
        SortedSet<AttributeName> excess = purpose.excess(asked);
        if (!excess.isEmpty()) {
            throw Fault.of(FaultCode.SCOPE_EXCEEDS_PURPOSE, "Leave out what the purpose does not need.")
                    .expecting("what " + purpose.id() + " allows", "also " + excess)
                    .raise();
        }
        return asked;
    }

    /**
     * What {@code claims} adds for the record (OpenID Connect Core §5.5): attributes by their names, as scopes do, within what
     * is registered and its purpose allows. Whatever else it names is ignored.
     */
    Set<AttributeName> withClaims(Checked asked, Set<String> claims, RegisteredClient client) {
        return Stream.concat(
                        asked.attributes().stream(),
                        claims.stream()
                                .flatMap(name -> catalogue.expand(name).stream())
                                .filter(client.scope()::contains)
                                .filter(asked.purpose().attributes()::contains))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What the person may decline: of what is requested or, where a grant is to be changed, of all that it may hold. */
    static Set<AttributeName> optional(GrantManagement grant, Set<AttributeName> requested, RegisteredClient client) {
        return switch (grant) {
            case GrantManagement.Create anew ->
                requested.stream().filter(client.optionalScope()::contains).collect(Collectors.toUnmodifiableSet());
            case GrantManagement.Amend change -> client.optionalScope();
        };
    }
}
