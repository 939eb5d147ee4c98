package io.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What time has ended is written down though nobody reads it, and what cannot be is in nobody's way. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Requirement("CX-LIFE-1")
class TimekeeperTest {

    @Inject
    Timekeeper timekeeper;

    @Inject
    ConsentFixture fixture;

    @Inject
    DecisionFixture decisions;

    @Inject
    Consents consents;

    @Inject
    TestClock clock;

    private Connection superuser;
    private Statement hand;
    private PersonId person;

    @BeforeEach
    void somebody() throws SQLException {
        superuser = TestDatabase.asSuperuser();
        hand = superuser.createStatement();
        hand.execute("set session_replication_role = replica");
        person = fixture.person();
    }

    @AfterEach
    void close() throws SQLException {
        superuser.close();
    }

    @Test
    void abandonedRequestsAndGrantsPastTheirTimeGetTheirEntry() throws SQLException {
        GrantId asked = fixture.requested().terms().grantId();
        GrantId shown = fixture.presented(person).terms().grantId();
        GrantId given = fixture.active(person).terms().grantId();
        GrantId young = fixture.presented(person).terms().grantId();
        ConsentFixture.made(decisions.grant(young, person, ConsentFixture.approval(Duration.ofHours(3))));
        clock.advance(Duration.ofHours(2));

        timekeeper.record();

        assertThat(state(asked)).isEqualTo("lapsed");
        assertThat(state(shown)).isEqualTo("lapsed");
        assertThat(state(given)).isEqualTo("expired");
        assertThat(state(young)).isEqualTo("active");
    }

    @Test
    void aDamagedRowIsInNobodysWay() throws SQLException {
        GrantId damaged = fixture.active(person).terms().grantId();
        GrantId sound = fixture.active(person).terms().grantId();
        hand.execute("update consent set generation = 7 where grant_id = '" + damaged + "'");
        clock.advance(Duration.ofHours(2));

        timekeeper.record();

        assertThat(state(damaged)).isEqualTo("active");
        assertThat(state(sound)).isEqualTo("expired");
        hand.execute("update consent set generation = 1 where grant_id = '" + damaged + "'");
    }

    @Test
    void aGrantOfAPersonWhoseKeyIsGoneIsInNobodysWay() throws SQLException {
        PersonId erased = fixture.anotherPerson();
        GrantId theirs = fixture.active(erased).terms().grantId();
        GrantId sound = fixture.active(person).terms().grantId();
        hand.execute("create temporary table gone as select * from person_key where person_id = '" + erased + "'");
        hand.execute("delete from person_key where person_id = '" + erased + "'");
        clock.advance(Duration.ofHours(2));
        try {
            timekeeper.record();

            assertThat(state(theirs)).isEqualTo("active");
            assertThat(state(sound)).isEqualTo("expired");
        } finally {
            hand.execute("insert into person_key select * from gone");
        }
    }

    private String state(GrantId grant) throws SQLException {
        try (ResultSet row = hand.executeQuery("select state from consent where grant_id = '" + grant + "'")) {
            row.next();
            return row.getString(1);
        }
    }
}
