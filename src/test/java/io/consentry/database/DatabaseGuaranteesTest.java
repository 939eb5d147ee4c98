package io.consentry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the ledger needs of its database, asked of the running one as the service itself. */
@QuarkusTest
class DatabaseGuaranteesTest {

    @Inject
    AgroalDataSource database;

    @ParameterizedTest
    @CsvSource({"fsync, on", "synchronous_commit, on", "full_page_writes, on", "password_encryption, scram-sha-256"})
    @Requirement("CX-DB-1")
    void anAcknowledgedWriteIsOnDisk(String setting, String expected) throws SQLException {
        assertThat(ask("select setting from pg_settings where name = '" + setting + "'"))
                .isEqualTo(expected);
    }

    @Test
    @Requirement("CX-DB-2")
    void theServiceIsAnUnprivilegedRole() throws SQLException {
        assertThat(ask("select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls"
                        + " from pg_roles where rolname = current_user"))
                .isEqualTo("f");
    }

    /** A node that is killed between two commits would leave a schema that no start can migrate. */
    @Test
    @Requirement("CX-DB-5")
    void aMigrationIsCommittedTogetherWithItsRowInTheHistory() throws SQLException {
        try (Connection asSuperuser = TestDatabase.asSuperuser()) {
            assertThat(ask(
                            asSuperuser,
                            "select count(*) from pg_attribute a, flyway_schema_history h"
                                    + " where a.attrelid = 'database_mode'::regclass and a.attname = 'mode'"
                                    + " and h.version = '2' and a.xmin = h.xmin"))
                    .isEqualTo("1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "create table public.mine (id int)",
        "create temporary table mine (id int)",
        "create schema mine",
        "create role mine",
        "alter system set fsync = off",
        "set role consentry_owner"
    })
    @Requirement("CX-DB-2")
    void theServiceCannotChangeWhatTheOwnerMade(String sql) {
        assertThatThrownBy(() -> run(sql)).isInstanceOf(SQLException.class).hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @CsvSource({"postgres, postgres", "consentry_owner, consentry", "consentry_service, consentry"})
    @Requirement("CX-DB-3")
    void nobodyIsTrustedWithoutAPassword(String role, String name) throws SQLException {
        String url = ask("select 'jdbc:postgresql://localhost:' || inet_server_port() || '/'") + name;

        assertThatThrownBy(
                        () -> DriverManager.getConnection(url, role, "a-guess").close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    @Requirement("CX-DB-3")
    void thereIsNoWayInBesideLoopback() throws SQLException {
        try (Connection superuser = TestDatabase.asSuperuser()) {
            assertThat(ask(superuser, "show listen_addresses")).isEqualTo("localhost");
            assertThat(ask(superuser, "show unix_socket_directories")).isEmpty();
            assertThat(ask(
                            superuser,
                            "select string_agg(distinct type || ' ' || auth_method, ', ') from pg_hba_file_rules"))
                    .isEqualTo("host scram-sha-256, local reject");
        }
    }

    /** Over a connection of the service's own pool. */
    private String ask(String sql) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection service = database.getConnection()) {
                return ask(service, sql);
            }
        });
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = TestDatabase.asService();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
