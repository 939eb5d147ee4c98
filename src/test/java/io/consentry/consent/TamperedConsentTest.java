package io.consentry.consent;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever can write to the database, and has not the master key, changes no consent unnoticed. */
@QuarkusTest
@Requirement("CX-SEAL-1")
class TamperedConsentTest {

    @Inject
    Consents consents;

    @Inject
    ConsentFixture fixture;

    private PersonId person;
    private GrantId grant;

    @BeforeEach
    void aGrant() {
        person = fixture.person();
        grant = fixture.active(person).terms().grantId();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "granted = array_append(granted, 'race'), requested = array_append(requested, 'race')",
                "granted = array_remove(granted, 'email')",
                "optional = '{}'",
                "expires_at = expires_at + interval '1 year'",
                "client_id = 'plain-lender'",
                "purpose = 'account_review'",
                "template_version = 2",
                "state = 'paused', paused_at = now()",
                "release_count = 7",
                "version = version + 1",
                "shown_digest = repeat('a', 64)",
                "language = 'ta'",
                "first_decided_at = first_decided_at - interval '1 day'",
                "seal = ''",
                "seal = (select seal from consent order by requested_at limit 1)"
            })
    void aChangedRowIsNoticedAtTheNextRead(String change) throws SQLException {
        sql("update consent set " + change + " where grant_id = '" + grant + "'");

        assertThat(consents.find(grant)).get().isInstanceOf(Consent.Damaged.class);
        assertThat(consents.withdraw(grant, person)).isInstanceOf(Transition.NotFound.class);
        assertThat(consents.revoke(grant, Reason.COURT_ORDER)).isInstanceOf(Transition.NotPossible.class);
    }

    @Test
    void anOlderRowThatIsPutBackIsNoticed() throws SQLException {
        sql(
                "create temporary table before as select * from consent where grant_id = '" + grant + "'",
                () -> made(consents.withdraw(grant, person)),
                "update consent c set state = b.state, version = b.version, ended_at = b.ended_at, seal = b.seal"
                        + " from before b where c.grant_id = b.grant_id");

        assertThat(consents.find(grant)).get().isInstanceOf(Consent.Damaged.class);
    }

    @Test
    void anEndedConsentCannotBeRevivedByHand() throws SQLException {
        made(consents.withdraw(grant, person));

        sql("update consent set state = 'active', ended_at = null where grant_id = '" + grant + "'");

        assertThat(consents.find(grant)).get().isInstanceOf(Consent.Damaged.class);
    }

    @Test
    void aChangedRecordIsLeftOutOfTheHistory() throws SQLException {
        sql("update consent_record set granted = array_append(granted, 'race') where grant_id = '" + grant + "'");

        assertThat(consents.records(grant)).isEmpty();
    }

    private static void sql(String statement) throws SQLException {
        sql(statement, () -> {}, "select 1");
    }

    private static void sql(String first, Runnable between, String second) throws SQLException {
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(first);
            between.run();
            statement.execute(second);
        }
    }
}
