package io.consentry.authorization;

import io.consentry.catalogue.Catalogue;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.consent.Uses;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.Handle;
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
    private final AuthorizationSettings settings;

    Refreshment(
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            Uses uses,
            Catalogue catalogue,
            AuthorizationSettings settings) {
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.uses = uses;
        this.catalogue = catalogue;
        this.settings = settings;
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
        RefreshTokenRow row = refreshTokens
                .lock(new Handle(form.require("refresh_token")), client.id())
                .orElseThrow(() -> Fault.of(FaultCode.INVALID_REFRESH_TOKEN, "No such token is good for this client.")
                        .suggesting("Ask the person again.")
                        .raise());
        Consent.Standing standing = standing(row, client.id());
        Reach all = new Reach(Set.of(row.protocolScope), standing.granted());
        Optional<Reach> narrowed = form.get("scope").map(scope -> narrowed(all, scope));
        var basis = AccessTokens.Basis.of(row, narrowed.map(Reach::attributes));
        Handle token = accessTokens.issue(basis, binding);
        return new TokenResponse(
                token.value(),
                binding.scheme().wire(),
                settings.accessTokenLifetime().toSeconds(),
                narrowed.orElse(all).text(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new GrantId(row.grantId)));
    }

    /** The grant, if it is this client's. */
    private Consent.Standing standing(RefreshTokenRow row, ClientId client) {
        return uses.lock(new GrantId(row.grantId))
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
