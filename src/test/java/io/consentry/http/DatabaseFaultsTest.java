package io.consentry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.Fault;
import io.consentry.requirement.Requirement;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.transaction.xa.XAException;
import org.hibernate.exception.GenericJDBCException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the database says, by its SQLSTATE, becomes an orderly refusal; what only the program can be blamed for stays ours. */
class DatabaseFaultsTest {

    @ParameterizedTest
    @CsvSource({
        "08001, database_unavailable",
        "08006, database_unavailable",
        "28P01, database_unavailable",
        "53100, database_unavailable", // the disk is full
        "53300, database_unavailable", // too many connections
        "25006, database_unavailable", // a read-only replica
        "25P03, database_unavailable", // idle in transaction for too long
        "57P01, database_unavailable",
        "57P02, database_unavailable",
        "57P03, database_unavailable",
        "58030, database_unavailable",
        "40001, temporarily_unavailable",
        "40P01, temporarily_unavailable",
        "55P03, temporarily_unavailable", // a lock was waited for in vain
        "57014, temporarily_unavailable" // the statement took too long
    })
    @Requirement("CX-TRUTH-2")
    void whatPassesIsToldWithATimeToComeAgain(String state, String code) {
        Fault fault = told(new SQLException("", state)).orElseThrow();

        assertThat(fault.code().code()).isEqualTo(code);
        assertThat(fault.code().status()).isEqualTo(503);
        assertThat(fault.retryAfter()).isPresent();
        assertThat(fault.detail()).doesNotContainIgnoringCase("nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42501", "42P01", "22001", "XX000"})
    void aFaultOfTheProgramStaysOne(String state) {
        assertThat(told(new SQLException("", state))).isEmpty();
    }

    @Test
    @Requirement("CX-TRUTH-2")
    void aPoolThatIsUsedUpIsOverloaded() {
        Fault fault = told(new SQLException("Sorry, acquisition timeout!")).orElseThrow();

        assertThat(fault.code().code()).isEqualTo("overloaded");
        assertThat(fault.retryAfter()).isPresent();
    }

    @Test
    void aConnectionThatCannotBeMadeInTimeIsADatabaseOutOfReach() {
        var failure = new SQLException("", new TimeoutException());

        assertThat(told(failure).orElseThrow().code().code()).isEqualTo("database_unavailable");
    }

    @Test
    void aTransactionThatTookTooLongIsTriedAgain() {
        Optional<Fault> fault = DatabaseFaults.of(new RollbackException(), Optional.of("Look."));

        assertThat(fault.orElseThrow().code().code()).isEqualTo("temporarily_unavailable");
    }

    @Test
    void whatIsNoFaultOfTheDatabaseIsPassedOver() {
        assertThat(DatabaseFaults.of(new IllegalStateException(), Optional.of("Look.")))
                .isEmpty();
    }

    /** As it comes out of a COMMIT: the reason is a cause of a cause, or suppressed. */
    private static Optional<Fault> told(SQLException failure) {
        var refused = new XAException(XAException.XA_RBROLLBACK);
        refused.initCause(new GenericJDBCException("", failure));
        var thrown = new RollbackException();
        thrown.addSuppressed(refused);
        return DatabaseFaults.of(new IllegalStateException(thrown), Optional.of("Look."));
    }
}
