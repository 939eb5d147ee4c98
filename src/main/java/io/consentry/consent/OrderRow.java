package io.consentry.consent;

import io.consentry.consent.RevocationOrder.Covers;
import io.consentry.kernel.ClientId;
import io.consentry.key.SealedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An order as it was placed; never changed. */
@Entity
@Table(name = "revocation_order")
class OrderRow extends SealedRow {

    @Id
    long id;

    @Column(name = "client_id")
    @Nullable String clientId;

    @Column
    @Nullable String purpose;

    @Column
    String reason;

    @Column(name = "placed_by")
    String placedBy;

    @Column(name = "placed_at")
    Instant placedAt;

    static OrderRow of(RevocationOrder order) {
        var row = new OrderRow();
        row.id = order.id();
        switch (order.covers()) {
            case Covers.OfClient(ClientId client) -> row.clientId = client.value();
            case Covers.OfPurpose(String code) -> row.purpose = code;
        }
        row.reason = order.reason().name();
        row.placedBy = order.placedBy();
        row.placedAt = order.placedAt();
        return row;
    }

    RevocationOrder toOrder() {
        Covers covers = clientId == null
                ? new Covers.OfPurpose(Objects.requireNonNull(purpose))
                : new Covers.OfClient(new ClientId(clientId));
        return new RevocationOrder(id, covers, Reason.valueOf(reason), placedBy, placedAt);
    }
}
