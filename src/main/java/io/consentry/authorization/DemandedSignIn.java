package io.consentry.authorization;

import io.consentry.person.Assurance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The sign-in that a request demands (OpenID Connect Core §3.1.2.1).
 *
 * @param silent whether no page may be shown
 * @param maxAge how old it may be when the request is pushed; any when empty
 * @param levels the levels of assurance that are wanted, the most wanted first
 * @param acrAsked whether the ID token is to name the level
 * @param least the level that it must reach
 * @param subjects who alone may sign in, by the identifiers that this client knows; anybody when empty
 * @param hint whom the client expects, by the hash that they are found by
 * @param language the language that the client thinks they read
 */
record DemandedSignIn(
        boolean silent,
        Optional<Duration> maxAge,
        List<Assurance> levels,
        boolean acrAsked,
        Optional<Assurance> least,
        Set<UUID> subjects,
        Optional<byte[]> hint,
        Optional<String> language) {

    DemandedSignIn {
        levels = List.copyOf(levels);
        subjects = Set.copyOf(subjects);
    }

    /** What the ID token is to name of a sign-in: of the levels asked for, the highest that it reached (OpenID Connect Core §2). */
    Optional<String> acr(Assurance reached) {
        if (!acrAsked) {
            return Optional.empty();
        }
        return levels.stream()
                .filter(reached::reaches)
                .max(Assurance::compareTo)
                .or(() -> Optional.of(reached))
                .map(Assurance::acr);
    }
}
