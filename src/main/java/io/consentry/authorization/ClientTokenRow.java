package io.consentry.authorization;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An access token of a client in its own name: no grant, no person. */
@Entity
@Table(name = "client_token")
class ClientTokenRow {

    @Id
    @Column(name = "token_hash")
    byte[] tokenHash;

    @Column(name = "client_id")
    String clientId;

    @Column
    String[] scope;

    @Column(name = "dpop_jkt")
    @Nullable String dpopJkt;

    @Column(name = "cert_thumbprint")
    @Nullable String certThumbprint;

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
}
