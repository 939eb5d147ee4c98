package io.consentry.token;

import io.consentry.kernel.AttributeName;
import io.consentry.key.SealedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** Written once and sealed; that it was revoked is remembered apart. */
@Entity
@Table(name = "access_token")
class AccessTokenRow extends SealedRow {

    @Id
    @Column(name = "token_hash")
    byte[] tokenHash;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "grant_id")
    UUID grantId;

    /** The log of its grant. */
    @Column(updatable = false)
    short log;

    /** The code that it goes back to. */
    @Column(name = "code_hash")
    byte[] codeHash;

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

    /** More than none when it was revoked, or what it came from was. */
    @Formula("(select count(*) from revoked_token r where r.hash in (token_hash, refresh_hash, code_hash))")
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

    Binding binding() {
        return binding(dpopJkt, certThumbprint);
    }

    /** The attributes that it is for; all of the grant when empty. */
    Optional<Set<AttributeName>> narrowedTo() {
        return Optional.ofNullable(scope)
                .map(names -> Arrays.stream(names).map(AttributeName::new).collect(Collectors.toUnmodifiableSet()));
    }

    /** The binding that two columns hold, one of which is null. */
    static Binding binding(@Nullable String dpopJkt, @Nullable String certThumbprint) {
        if (dpopJkt != null) {
            return new Binding.Dpop(dpopJkt);
        }
        return new Binding.Certificate(Objects.requireNonNull(certThumbprint));
    }
}
