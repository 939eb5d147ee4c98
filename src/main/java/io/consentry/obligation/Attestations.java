package io.consentry.obligation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.consentry.client.Clients;
import io.consentry.client.KeySets;
import io.consentry.client.RegisteredClient;
import io.consentry.client.SignedHeader;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a client's signed word that it has deleted what it fetched under a grant.
 *
 * <p>The word is a JWS by a registered key of the client (ES256 or PS256), explicitly typed (RFC 8725 §3.11) so that nothing
 * else that it signs can pass for one, with {@code iss}, {@code aud}, {@code iat}, {@code jti}, {@code grant_id},
 * {@code deleted_at} and, where something is kept, {@code kept}. It names one grant that is over for ever, so a replay says
 * nothing new. What is recorded proves what the client has said, not that it is true.
 */
@ApplicationScoped
class Attestations {

    static final String TYPE = "deletion-attestation+jwt";
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256);
    private static final Set<String> REQUIRED = Set.of("iss", "aud", "iat", "jti", "grant_id", "deleted_at");
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final Clients clients;
    private final KeySets keys;
    private final Consents consents;
    private final Obligations obligations;
    private final InstantSource clock;
    private final String issuer;

    Attestations(
            Clients clients,
            KeySets keys,
            Consents consents,
            Obligations obligations,
            InstantSource clock,
            Settings settings) {
        this.clients = clients;
        this.keys = keys;
        this.consents = consents;
        this.obligations = obligations;
        this.clock = clock;
        this.issuer = settings.issuer();
    }

    /** What was signed, verified. */
    private record Word(Instant issuedAt, Instant deletedAt, Optional<RetentionGround> kept) {}

    /** Verify, find what is owed, check the one against the other, record. */
    Obligation.Met attest(GrantId grant, ClientId id, String jws) {
        Word word = verify(jws, client(id), grant);
        fits(word, owed(grant, id).owed());
        return obligations
                .meet(grant, id, new Attestation(clock.instant(), word.deletedAt(), word.kept(), digest(jws)))
                .orElseThrow(() -> notFound().raise());
    }

    private RegisteredClient client(ClientId id) {
        return clients.find(id)
                .orElseThrow(() -> Fault.of(FaultCode.UNKNOWN_CLIENT, "The client is no longer registered.")
                        .raise());
    }

    private Word verify(String jws, RegisteredClient client, GrantId grant) {
        try {
            SignedJWT signed = SignedJWT.parse(jws);
            if (SignedHeader.isCritical(signed.getHeader())) {
                throw refused("no crit", "crit " + signed.getHeader().getCriticalParams());
            }
            JWTClaimsSet claims = processor(client, grant).process(signed, null);
            if (claims.getJWTID().isBlank()) {
                throw refused("a jti", "an empty one");
            }
            return new Word(
                    claims.getIssueTime().toInstant(),
                    claims.getDateClaim("deleted_at").toInstant(),
                    kept(claims.getStringClaim("kept")));
        } catch (ParseException e) {
            throw refused("a compact JWS with iss, aud, iat, jti, grant_id and deleted_at", "something else");
        } catch (BadJOSEException e) {
            throw refused("typ " + TYPE + ", a signature by a registered key, iss, aud and grant_id", e.getMessage());
        } catch (JOSEException e) {
            throw refused("a signature by a registered key", null);
        }
    }

    private DefaultJWTProcessor<SecurityContext> processor(RegisteredClient client, GrantId grant) {
        var exactly = new JWTClaimsSet.Builder()
                .issuer(client.id().value())
                .claim("grant_id", grant.toString())
                .build();
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(Attestations::isTyped);
        processor.setJWSKeySelector((header, context) -> candidates(client, header));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(issuer, exactly, REQUIRED) {
            @Override
            protected Date currentTime() {
                return Date.from(clock.instant()); // and not the machine's
            }
        });
        return processor;
    }

    private static void isTyped(@Nullable JOSEObjectType typ, @Nullable SecurityContext context)
            throws BadJOSEException {
        if (!SignedHeader.isOneOf(Set.of(TYPE), typ)) {
            throw new BadJOSEException("typ " + typ);
        }
    }

    private List<Key> candidates(RegisteredClient client, JWSHeader header) {
        return ALGORITHMS.contains(header.getAlgorithm())
                ? keys.thatMayHaveSigned(client, header).stream()
                        .map(Attestations::publicKey)
                        .toList()
                : List.of();
    }

    private static Key publicKey(JWK key) {
        try {
            return ((AsymmetricJWK) key).toPublicKey();
        } catch (JOSEException e) {
            throw new IllegalStateException("a registered key cannot be read", e);
        }
    }

    private static Optional<RetentionGround> kept(@Nullable String code) {
        return Optional.ofNullable(code)
                .map(text -> RetentionGround.ofWire(text)
                        .orElseThrow(() -> refused("kept, one of " + RetentionGround.all(), text)));
    }

    /**
     * What the client owes under a grant. Another client's grant answers as one that never was, with the same work; an end
     * that time or an order has brought is written down first, if nobody has yet.
     */
    Obligation owed(GrantId grant, ClientId client) {
        Consent consent =
                consents.find(grant, client).orElseThrow(() -> notFound().raise());
        return obligations
                .of(grant)
                .or(() -> {
                    consents.settle(grant);
                    return obligations.of(grant);
                })
                .orElseThrow(() -> Fault.of(
                                FaultCode.NOTHING_TO_DELETE,
                                "The grant has not ended, or nothing was released under it.")
                        .expecting(
                                "a grant that has ended after a release",
                                consent.status().wire())
                        .raise());
    }

    private void fits(Word word, Owed owed) {
        Instant latest = clock.instant().plus(SKEW);
        if (word.issuedAt().isAfter(latest)
                || word.issuedAt().isBefore(owed.endedAt().minus(SKEW))) {
            throw refused(
                    "iat after the end of the grant, " + owed.endedAt() + ", and not in the future",
                    "iat " + word.issuedAt());
        }
        if (word.deletedAt().isAfter(latest)
                || word.deletedAt().isBefore(owed.lastReleaseAt().minus(SKEW))) {
            throw refused(
                    "deleted_at after the last release, " + owed.lastReleaseAt() + ", and not in the future",
                    "deleted_at " + word.deletedAt());
        }
    }

    private static String digest(String jws) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(jws.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of the JDK", e);
        }
    }

    private static Fault notFound() {
        return Fault.of(FaultCode.GRANT_NOT_FOUND, "Check the grant_id.");
    }

    private static RuntimeException refused(String expected, @Nullable String came) {
        return Fault.of(FaultCode.INVALID_ATTESTATION, "Check its type, key, claims and times.")
                .expecting(expected, came)
                .raise();
    }
}
