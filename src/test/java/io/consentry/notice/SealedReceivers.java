package io.consentry.notice;

import io.consentry.kernel.ClientId;
import io.consentry.testing.SealedDoor;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.UUID;

/** The door behind the sealed rows of this package: a receiver is known, or nothing is pushed to it. */
@ApplicationScoped
public class SealedReceivers {

    private final Receivers receivers;
    private final ToldClient told;

    SealedReceivers(Receivers receivers, ToldClient told) {
        this.receivers = receivers;
        this.told = told;
    }

    public SealedDoor receiver() {
        return new SealedDoor(
                "event_receiver",
                "client_id",
                id -> "'" + id + "'",
                told.pushedTo(URI.create("http://127.0.0.1:9/own")).id(),
                told.pushedTo(URI.create("http://127.0.0.1:9/other")).id(),
                "made-up-" + UUID.randomUUID(),
                id -> receivers.find(new ClientId(id)).isPresent());
    }
}
