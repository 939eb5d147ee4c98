package io.consentry.export;

import org.jspecify.annotations.Nullable;

/** The identifiers (IRIs) of all that a linked record names: parties, sources, other records. */
record LinkedNames(RecordDocument record, String base) {

    String controller() {
        return record.parties().stream()
                .filter(party -> party.partyRole().equals("pii_controller"))
                .findFirst()
                .map(this::of)
                .orElse("cx:unknown");
    }

    String actor(String role) {
        return switch (role) {
            case "person" -> "urn:uuid:" + record.principal().piiPrincipalId();
            case "client" -> controller();
            case "authority" -> "dpv:Authority";
            default -> base + "/";
        };
    }

    String of(RecordDocument.Party party) {
        return switch (party.partyRole()) {
            case "pii_controller" -> base + "/schemas/clients#" + party.partyId();
            case "data_source" -> source(party.partyId());
            default -> base + "/";
        };
    }

    String source(String id) {
        return base + "/schemas/sources#" + id;
    }

    static @Nullable String urn(@Nullable String id) {
        return id == null ? null : "urn:uuid:" + id;
    }
}
