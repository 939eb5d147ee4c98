package io.consentry.authorization;

import io.consentry.key.SealedRow;
import io.consentry.person.Assurance;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pushed authorization request. Open until somebody has decided or its time is over. */
@Entity
@Table(name = "authorization_request")
class RequestRow extends SealedRow {

    @Id
    UUID id;

    @Column(name = "request_uri_hash")
    byte[] requestUriHash;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "grant_id")
    UUID grantId;

    /** Where the request is to amend a grant. */
    @Column(name = "amendment_id")
    @Nullable UUID amendmentId;

    @Column(name = "protocol_scope")
    String[] protocolScope;

    @Column(name = "redirect_uri")
    String redirectUri;

    @Column
    @Nullable String state;

    @Column
    @Nullable String nonce;

    @Column(name = "code_challenge")
    String codeChallenge;

    @Column(name = "dpop_jkt")
    @Nullable String dpopJkt;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "decide_by")
    Instant decideBy;

    @Column(name = "pushed_at")
    Instant pushedAt;

    @Column
    boolean silent;

    @Column(name = "fresh_after")
    @Nullable Instant freshAfter;

    @Column(name = "acr_values")
    String[] acrValues;

    @Column(name = "acr_asked")
    boolean acrAsked;

    @Column
    @Nullable Short assurance;

    @Column
    UUID[] subjects;

    @Column
    byte @Nullable [] hint;

    @Column(name = "ui_locale")
    @Nullable String uiLocale;

    @Column(name = "sealed_message")
    byte @Nullable [] sealedMessage;

    @Column(name = "sign_in_asked_at")
    @Nullable Instant signInAskedAt;

    @Column(name = "opened_at")
    @Nullable Instant openedAt;

    @Column(name = "finished_at")
    @Nullable Instant finishedAt;

    /** The level of assurance that the sign-in must reach. */
    Optional<Assurance> least() {
        return Optional.ofNullable(assurance).map(Assurance::ofLevel);
    }

    /** What the ID token is to name of a sign-in: of the levels asked for, the highest that it reached (OpenID Connect Core §2). */
    Optional<String> acr(Assurance reached) {
        if (!acrAsked) {
            return Optional.empty();
        }
        return Arrays.stream(acrValues)
                .flatMap(acr -> Assurance.ofAcr(acr).stream())
                .filter(reached::reaches)
                .max(Assurance::compareTo)
                .or(() -> Optional.of(reached))
                .map(Assurance::acr);
    }

    boolean isOpen(Instant now) {
        return finishedAt == null && now.isBefore(decideBy);
    }
}
