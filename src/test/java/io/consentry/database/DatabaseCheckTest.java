package io.consentry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.kernel.Settings.Mode;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases on which no node can start, each refused with a sentence of its own before anything is done there. */
@QuarkusTest
class DatabaseCheckTest {

    private static final Login OWNER = new Login("check_owner", "owner-secret");
    private static final Login SERVICE = new Login("check_service", "service-secret");

    private DatabaseCheck check;

    @BeforeEach
    void aDatabaseOfItsOwn() throws SQLException {
        asSuperuser("create role check_owner login password 'owner-secret'");
        asSuperuser("create role check_service login password 'service-secret'");
        asSuperuser("create database checked owner check_owner");
        try (Connection superuser = TestDatabase.asSuperuser()) {
            check = new DatabaseCheck(
                    superuser.getMetaData().getURL().replaceFirst("/consentry.*", "/checked"), SERVICE, OWNER);
        }
    }

    @AfterEach
    void leaveNothingBehind() throws SQLException {
        asSuperuser("drop database checked with (force)");
        asSuperuser("drop role check_owner");
        asSuperuser("drop role check_service");
    }

    @Test
    void anEmptyDatabaseIsTakenByEitherMode() {
        assertThatCode(() -> check.refuseUnfit(Mode.PRODUCTION)).doesNotThrowAnyException();
        assertThatCode(() -> check.refuseUnfit(Mode.SANDBOX)).doesNotThrowAnyException();
    }

    @Test
    @Requirement("CX-OP-6")
    void aPasswordThatIsWrongIsTold() {
        refuses(new DatabaseCheck(check.jdbcUrl(), new Login("check_service", "a-guess"), OWNER))
                .hasMessageStartingWith("The database does not let this role in")
                .hasMessageContaining("check_service")
                .hasMessageNotContaining("a-guess");
    }

    @Test
    @Requirement("CX-OP-6")
    void aDatabaseThatIsNotThereIsTold() {
        refuses(new DatabaseCheck(check.jdbcUrl().replace("/checked", "/nowhere"), SERVICE, OWNER))
                .hasMessageStartingWith("There is no such database");
        refuses(new DatabaseCheck("jdbc:postgresql://127.0.0.1:9/checked?password=hush", SERVICE, OWNER))
                .hasMessageStartingWith("The database cannot be reached")
                .hasMessageNotContaining("hush");
        refuses(new DatabaseCheck("jdbc:mysql://127.0.0.1/checked?password=hush", SERVICE, OWNER))
                .hasMessageStartingWith("QUARKUS_DATASOURCE_JDBC_URL must begin with")
                .hasMessageNotContaining("hush");
        refuses(new DatabaseCheck("jdbc:postgresql://[::1/checked?password=hush", SERVICE, OWNER))
                .hasMessageNotContaining("hush");
    }

    @Test
    @Requirement("CX-OP-6")
    void aDatabaseThatTakesNoWritesIsTold() throws SQLException {
        asSuperuser("alter role check_owner set default_transaction_read_only = on");

        refuses(check).hasMessageStartingWith("The database takes no writes from the role check_owner");
    }

    @Test
    @Requirement("CX-DB-1")
    void aDatabaseThatLosesWhatItAcknowledgedIsTold() throws Exception {
        asSuperuser("alter role check_service set synchronous_commit = off");
        refuses(check)
                .hasMessageStartingWith(
                        "The database loses acknowledged writes when its machine fails: synchronous_commit");
        assertThatCode(() -> check.refuseUnfit(Mode.SANDBOX)).doesNotThrowAnyException();
        asSuperuser("alter role check_service set synchronous_commit = local");
        assertThatCode(() -> check.refuseUnfit(Mode.PRODUCTION)).doesNotThrowAnyException();
    }

    /** Of the whole server, and so not tried with the one that others use. */
    @ParameterizedTest
    @ValueSource(strings = {"fsync", "full_page_writes", "synchronous_commit"})
    @Requirement("CX-DB-1")
    void eachSettingThatLosesWritesIsTold(String setting) {
        assertThat(DatabaseCheck.DURABLE).contains(setting);
        assertThatCode(() -> check.refuseForgetful(setting, "on")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check.refuseForgetful(setting, "off"))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining(setting + " is off for the role check_service");
    }

    @Test
    @Requirement("CX-OP-6")
    void anOldServerIsTold() {
        assertThatCode(() -> DatabaseCheck.refuseOld(DatabaseCheck.OLDEST)).doesNotThrowAnyException();
        assertThatThrownBy(() -> DatabaseCheck.refuseOld(14))
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith("The database is PostgreSQL 14, and at least 15 is needed.");
    }

    @Test
    @Requirement("CX-OP-6")
    void aSchemaOfAnotherVersionIsTold() throws SQLException {
        asOwner("create table flyway_schema_history (installed_rank int, script text, type text, success boolean)");
        asOwner("insert into flyway_schema_history values (1, 'db/migration/V4__client.sql', 'SQL', true)");
        assertThatCode(() -> check.refuseUnfit(Mode.PRODUCTION)).doesNotThrowAnyException();

        asOwner("insert into flyway_schema_history values (2, 'db/migration/V9999__later.sql', 'SQL', true)");

        refuses(check)
                .hasMessageStartingWith("The database was migrated by another version of Consentry (V9999__later.sql)");
    }

    @Test
    @Requirement("CX-OP-6")
    void aRightThatIsMissingIsTold() throws SQLException {
        refuses(new DatabaseCheck(check.jdbcUrl(), SERVICE, SERVICE))
                .hasMessageStartingWith("The role check_service may not create tables");

        asOwner("create table client (client_id text)");
        refuses(check).hasMessageStartingWith("The role check_service has no rights on the tables");

        asOwner("revoke usage on schema public from public");
        refuses(check).hasMessageStartingWith("The role check_service may not use the database's schema");
    }

    @Test
    @Requirement("CX-OP-7")
    void aDatabaseOfTheOtherModeIsTold() throws SQLException {
        asOwner("create table database_mode (mode text)");
        asOwner("grant select on database_mode to check_service");
        asOwner("insert into database_mode values ('sandbox')");
        refuses(check).hasMessageStartingWith("This database belongs to a sandbox");
        assertThatCode(() -> check.refuseUnfit(Mode.SANDBOX)).doesNotThrowAnyException();

        asOwner("update database_mode set mode = 'production'");
        assertThatThrownBy(() -> check.refuseUnfit(Mode.SANDBOX))
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith("This database belongs to a production service");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refuses(DatabaseCheck check) {
        return assertThatThrownBy(() -> check.refuseUnfit(Mode.PRODUCTION)).isInstanceOf(StartRefusal.class);
    }

    private static void asSuperuser(String sql) throws SQLException {
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private void asOwner(String sql) throws SQLException {
        try (Connection superuser = DriverManager.getConnection(check.jdbcUrl(), OWNER.role(), OWNER.password());
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
