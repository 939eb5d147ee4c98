package io.consentry.authorization;

import io.consentry.client.ClientScope;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.token.Binding;
import io.consentry.token.ClientTokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Issues tokens to clients in their own name (RFC 6749 §4.4): for scopes of their own, bound to what the client proves to
 * hold, without a refresh token (§4.4.3). They open nobody's data.
 */
@ApplicationScoped
class ClientCredentials {

    private final ClientTokens tokens;

    ClientCredentials(ClientTokens tokens) {
        this.tokens = tokens;
    }

    TokenResponse issue(Form form, RegisteredClient client, Binding binding) {
        Set<ClientScope> scopes = scopes(form.get("scope").orElse(""));
        return TokenResponse.of(tokens.issue(client.id(), scopes, binding), ClientTokens.text(scopes));
    }

    /** There is no default (RFC 6749 §3.3): a token is for what its client says. */
    private static Set<ClientScope> scopes(String text) {
        var scopes = EnumSet.noneOf(ClientScope.class);
        Arrays.stream(text.split(" "))
                .filter(word -> !word.isEmpty())
                .forEach(word -> scopes.add(ClientScope.of(word).orElseThrow(() -> noSuch(word))));
        if (scopes.isEmpty()) {
            throw noSuch(null);
        }
        return scopes;
    }

    private static RuntimeException noSuch(@org.jspecify.annotations.Nullable String word) {
        return Fault.of(FaultCode.NO_CLIENT_SCOPE, "Name what the token is for.")
                .expecting(ClientTokens.text(EnumSet.allOf(ClientScope.class)), word)
                .raise();
    }
}
