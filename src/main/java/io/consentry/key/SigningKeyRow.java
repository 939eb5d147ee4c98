package io.consentry.key;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "signing_key")
class SigningKeyRow {

    @Id
    String kid;

    @Column(name = "public_jwk")
    String publicJwk;

    @Column(name = "sealed_private")
    byte[] sealedPrivate;

    @Column(name = "active_from")
    Instant activeFrom;

    @Column(name = "retired_at")
    @Nullable Instant retiredAt;
}
