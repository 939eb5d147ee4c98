package io.consentry.authorization;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.client.GrantType;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.consent.Uses;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Handle;
import io.consentry.token.AccessTokens;
import io.consentry.token.Binding;
import io.consentry.token.RefreshToken;
import io.consentry.token.RefreshTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives a fresh access token for a refresh token (RFC 6749 §6), bound to whatever key the request proves, in one transaction
 * that holds the grant's lock: once a grant has ended, it gives none. That of a paused grant does, and it opens nothing until
 * the person resumes.
 */
@ApplicationScoped
class Refreshment {

    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final Uses uses;
    private final Catalogue catalogue;

    Refreshment(RefreshTokens refreshTokens, AccessTokens accessTokens, Uses uses, Catalogue catalogue) {
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.uses = uses;
        this.catalogue = catalogue;
    }

    /** A refresh token beside the first access token, if the client is registered for them and the purpose has periodic access. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<Handle> begin(CodeRow code, RegisteredClient client, Consent.Standing granted) {
        boolean periodic = catalogue
                .purpose(granted.terms().purpose())
                .map(Purpose::access)
                .filter(Purpose.Access::periodic)
                .isPresent();
        return periodic && client.mayUse(GrantType.REFRESH_TOKEN)
                ? Optional.of(refreshTokens.issue(code.family(), List.of(code.protocolScope)))
                : Optional.empty();
    }

    /** What a token is good for: protocol scopes, and attributes, in the order in which they are told. */
    private record Reach(Set<String> protocol, Set<AttributeName> attributes) {

        String text() {
            var words = new LinkedHashSet<>(protocol);
            attributes.forEach(name -> words.add(name.value()));
            return String.join(" ", words);
        }
    }

    @Transactional
    public TokenResponse refresh(Form form, RegisteredClient client, Binding binding) {
        RefreshToken refresh = refreshTokens
                .lock(new Handle(form.require("refresh_token")), client.id())
                .orElseThrow(() -> Fault.of(FaultCode.INVALID_REFRESH_TOKEN, "No such token is good for this client.")
                        .suggesting("Ask the person again.")
                        .raise());
        Consent.Standing standing = standing(refresh, client.id());
        Reach all = new Reach(new LinkedHashSet<>(refresh.protocolScope()), standing.granted());
        Optional<Reach> narrowed = form.get("scope").map(scope -> narrowed(all, scope));
        var basis = AccessTokens.Basis.of(refresh, narrowed.map(Reach::attributes));
        return TokenResponse.of(
                accessTokens.issue(basis, binding),
                narrowed.orElse(all).text(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(refresh.family().grant()));
    }

    /** The grant, if it is this client's. */
    private Consent.Standing standing(RefreshToken refresh, ClientId client) {
        return uses.lock(refresh.family().grant())
                .filter(Consent.Standing.class::isInstance)
                .map(Consent.Standing.class::cast)
                .filter(standing -> standing.terms().clientId().equals(client))
                .orElseThrow(() -> Fault.of(FaultCode.GRANT_ENDED, "Nothing more is released under it.")
                        .suggesting("Ask the person again.")
                        .raise());
    }

    /** RFC 6749 §6: less than was granted if the client says so, never more. */
    private Reach narrowed(Reach all, String scope) {
        List<String> words =
                Arrays.stream(scope.split(" ")).filter(word -> !word.isEmpty()).toList();
        var protocol = new LinkedHashSet<String>();
        var attributes = new TreeSet<AttributeName>();
        for (String word : words) {
            Set<AttributeName> meant = catalogue.expand(word);
            if (all.protocol().contains(word)) {
                protocol.add(word);
            } else if (!meant.isEmpty() && all.attributes().containsAll(meant)) {
                attributes.addAll(meant);
            } else {
                throw Fault.of(FaultCode.SCOPE_NOT_GRANTED, "Leave scope out, or name part of what was granted.")
                        .expecting(all.text(), word)
                        .raise();
            }
        }
        return new Reach(protocol, attributes);
    }
}
