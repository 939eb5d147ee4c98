package io.consentry.person;

import io.consentry.key.SealedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;

/** Written once and sealed; a session that ends loses its row, and is remembered as ended. */
@Entity
@Table(name = "session")
class SessionRow extends SealedRow {

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

    /** More than none when it was ended: a row that is there all the same was put back. */
    @Formula("(select count(*) from ended_session e where e.handle_hash = handle_hash)")
    long ended;
}
