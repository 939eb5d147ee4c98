package io.consentry.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.kernel.NationalId;
import io.consentry.kernel.PersonId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever gives the hash that one person is found by to another's row signs nobody in as somebody else. */
@QuarkusTest
@Requirement("CX-SEAL-1")
class SwappedPersonTest {

    @Inject
    Persons persons;

    @Test
    void nobodyIsFoundInAnothersRow() throws SQLException {
        NationalId one = number("S0000001");
        NationalId other = number("S0000002");
        PersonId first = persons.enrol(one);
        PersonId second = persons.enrol(other);

        swap(first, second);

        assertThatThrownBy(() -> persons.find(one)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> persons.enrol(other)).isInstanceOf(IllegalStateException.class);
        assertThat(persons.isFoundBy(second, persons.lookupOf(one))).isFalse();

        swap(first, second);
        assertThat(persons.find(one)).hasValue(first);
    }

    private static void swap(PersonId one, PersonId other) throws SQLException {
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement hand = superuser.createStatement()) {
            hand.execute(
                    "create temporary table kept as select * from person where id in ('" + one + "', '" + other + "')");
            hand.execute("update person set lookup = id::text::bytea where id in (select id from kept)");
            hand.execute("update person p set lookup = k.lookup from kept k where p.id in (select id from kept)"
                    + " and k.id <> p.id");
        }
    }

    private static NationalId number(String digits) {
        return IntStream.rangeClosed('A', 'Z')
                .mapToObj(letter -> digits + (char) letter)
                .filter(NationalId::isValid)
                .map(NationalId::new)
                .findFirst()
                .orElseThrow();
    }
}
