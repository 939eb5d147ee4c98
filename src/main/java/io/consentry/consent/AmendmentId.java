package io.consentry.consent;

import java.util.Objects;
import java.util.UUID;

/** The identifier of one request to amend a grant. */
public record AmendmentId(UUID value) {

    public AmendmentId {
        Objects.requireNonNull(value);
    }

    static AmendmentId random() {
        return new AmendmentId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
