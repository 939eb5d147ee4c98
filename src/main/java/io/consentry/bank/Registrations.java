package io.consentry.bank;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.Optional;

/** Where the bank finds what it registered with Consentry, and the keys that it keeps to itself. */
public interface Registrations {

    /** Empty when there is no such client. */
    Optional<Registration> find(String clientId);

    /**
     * A registration. Does not print.
     *
     * @param scope everything the client may ask for, separated by spaces
     * @param privateKeys what it signs and decrypts with
     */
    record Registration(String scope, JWKSet privateKeys) {

        @Override
        public String toString() {
            return "Registration[redacted]";
        }
    }
}
