package io.consentry.authorization;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pushed authorization request. Open until somebody has decided or its time is over. */
@Entity
@Table(name = "authorization_request")
class RequestRow {

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

    @Column(name = "opened_at")
    @Nullable Instant openedAt;

    @Column(name = "finished_at")
    @Nullable Instant finishedAt;

    boolean isOpen(Instant now) {
        return finishedAt == null && now.isBefore(decideBy);
    }
}
