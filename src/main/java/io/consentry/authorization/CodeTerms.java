package io.consentry.authorization;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What the code that answers a request is held to, and repeats.
 *
 * @param redirectUri the registered address that it goes to
 * @param nonce for the ID token
 * @param challenge whose verifier redeems it (RFC 7636)
 * @param dpopJkt the thumbprint of the key that redeems it (RFC 9449 §10); any of its client's when empty
 * @param protocolScope the scopes outside the catalogue
 */
record CodeTerms(
        URI redirectUri,
        Optional<String> nonce,
        String challenge,
        Optional<String> dpopJkt,
        List<String> protocolScope) {

    CodeTerms {
        protocolScope = List.copyOf(protocolScope);
    }
}
