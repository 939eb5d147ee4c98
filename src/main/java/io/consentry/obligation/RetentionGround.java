package io.consentry.obligation;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a client keeps something although the grant has ended. */
public enum RetentionGround {
    /** A law makes it, for example on records of accounts. */
    LEGAL_OBLIGATION,
    /** It is needed for a claim before a court. */
    LEGAL_CLAIM,
    /** A regulator or a court has ordered it. */
    OFFICIAL_ORDER;

    /** As it stands in an attestation and on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<RetentionGround> ofWire(String text) {
        return Stream.of(values()).filter(each -> each.wire().equals(text)).findFirst();
    }

    static String all() {
        return Stream.of(values()).map(RetentionGround::wire).collect(Collectors.joining(", "));
    }
}
