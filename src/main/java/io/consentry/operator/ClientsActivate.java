package io.consentry.operator;

import io.consentry.client.Clients;
import io.consentry.kernel.ClientId;
import jakarta.enterprise.context.ApplicationScoped;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code clients activate ID}: ends a suspension. */
@ApplicationScoped
class ClientsActivate implements Verb<ClientsActivate.Arguments> {

    private final Clients clients;
    private final OperatorActs acts;

    ClientsActivate(Clients clients, OperatorActs acts) {
        this.clients = clients;
        this.acts = acts;
    }

    /** Its place on the command line. */
    @Command(name = "activate", description = "End a client's suspension.")
    interface Arguments {

        @Parameters(paramLabel = "ID", description = "The client_id.")
        ClientId client();
    }

    @Override
    public Class<Arguments> takes() {
        return Arguments.class;
    }

    @Override
    public void run(Arguments arguments, Terminal terminal) {
        ClientId id = arguments.client();
        acts.perform("clients activate " + id, () -> {
            clients.activate(id);
            return id;
        });
        terminal.say(id + " is active.");
    }
}
