package io.consentry.witness;

import io.consentry.database.StartRefusal;
import io.consentry.tlog.InvalidSignatureException;
import io.consentry.tlog.Policy;
import io.consentry.tlog.Quorum;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which witnesses are asked, and how many of them are enough.
 *
 * @param keys by the name that the policy has for a witness
 * @param addresses of witnesses, each with the names of those that are there: one may stand under several names, by several keys
 */
record WitnessPolicy(Map<String, VerifierKey> keys, Map<URI, Set<String>> addresses, Quorum quorum) {

    /** Nobody is asked, and nobody is missed. */
    static final WitnessPolicy NONE = new WitnessPolicy(Map.of(), Map.of(), new Quorum.None());

    WitnessPolicy {
        keys = Map.copyOf(keys);
        addresses = Map.copyOf(addresses);
    }

    /** Reads the file that a setting names; throws {@link StartRefusal} when it cannot be relied on. */
    static WitnessPolicy read(Path file) {
        try {
            return of(Policy.parse(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new StartRefusal("CONSENTRY_LEDGER_WITNESSES names " + file + ", which cannot be read.", e);
        } catch (IllegalArgumentException e) {
            throw new StartRefusal(
                    "CONSENTRY_LEDGER_WITNESSES names " + file + ", which cannot be followed: " + e.getMessage() + ".",
                    e);
        }
    }

    static WitnessPolicy of(Policy policy) {
        var keys = new HashMap<String, VerifierKey>();
        var addresses = new TreeMap<URI, Set<String>>();
        policy.witnesses().forEach((name, witness) -> {
            if (!witness.key().type().hasTime()) {
                throw new IllegalArgumentException("the key of witness " + name + " is not one for cosignatures");
            }
            keys.put(name, witness.key());
            witness.url().ifPresent(url -> addresses.merge(address(name, url), Set.of(name), WitnessPolicy::both));
        });
        Set<String> asked = addresses.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        if (!policy.quorum().isMetBy(asked)) {
            throw new IllegalArgumentException("its quorum cannot be met by those witnesses that have an address");
        }
        return new WitnessPolicy(keys, addresses, policy.quorum());
    }

    private static URI address(String name, String url) {
        URI prefix = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        if (prefix.getHost() == null || !Set.of("http", "https").contains(String.valueOf(prefix.getScheme()))) {
            throw new IllegalArgumentException("the address of witness " + name + " is not one of http or https");
        }
        return URI.create(prefix + "/add-checkpoint");
    }

    private static Set<String> both(Set<String> some, Set<String> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a checkpoint without any cosignature is not enough. */
    boolean asksForWitnesses() {
        return !quorum.isMetBy(Set.of());
    }

    /**
     * When a checkpoint was seen by enough witnesses: each of a quorum had seen it then or later. Empty when too few have, or when a
     * cosignature is not valid. One witness with a wrong clock does not decide it.
     */
    Optional<Instant> seenAt(SignedNote note) {
        var times = new HashMap<String, Long>();
        try {
            keys.forEach((name, key) -> note.signaturesOf(key).stream()
                    .map(VerifierKey::timeOf)
                    .max(Comparator.naturalOrder())
                    .ifPresent(time -> times.put(name, time)));
        } catch (InvalidSignatureException e) {
            return Optional.empty();
        }
        return times.values().stream()
                .sorted(Comparator.reverseOrder())
                .filter(time -> quorum.isMetBy(times.entrySet().stream()
                        .filter(one -> one.getValue() >= time)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet())))
                .findFirst()
                .map(Instant::ofEpochSecond);
    }
}
