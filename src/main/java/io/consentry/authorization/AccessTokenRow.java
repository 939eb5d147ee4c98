package io.consentry.authorization;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
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

    /** The code that it goes back to. */
    @Column(name = "code_hash")
    byte @Nullable [] codeHash;

    @Column(name = "dpop_jkt")
    @Nullable String dpopJkt;

    @Column(name = "cert_thumbprint")
    @Nullable String certThumbprint;

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

    void bind(Binding binding) {
        switch (binding) {
            case Binding.Dpop(String jkt) -> dpopJkt = jkt;
            case Binding.Certificate(String thumbprint) -> certThumbprint = thumbprint;
        }
    }

    /** The binding that two columns hold, one of which is null. */
    static Binding binding(@Nullable String dpopJkt, @Nullable String certThumbprint) {
        if (dpopJkt != null) {
            return new Binding.Dpop(dpopJkt);
        }
        return new Binding.Certificate(Objects.requireNonNull(certThumbprint));
    }
}
