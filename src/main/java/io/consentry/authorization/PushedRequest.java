package io.consentry.authorization;

import io.consentry.client.RegisteredClient;
import java.util.Optional;

/**
 * What PAR checks look at.
 *
 * @param proofKey the thumbprint of the key whose DPoP proof came with the request
 */
record PushedRequest(Form form, RegisteredClient client, Optional<String> proofKey) {

    /** What the client says to the person. */
    Optional<String> message() {
        return form.get("authentication_context_message");
    }

    /** The parameters about the sign-in. */
    SignInParameters signIn() {
        return new SignInParameters(form, client.signIn());
    }
}
