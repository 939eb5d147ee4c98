package io.consentry.client;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How strictly a client is held, where clients differ.
 *
 * @param dpopNonceRequired whether its DPoP proofs need a nonce of ours (RFC 9449 §8, §9)
 * @param leniencies what it may do that FAPI 2.0 forbids; nothing for a new client
 */
public record Strictness(boolean dpopNonceRequired, Set<Leniency> leniencies) {

    public Strictness {
        leniencies = Set.copyOf(leniencies);
    }

    /** As FAPI 2.0 has it, and no nonces. */
    public static Strictness ordinary() {
        return new Strictness(false, Set.of());
    }

    /** As a client's row has it. */
    public static Strictness of(boolean dpopNonceRequired, String... leniencies) {
        return new Strictness(
                dpopNonceRequired,
                Arrays.stream(leniencies)
                        .map(name -> Leniency.of(name).orElseThrow())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    public boolean allows(Leniency leniency) {
        return leniencies.contains(leniency);
    }

    /** The names of the leniencies, sorted. */
    public Stream<String> names() {
        return leniencies.stream().map(Leniency::wire).sorted();
    }
}
