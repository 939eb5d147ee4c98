package io.consentry.notice;

import io.consentry.key.SealedRow;
import io.consentry.key.Unsealed;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "event_receiver")
class ReceiverRow extends SealedRow {

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
    int version;

    @Unsealed("Decides when a push is tried again; every push goes to the sealed address.")
    @Column
    int failures;

    @Unsealed("The same.")
    @Column(name = "rests_until")
    @Nullable Instant restsUntil;

    /** The last version that was written: a row that is behind it was put back. */
    @Formula("(select coalesce(max(v.version), 0) from receiver_version v where v.client_id = client_id)")
    int lastVersion;
}
