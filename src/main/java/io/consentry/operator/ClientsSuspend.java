package io.consentry.operator;

import io.consentry.client.Clients;
import io.consentry.kernel.ClientId;
import jakarta.enterprise.context.ApplicationScoped;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code clients suspend ID}: nodes read a client's status with each request, so the next one is refused. */
@ApplicationScoped
class ClientsSuspend implements Verb<ClientsSuspend.Arguments> {

    private final Clients clients;
    private final OperatorActs acts;

    ClientsSuspend(Clients clients, OperatorActs acts) {
        this.clients = clients;
        this.acts = acts;
    }

    /** Its place on the command line. */
    @Command(name = "suspend", description = "Refuse a client everywhere, from its next call on.")
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
        acts.perform("clients suspend " + id, () -> {
            clients.suspend(id);
            return id;
        });
        terminal.say(id + " is suspended. Its requests, codes, tokens and open consent pages are refused from now on.");
    }
}
