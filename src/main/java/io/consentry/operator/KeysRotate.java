package io.consentry.operator;

import io.consentry.key.KeyRotation;
import jakarta.enterprise.context.ApplicationScoped;
import picocli.CommandLine.Command;

/** {@code keys rotate}: publishes the next signing key. Asked twice, it is the same key. */
@ApplicationScoped
class KeysRotate implements Verb<KeysRotate.Arguments> {

    private final KeyRotation rotation;
    private final OperatorActs acts;

    KeysRotate(KeyRotation rotation, OperatorActs acts) {
        this.rotation = rotation;
        this.acts = acts;
    }

    /** Its place on the command line. */
    @Command(name = "rotate", description = "Publish the next signing key; it signs once clients have it.")
    interface Arguments {}

    @Override
    public Class<Arguments> takes() {
        return Arguments.class;
    }

    @Override
    public void run(Arguments arguments, Terminal terminal) {
        KeyRotation.Rotation done = acts.perform("keys rotate", rotation::rotate);
        String when = done.upcoming().kid() + " signs from " + done.upcoming().signsFrom() + ".";
        terminal.say(
                done.isNew()
                        ? "Published the next signing key. " + when
                        : "A next key is published already, and nothing was changed. " + when);
    }
}
