package io.consentry.release;

/**
 * An answer as it goes out. Does not print.
 *
 * @param mediaType {@code application/jwt} for a JWS or JWE (OpenID Connect Core §5.3.2), {@code application/json} if plain
 */
record SealedAnswer(String mediaType, String body) {

    @Override
    public String toString() {
        return "SealedAnswer[redacted]";
    }
}
