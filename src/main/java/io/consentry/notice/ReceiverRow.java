package io.consentry.notice;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "event_receiver")
class ReceiverRow {

    @Id
    @Column(name = "client_id")
    String clientId;

    @Column
    String method;

    @Column
    @Nullable String endpoint;

    @Column(name = "sealed_authorization")
    byte @Nullable [] sealedAuthorization;

    @Column
    int failures;

    @Column(name = "rests_until")
    @Nullable Instant restsUntil;
}
