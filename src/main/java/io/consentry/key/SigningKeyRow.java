package io.consentry.key;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A signing key. The private part is sealed, and gone once the key is retired; the row stays. */
@Entity
@Table(name = "signing_key")
class SigningKeyRow {

    @Id
    String kid;

    @Column(name = "public_jwk")
    String publicJwk;

    @Column(name = "sealed_private")
    byte @Nullable [] sealedPrivate;

    @Column(name = "published_at")
    Instant publishedAt;

    @Column(name = "active_from")
    Instant activeFrom;

    @Column(name = "retired_at")
    @Nullable Instant retiredAt;
}
