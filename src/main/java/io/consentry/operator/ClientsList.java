package io.consentry.operator;

import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code clients list}: the registered clients. */
@ApplicationScoped
class ClientsList implements Verb<ClientsList.Arguments> {

    private final Clients clients;

    ClientsList(Clients clients) {
        this.clients = clients;
    }

    /** Its place on the command line. */
    @Command(name = "list", description = "The registered clients.")
    interface Arguments {}

    @Override
    public Class<Arguments> takes() {
        return Arguments.class;
    }

    @Override
    public void run(Arguments arguments, Terminal terminal) {
        terminal.table(Stream.concat(
                        Stream.of(List.of("CLIENT", "STATUS", "NAME", "NONCES", "LENIENCIES")),
                        clients.all().stream().map(ClientsList::row))
                .toList());
    }

    private static List<String> row(RegisteredClient client) {
        return List.of(
                client.id().value(),
                client.status().name().toLowerCase(Locale.ROOT),
                client.name(),
                client.strictness().dpopNonceRequired() ? "required" : "",
                client.strictness().names().collect(Collectors.joining(" ")));
    }
}
