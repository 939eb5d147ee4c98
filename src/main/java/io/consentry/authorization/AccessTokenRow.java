package io.consentry.authorization;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "access_token")
class AccessTokenRow {

    @Id
    @Column(name = "token_hash")
    byte[] tokenHash;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "grant_id")
    UUID grantId;

    @Column(name = "dpop_jkt")
    String dpopJkt;

    /** The refresh token that it came with or from. */
    @Column(name = "refresh_hash")
    byte @Nullable [] refreshHash;

    /** The attributes that it was narrowed to; all of the grant when null. */
    @Column
    String @Nullable [] scope;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable Instant revokedAt;
}
