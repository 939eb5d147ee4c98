package io.consentry.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.catalogue.Catalogue;
import io.consentry.client.RegistrationResult.Refused;
import io.consentry.client.RegistrationResult.Registered;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Settings;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The registry of clients. What is found here is the truth at this moment: nothing is cached, so a suspension counts at once. */
@ApplicationScoped
public class Clients {

    private final ClientRows rows;
    private final RegistrationChecks checks;
    private final List<MetadataPart> parts;

    Clients(ClientRows rows, Catalogue catalogue, Settings settings, @All List<MetadataPart> parts) {
        this.rows = rows;
        this.parts = parts;
        this.checks = new RegistrationChecks(catalogue, settings.isSandbox());
    }

    /** The client, active or not, by one read of the primary key. */
    @Transactional
    public Optional<RegisteredClient> find(ClientId id) {
        return rows.find(id).map(ClientRow::toClient);
    }

    /** All clients, active or not, by their identifiers. */
    @Transactional
    public List<RegisteredClient> all() {
        return rows.all().stream().map(ClientRow::toClient).toList();
    }

    /** Clients of other legal entities whose names look like this one's (Unicode Technical Standard 39 §4); some, if many. */
    @Transactional
    public List<RegisteredClient> alike(RegisteredClient client) {
        return rows.alike(NameSkeleton.of(client.name()), client.legalName()).stream()
                .map(ClientRow::toClient)
                .toList();
    }

    /**
     * Registers a client, or replaces what is registered under its identifier; a suspended client stays suspended, and so does
     * one whose row somebody else changed: whether it was suspended nobody can tell. The caller must have made sure that whoever
     * asks may do so.
     */
    @Transactional
    public RegistrationResult register(Registration registration) {
        try {
            return new Registered(store(checks.check(registration)));
        } catch (RefusedException e) {
            return e.refused();
        }
    }

    /** The same for client metadata in RFC 7591 §2 member names. */
    @Transactional
    public RegistrationResult register(JsonNode metadata) {
        try {
            RegisteredClient asked = checks.check(ClientMetadata.read(metadata));
            Optional<Refused> fault = parts.stream()
                    .flatMap(part -> part.fault(metadata).stream())
                    .findFirst();
            if (fault.isPresent()) {
                return fault.get();
            }
            RegisteredClient stored = store(asked);
            parts.forEach(part -> part.store(stored.id(), metadata));
            return new Registered(stored);
        } catch (RefusedException e) {
            return e.refused();
        }
    }

    /** From now on the client is refused everywhere. Raises {@code not_found} for a client that is not registered. */
    @Transactional
    public void suspend(ClientId id) {
        mark(id, ClientStatus.SUSPENDED);
    }

    /** Ends a suspension. Raises {@code not_found} for a client that is not registered. */
    @Transactional
    public void activate(ClientId id) {
        mark(id, ClientStatus.ACTIVE);
    }

    private RegisteredClient store(RegisteredClient client) {
        Optional<ClientRow> there = rows.findForChange(client.id());
        there.ifPresentOrElse(row -> replace(row, client), () -> add(client));
        return rows.find(client.id()).map(ClientRow::toClient).orElseThrow();
    }

    private void add(RegisteredClient client) {
        var row = new ClientRow();
        row.clientId = client.id().value();
        row.describe(client);
        rows.insert(row);
    }

    private void replace(ClientRow row, RegisteredClient client) {
        boolean good = rows.isGood(row);
        row.describe(client);
        if (!good) {
            row.status = ClientStatus.SUSPENDED.name();
        }
        if (!good || !rows.isUnchanged(row)) {
            rows.update(row);
        }
    }

    /** Only a good row: what somebody else wrote must not be sealed. It is refused everywhere anyway. */
    private void mark(ClientId id, ClientStatus status) {
        ClientRow row = rows.findForChange(id)
                .filter(rows::isGood)
                .orElseThrow(() -> Fault.of(FaultCode.NOT_FOUND, "There is no such client.")
                        .raise());
        row.status = status.name();
        if (!rows.isUnchanged(row)) {
            rows.update(row);
        }
    }
}
