package io.consentry.operator;

import io.consentry.key.KeyRotation;
import io.consentry.key.KeyState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code keys list}: the signing keys. */
@ApplicationScoped
class KeysList implements Verb<KeysList.Arguments> {

    private final KeyRotation rotation;

    KeysList(KeyRotation rotation) {
        this.rotation = rotation;
    }

    /** Its place on the command line. */
    @Command(name = "list", description = "The signing keys, and where each stands in its life.")
    interface Arguments {}

    @Override
    public Class<Arguments> takes() {
        return Arguments.class;
    }

    @Override
    public void run(Arguments arguments, Terminal terminal) {
        terminal.table(Stream.concat(
                        Stream.of(List.of("KID", "STATE", "")),
                        rotation.states().stream().map(KeysList::row))
                .toList());
    }

    private static List<String> row(KeyState state) {
        return switch (state) {
            case KeyState.Upcoming(var kid, var published, var from) ->
                List.of(kid, "published", "since " + published + ", signs from " + from);
            case KeyState.Signing(var kid, var since) -> List.of(kid, "signing", "since " + since);
            case KeyState.Superseded(var kid, var since, var until) ->
                List.of(kid, "superseded", "since " + since + ", published until " + until);
            case KeyState.Retired(var kid, var at) -> List.of(kid, "retired", "at " + at + ", private part deleted");
        };
    }
}
