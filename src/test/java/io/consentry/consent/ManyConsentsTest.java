package io.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.consent.AmendmentRequests.Wish;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.GrowingLedgerCheck;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A consent that the races are run on is no other than one that was asked for, shown and approved. */
@QuarkusTest
@Requirement("CX-RACE-1")
class ManyConsentsTest {

    /** Of what no two consents have in common, or what is a moment or covers one. */
    private static final String ROW = """
            select (to_jsonb(c) - array['grant_id', 'record_id', 'seal', 'requested_at', 'lapses_at', 'presented_at',
                'decided_at', 'first_decided_at', 'expires_at'])::text
            from consent c where grant_id = cast(? as uuid)""";

    private static final String RECORD = """
            select (to_jsonb(r) - array['grant_id', 'record_id', 'seal', 'requested_at', 'decided_at',
                'first_decided_at', 'expires_at'])::text
            from consent_record r where grant_id = cast(? as uuid)""";

    private static final String AMENDMENT = """
            select (to_jsonb(a) - array['id', 'grant_id', 'seal', 'requested_at', 'lapses_at', 'presented_at'])::text
            from amendment a where grant_id = cast(? as uuid)""";

    private static final String ENTRIES = """
            select concat_ws(' ', person_id, grant_version, row_step) from ledger_event where grant_id = cast(? as uuid)
            order by commitment_id""";

    @Inject
    DecisionFixture decisions;

    @Inject
    ConsentFixture fixture;

    @Inject
    GrowingLedgerCheck check;

    @Test
    void oneOfManyIsLikeOneThatWasMadeAlone() throws Exception {
        PersonId person = fixture.person();
        GrantId alone = fixture.active(person).terms().grantId();
        GrantId ofMany = fixture.active(person, 2).getFirst().terms().grantId();

        for (String query : List.of(ROW, RECORD, ENTRIES)) {
            assertThat(rows(query, ofMany)).isNotEmpty().isEqualTo(rows(query, alone));
        }
        assertThat(check.problems()).isEmpty();
    }

    @Test
    void anAmendmentOfManyIsLikeOneThatWasMadeAlone() throws Exception {
        PersonId person = fixture.person();
        Consent.Active alone = fixture.active(person);
        List<Consent.Active> many = fixture.active(person, 2);
        Set<AttributeName> more = Set.of(new AttributeName("regadd"));
        var wish = new Wish(
                alone.terms().grantId(),
                alone.terms().clientId(),
                AmendmentRequests.Mode.MERGE,
                alone.terms().purpose(),
                more,
                Set.of());

        AmendmentId asked =
                fixture.asked(wish, Duration.ofMinutes(10)).orElseThrow().id();
        decisions.present(asked, person);
        AmendmentId shown = fixture.amendmentsShown(many, more).getFirst();

        for (String query : List.of(AMENDMENT, ENTRIES)) {
            assertThat(rows(query, many.getFirst().terms().grantId()))
                    .isNotEmpty()
                    .isEqualTo(rows(query, alone.terms().grantId()));
        }
        assertThat(decisions.approve(shown, person, Set.of())).isInstanceOf(Transition.Made.class);
        assertThat(check.problems()).isEmpty();
    }

    private static List<String> rows(String query, GrantId grant) throws SQLException {
        try (Connection superuser = TestDatabase.asSuperuser();
                PreparedStatement statement = superuser.prepareStatement(query)) {
            statement.setString(1, grant.toString());
            var rows = new ArrayList<String>();
            ResultSet result = statement.executeQuery();
            while (result.next()) {
                rows.add(String.valueOf(result.getString(1)));
            }
            return rows;
        }
    }
}
