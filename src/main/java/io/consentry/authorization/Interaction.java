package io.consentry.authorization;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.person.Assurance;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * An authorization request before a person.
 *
 * @param redirectUri where the answer will go: registered, and checked
 * @param decideBy when it lapses
 * @param amendment what it would change, where it is to amend a grant; empty for a new one
 * @param level the level of assurance that the client wants most of the sign-in
 * @param least the level that it must reach
 * @param message what the client says to the person, in its own words; may be about them
 * @param language the language that the client thinks the person reads: {@code en}, {@code zh}, {@code ms} or {@code ta}
 */
public record Interaction(
        InteractionId id,
        ClientId clientId,
        GrantId grantId,
        URI redirectUri,
        Instant decideBy,
        Optional<Assurance> level,
        Optional<Assurance> least,
        Optional<String> message,
        Optional<String> language,
        Optional<AmendmentView> amendment) {

    static Interaction of(RequestRow row, Optional<String> message, Optional<AmendmentView> amendment) {
        return new Interaction(
                new InteractionId(row.id),
                new ClientId(row.clientId),
                new GrantId(row.grantId),
                URI.create(row.redirectUri),
                row.decideBy,
                Arrays.stream(row.acrValues)
                        .flatMap(acr -> Assurance.ofAcr(acr).stream())
                        .filter(level -> row.least().map(level::reaches).orElse(true))
                        .findFirst(),
                row.least(),
                message,
                Optional.ofNullable(row.uiLocale),
                amendment);
    }

    @Override
    public String toString() {
        return "Interaction[" + id + "]";
    }
}
