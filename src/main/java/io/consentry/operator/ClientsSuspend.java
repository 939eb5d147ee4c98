package io.consentry.operator;

import io.consentry.client.Clients;
import io.consentry.kernel.ClientId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code clients suspend ID}: nodes read a client's status with each request, so the next one is refused. */
@ApplicationScoped
class ClientsSuspend implements Verb {

    private final Clients clients;
    private final Acts acts;

    ClientsSuspend(Clients clients, Acts acts) {
        this.clients = clients;
        this.acts = acts;
    }

    @Override
    public void run(List<String> arguments, Terminal terminal) {
        ClientId id = Arguments.clientId(arguments.getFirst());
        acts.perform("clients suspend " + id, () -> {
            clients.suspend(id);
            return id;
        });
        terminal.say(id + " is suspended. Its requests, codes, tokens and open consent pages are refused from now on.");
    }
}
