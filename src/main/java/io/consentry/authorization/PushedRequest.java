package io.consentry.authorization;

import io.consentry.client.RegisteredClient;
import java.util.Optional;

/**
 * What PAR checks look at.
 *
 * @param proofKey the thumbprint of the key whose DPoP proof came with the request
 */
record PushedRequest(Form form, RegisteredClient client, Optional<String> proofKey) {

    /** The parameters about the sign-in. */
    SignInParameters signIn() {
        return new SignInParameters(form, client.signIn());
    }
}
