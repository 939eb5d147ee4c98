package io.consentry.person;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;

@Entity
@Table(name = "session")
class SessionRow {

    @Id
    @Column(name = "handle_hash")
    byte[] handleHash;

    @Column(name = "person_id")
    UUID personId;

    @Column
    String method;

    @Column
    short assurance;

    @Column(name = "authenticated_at")
    Instant authenticatedAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    /** When this was read. */
    @Formula("service_time()")
    Instant readAt;
}
