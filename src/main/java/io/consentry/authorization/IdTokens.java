package io.consentry.authorization;

import io.consentry.client.KeySets;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.PersonId;
import io.consentry.kernel.Settings;
import io.consentry.key.Jose;
import io.consentry.person.Assurance;
import io.consentry.person.Persons;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ID tokens (OpenID Connect Core §2) for requests with the scope {@code openid}; encrypted when so registered. They are how a
 * client learns who signed in (FAPI 2.0 §5.3.2.3).
 */
@ApplicationScoped
class IdTokens {

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final Jose jose;
    private final KeySets keySets;
    private final Persons persons;
    private final InstantSource clock;
    private final String issuer;

    IdTokens(Jose jose, KeySets keySets, Persons persons, InstantSource clock, Settings settings) {
        this.jose = jose;
        this.keySets = keySets;
        this.persons = persons;
        this.clock = clock;
        this.issuer = settings.issuer();
    }

    /**
     * The client, and the key to which its ID tokens are encrypted.
     *
     * <p>To be asked for before a transaction begins: a key may have to be fetched from the client, who may take their time.
     */
    Audience audience(RegisteredClient client) {
        return new Audience(client, Optional.of(recipient(client)));
    }

    /** For whom an ID token is. */
    record Audience(RegisteredClient client, Optional<Jose.Recipient> recipient) {

        static Audience withoutKey(RegisteredClient client) {
            return new Audience(client, Optional.empty());
        }
    }

    /** Whether a code gives an ID token. */
    static boolean isFor(CodeRow code) {
        return Arrays.asList(code.protocolScope).contains("openid");
    }

    /** Without facts about the person. */
    Optional<String> issue(CodeRow code, Audience audience) {
        return issue(code, audience, Map.of());
    }

    /** With facts about the person; those leave encrypted or not at all. */
    Optional<String> issue(CodeRow code, Audience audience, Map<String, Object> subAttributes) {
        if (!isFor(code)) {
            return Optional.empty();
        }
        if (audience.client().idToken().isEncrypted() && audience.recipient().isEmpty()) {
            throw new IllegalStateException("an ID token that is registered as encrypted has a key to encrypt to");
        }
        Map<String, Object> claims = claims(code, audience.client());
        if (!subAttributes.isEmpty()) {
            if (audience.recipient().isEmpty()) {
                throw new IllegalStateException("an ID token with facts about a person is encrypted");
            }
            claims.put("sub_attributes", subAttributes);
        }
        return Optional.of(audience.recipient()
                .map(recipient -> jose.signAndEncrypt(claims, recipient))
                .orElseGet(() -> jose.sign(claims)));
    }

    private Map<String, Object> claims(CodeRow code, RegisteredClient client) {
        long now = clock.instant().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer);
        // Pairwise: another client's name for the same person is another (OpenID Connect Core §8.1).
        claims.put(
                "sub",
                persons.pairwise(new PersonId(code.personId), client.id()).toString());
        claims.put("aud", client.id().value());
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME.toSeconds());
        claims.put("auth_time", code.authTime.getEpochSecond());
        claims.put("amr", amr(code));
        if (code.acr != null) {
            claims.put("acr", code.acr);
        }
        if (client.signIn().isLogin() || Arrays.asList(code.protocolScope).contains("user.identity")) {
            claims.put("sub_type", "user");
        }
        if (code.nonce != null) {
            claims.put("nonce", code.nonce);
        }
        return claims;
    }

    /** RFC 8176: the method, and what the level of assurance adds to it. */
    private static List<String> amr(CodeRow code) {
        return Assurance.ofLevel(code.assurance) == Assurance.FACE
                ? List.of(code.method, "face")
                : List.of(code.method);
    }

    private Jose.Recipient recipient(RegisteredClient client) {
        String alg = client.idToken().encryptedAlg().orElseThrow();
        String enc = client.idToken().encryptedEnc().orElseThrow();
        return Jose.recipient(keySets.toEncryptTo(client, alg), alg, enc)
                .orElseThrow(() -> new IllegalStateException("a registered client has no key to encrypt to"));
    }
}
