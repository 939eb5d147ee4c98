package io.consentry.authorization;

import io.consentry.client.KeySets;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.PersonId;
import io.consentry.kernel.Settings;
import io.consentry.key.Jose;
import io.consentry.person.Persons;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ID tokens (OpenID Connect Core §2) for requests with the scope {@code openid}; encrypted when so registered. */
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

    Optional<String> issue(CodeRow code, RegisteredClient client) {
        if (!Arrays.asList(code.protocolScope).contains("openid")) {
            return Optional.empty();
        }
        Map<String, Object> claims = claims(code, client);
        return Optional.of(client.idToken().isEncrypted() ? encrypted(claims, client) : jose.sign(claims));
    }

    private Map<String, Object> claims(CodeRow code, RegisteredClient client) {
        long now = clock.instant().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer);
        // OpenID Connect Core §8.1
        claims.put(
                "sub",
                persons.pairwise(new PersonId(code.personId), client.id()).toString());
        claims.put("aud", client.id().value());
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME.toSeconds());
        claims.put("auth_time", code.authTime.getEpochSecond());
        claims.put("amr", List.of(code.method));
        if (code.nonce != null) {
            claims.put("nonce", code.nonce);
        }
        return claims;
    }

    private String encrypted(Map<String, Object> claims, RegisteredClient client) {
        String alg = client.idToken().encryptedAlg().orElseThrow();
        String enc = client.idToken().encryptedEnc().orElseThrow();
        return Jose.recipient(keySets.toEncryptTo(client), alg, enc)
                .map(recipient -> jose.signAndEncrypt(claims, recipient))
                .orElseThrow(() -> new IllegalStateException("a registered client has no key to encrypt to"));
    }
}
