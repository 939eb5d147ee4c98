package io.consentry.operator;

import io.consentry.client.Clients;
import io.consentry.kernel.ClientId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code clients activate ID}: ends a suspension. */
@ApplicationScoped
class ClientsActivate implements Verb {

    private final Clients clients;
    private final Acts acts;

    ClientsActivate(Clients clients, Acts acts) {
        this.clients = clients;
        this.acts = acts;
    }

    @Override
    public void run(List<String> arguments, Terminal terminal) {
        ClientId id = Arguments.clientId(arguments.getFirst());
        acts.perform("clients activate " + id, () -> {
            clients.activate(id);
            return id;
        });
        terminal.say(id + " is active.");
    }
}
