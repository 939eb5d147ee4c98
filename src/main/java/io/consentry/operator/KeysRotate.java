package io.consentry.operator;

import io.consentry.key.KeyRotation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code keys rotate}: publishes the next signing key. Asked twice, it is the same key. */
@ApplicationScoped
class KeysRotate implements Verb {

    private final KeyRotation rotation;
    private final Acts acts;

    KeysRotate(KeyRotation rotation, Acts acts) {
        this.rotation = rotation;
        this.acts = acts;
    }

    @Override
    public void run(List<String> arguments, Terminal terminal) {
        KeyRotation.Rotation done = acts.perform("keys rotate", rotation::rotate);
        String when = done.upcoming().kid() + " signs from " + done.upcoming().signsFrom() + ".";
        terminal.say(
                done.isNew()
                        ? "Published the next signing key. " + when
                        : "A next key is published already, and nothing was changed. " + when);
    }
}
