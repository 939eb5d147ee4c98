package io.consentry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.consentry.catalogue.Catalogue;
import io.consentry.client.Clients;
import io.consentry.client.KeySets;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.NationalId;
import io.consentry.requirement.Requirement;
import io.consentry.source.Sources;
import io.consentry.testing.TestClient;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.Test;

/** A request holds at most one database connection, and none while it waits: whatever does otherwise fails at once. */
@QuarkusTest
class OneConnectionTest {

    private static final String ONE = "select 1";

    @Inject
    StatelessSession session;

    @Inject
    AgroalDataSource pool;

    @Inject
    Sources sources;

    @Inject
    KeySets keys;

    @Inject
    Clients clients;

    @Inject
    Catalogue catalogue;

    @Test
    @Requirement("CX-DB-6")
    void nothingTouchesTheDatabaseOutsideATransaction() {
        assertThatThrownBy(() -> ask()).hasMessageContaining("no transaction is active");
        assertThatThrownBy(() -> pool.getConnection()).hasMessageContaining("outside a transaction");
    }

    @Test
    @Requirement("CX-DB-6")
    void whoHoldsAConnectionGetsNoSecond() {
        assertThatThrownBy(() -> inTransaction(() -> {
                    ask();
                    return inTransaction(this::ask);
                }))
                .hasMessageContaining("asked for a second");

        assertThat(inTransaction(this::ask))
                .as("the next transaction of this thread")
                .isEqualTo(1);
    }

    @Test
    void everyStatementOfATransactionSharesItsConnection() throws SQLException {
        boolean same = inTransaction(() -> {
            try (Connection first = pool.getConnection();
                    Connection second = pool.getConnection()) {
                return first.unwrap(Connection.class) == second.unwrap(Connection.class);
            }
        });

        assertThat(same).isTrue();
    }

    @Test
    @Requirement("CX-DB-6")
    void noSourceIsAskedWhileATransactionIsOpen() {
        var person = new NationalId("S9812381D");

        assertThatThrownBy(() -> inTransaction(() -> sources.fetch(person, Set.of(new AttributeName("name")))))
                .hasMessageContaining("while a transaction is open");
    }

    @Test
    @Requirement("CX-DB-6")
    void noClientsServerIsAskedWhileATransactionIsOpen() {
        var id = new ClientId(TestClient.registered(clients, metadata -> {
                    metadata.remove("jwks");
                    metadata.put("jwks_uri", "http://127.0.0.1:1/keys");
                })
                .id());
        var client = clients.find(id).orElseThrow();

        assertThatThrownBy(() -> inTransaction(() -> keys.toEncryptTo(client, "ECDH-ES+A256KW")))
                .hasMessageContaining("while a transaction is open");
    }

    private int ask() {
        return session.createNativeQuery(ONE, Integer.class).getSingleResult();
    }

    private static <T> T inTransaction(java.util.concurrent.Callable<T> work) {
        return QuarkusTransaction.requiringNew().call(work);
    }
}
