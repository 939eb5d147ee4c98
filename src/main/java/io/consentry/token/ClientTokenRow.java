package io.consentry.token;

import io.consentry.key.SealedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** An access token of a client in its own name: no grant, no person. Written once and sealed. */
@Entity
@Table(name = "client_token")
class ClientTokenRow extends SealedRow {

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

    @Formula("(select count(*) from revoked_token r where r.hash = token_hash)")
    long revoked;

    /** When this was read. */
    @Formula("service_time()")
    Instant readAt;

    void bind(Binding binding) {
        switch (binding) {
            case Binding.Dpop(String jkt) -> dpopJkt = jkt;
            case Binding.Certificate(String thumbprint) -> certThumbprint = thumbprint;
        }
    }
}
