package io.consentry.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentry.client.JoseRegistration;
import io.consentry.client.KeySets;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.kernel.Settings;
import io.consentry.key.Jose;
import io.consentry.ledger.Draft;
import io.consentry.ledger.Ledger;
import io.consentry.person.Persons;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Puts a record together and protects it as its client registered: a JWS inside a JWE, a JWS, or plain in the sandbox. */
@ApplicationScoped
class Seal {

    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    private final Jose jose;
    private final KeySets keySets;
    private final Persons persons;
    private final Ledger ledger;
    private final ObjectMapper json;
    private final Settings settings;

    Seal(Jose jose, KeySets keySets, Persons persons, Ledger ledger, ObjectMapper json, Settings settings) {
        this.jose = jose;
        this.keySets = keySets;
        this.persons = persons;
        this.ledger = ledger;
        this.json = json;
        this.settings = settings;
    }

    SealedAnswer seal(Consent.Active consent, RegisteredClient client, PermittedRecord permitted, Draft entry) {
        Map<String, Object> claims = claims(consent, client, permitted, entry);
        JoseRegistration registered = client.userinfo();
        if (registered.isEncrypted()) {
            return new SealedAnswer("application/jwt", encrypt(claims, client, registered));
        }
        if (registered.isSigned()) {
            return new SealedAnswer("application/jwt", jose.sign(claims));
        }
        if (!settings.isSandbox()) {
            throw new IllegalStateException("a client without encryption is registered in production");
        }
        return new SealedAnswer("application/json", plain(claims));
    }

    private Map<String, Object> claims(
            Consent.Active consent, RegisteredClient client, PermittedRecord permitted, Draft entry) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", settings.issuer());
        claims.put("sub", persons.pairwise(consent.person(), client.id()).toString());
        claims.put("aud", client.id().value());
        claims.put("iat", entry.event().at().getEpochSecond());
        claims.put("person_info", json.convertValue(permitted.personInfo(), MEMBERS));
        claims.put("consent", consentBlock(consent, permitted, entry));
        return claims;
    }

    private Map<String, Object> consentBlock(Consent.Active consent, PermittedRecord permitted, Draft entry) {
        var outcomes = new TreeMap<String, Object>();
        permitted.outcomes().forEach((name, outcome) -> outcomes.put(name.value(), outcome.wire()));
        var retryAfter = new TreeMap<String, Object>();
        permitted.retryAfter().forEach((name, wait) -> retryAfter.put(name.value(), secondsToWait(wait)));
        var block = new LinkedHashMap<String, Object>();
        block.put("grant_id", consent.terms().grantId().toString());
        block.put("record_id", entry.event().recordId().toString());
        block.put("purpose", consent.terms().purpose().code());
        block.put("outcomes", outcomes);
        block.put("retry_after", retryAfter);
        block.put(
                "ledger",
                Map.of("origin", ledger.origin(entry.event().grantId().log()), "leaf_hash", entry.leafHash()));
        return block;
    }

    /** Rounded up: whoever comes back a moment too early has waited for nothing. */
    static long secondsToWait(Duration wait) {
        return wait.plusNanos(999_999_999).toSeconds();
    }

    private String encrypt(Map<String, Object> claims, RegisteredClient client, JoseRegistration registered) {
        String alg = registered.encryptedAlg().orElseThrow();
        String enc = registered.encryptedEnc().orElseThrow();
        return Jose.recipient(keySets.toEncryptTo(client, alg), alg, enc)
                .map(recipient -> jose.signAndEncrypt(claims, recipient))
                .orElseThrow(() -> new IllegalStateException("a registered client has no key to encrypt to"));
    }

    private String plain(Map<String, Object> claims) {
        try {
            return json.writeValueAsString(claims);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of maps and values is always JSON", e);
        }
    }
}
