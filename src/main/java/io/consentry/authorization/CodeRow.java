package io.consentry.authorization;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "authorization_code")
class CodeRow {

    @Id
    @Column(name = "code_hash")
    byte[] codeHash;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "grant_id")
    UUID grantId;

    @Column(name = "person_id")
    UUID personId;

    @Column(name = "protocol_scope")
    String[] protocolScope;

    @Column(name = "redirect_uri")
    String redirectUri;

    @Column
    @Nullable String nonce;

    @Column(name = "code_challenge")
    String codeChallenge;

    @Column(name = "dpop_jkt")
    @Nullable String dpopJkt;

    @Column
    String method;

    @Column
    short assurance;

    @Column
    @Nullable String acr;

    @Column(name = "auth_time")
    Instant authTime;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "redeemed_at")
    @Nullable Instant redeemedAt;

    /** When this was read. */
    @Formula("service_time()")
    Instant readAt;
}
