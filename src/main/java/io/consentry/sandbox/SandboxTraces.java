package io.consentry.sandbox;

import io.consentry.client.Clients;
import io.consentry.database.DatabaseMode;
import io.consentry.database.StartRefusal;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.NationalId;
import io.consentry.kernel.Settings;
import io.consentry.person.Persons;
import io.consentry.person.Sessions;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;

/**
 * Looks in a database for what only a sandbox leaves there, for the case that its mark is not there or tells otherwise: a
 * database from before there was one, or into which parts of another were loaded.
 */
@ApplicationScoped
class SandboxTraces {

    private final Settings settings;
    private final DatabaseMode database;
    private final ReadyClientKeys keys;
    private final ReadyClients ready;
    private final People people;
    private final Clients clients;
    private final Persons persons;
    private final Sessions sessions;

    SandboxTraces(
            Settings settings,
            DatabaseMode database,
            ReadyClientKeys keys,
            ReadyClients ready,
            People people,
            Clients clients,
            Persons persons,
            Sessions sessions) {
        this.settings = settings;
        this.database = database;
        this.keys = keys;
        this.ready = ready;
        this.people = people;
        this.clients = clients;
        this.persons = persons;
        this.sessions = sessions;
    }

    /** In time: before the database is marked as what it may not be. */
    @Transactional
    void refuseTheOtherMode(@Observes @Priority(DatabaseMode.PRIORITY - 1) StartupEvent start) {
        if (settings.isSandbox()) {
            refuseForeign();
        } else {
            refuseSandbox();
        }
    }

    private void refuseSandbox() {
        if (keys.any()) {
            throw holds("test keys that a sandbox gives to anybody (table sandbox_client)");
        }
        if (sessions.anyBy(ChooseAPerson.METHOD)) {
            throw holds("sessions of people who signed in without a proof (table session, method sandbox)");
        }
        if (ready.ids().stream().anyMatch(this::isClient)) {
            throw holds("clients whose keys a sandbox gives to anybody (table client)");
        }
        // Once it is marked, a resident may well have the number of somebody who was invented.
        if (database.mark().isEmpty() && people.all().stream().anyMatch(one -> isKnown(one.uinfin()))) {
            throw holds("people whom a sandbox invented (table person)");
        }
    }

    /** Without a mark, and with clients that no sandbox gave keys to. */
    private void refuseForeign() {
        if (database.mark().isEmpty() && !keys.any() && !clients.all().isEmpty()) {
            throw new StartRefusal(
                    "This database holds clients and nothing that a sandbox leaves, so a production service may"
                            + " use it. Name an empty one by QUARKUS_DATASOURCE_JDBC_URL.");
        }
    }

    private boolean isClient(String id) {
        return clients.find(new ClientId(id)).isPresent();
    }

    private boolean isKnown(NationalId number) {
        return persons.find(number).isPresent();
    }

    private static StartRefusal holds(String what) {
        return new StartRefusal(
                "This database holds " + what + ", and production mode does not start on it. Name an empty one"
                        + " by QUARKUS_DATASOURCE_JDBC_URL, or remove what does not belong there.");
    }
}
