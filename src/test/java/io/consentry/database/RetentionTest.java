package io.consentry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.inline;

import io.consentry.requirement.Requirement;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.consentry.testing.TestResident;
import io.consentry.testing.Visit;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is written is also removed, or is on the list of what is kept for ever. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class RetentionTest {

    private static final Path PAGE = Path.of("src/docs/what-is-kept.md");
    private static final String PERSON = "S8762201J";

    @Inject
    Sweeper sweeper;

    @Inject
    TestClock clock;

    @Inject
    DSLContext typed;

    @Test
    @Requirement("CX-RETAIN-2")
    void everyTableIsSweptOrKeptOnPurpose() throws Exception {
        List<String> going = tablesUnder("## What goes");
        List<String> kept = tablesUnder("## Kept for ever");

        List<String> all = texts("select table_name from information_schema.tables"
                + " where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'flyway%'");
        assertThat(all)
                .allSatisfy(table -> assertThat(going.contains(table) ^ kept.contains(table))
                        .as(table + " goes or is kept, by the page")
                        .isTrue());
        assertThat(going)
                .as("what the page says is what is done")
                .containsExactlyInAnyOrderElementsOf(sweeper.sweeps().stream()
                        .map(sweep -> sweep.table().getName())
                        .toList());
        assertThat(all).containsAll(going).containsAll(kept);
    }

    @Test
    @Requirement("CX-RETAIN-2")
    void whatGoesIsFoundByAnIndex() throws SQLException {
        try (Connection database = TestDatabase.asOwner();
                Statement statement = database.createStatement()) {
            statement.execute("set enable_seqscan = off");
            statement.execute("set enable_bitmapscan = off");
            for (Sweep sweep : sweeper.sweeps()) {
                String sql =
                        typed.renderInlined(sweep.statement().of(inline(Instant.parse("2020-01-01T00:00:00Z")), 1_000));
                if (!sql.contains(" from ")) {
                    continue; // the owner's function
                }
                List<String> plan = new ArrayList<>();
                try (ResultSet lines = statement.executeQuery("explain " + sql)) {
                    while (lines.next()) {
                        plan.add(lines.getString(1));
                    }
                }
                assertThat(plan)
                        .as(String.join("\n", plan))
                        .anyMatch(line -> line.contains("Index Scan using"))
                        .noneMatch(line -> line.contains("Seq Scan"))
                        .noneMatch(line -> line.contains("Sort"));
            }
        }
    }

    @Test
    @Requirement("CX-RETAIN-2")
    void moreThanABatchGoesAtOnce() throws SQLException {
        execute("insert into used_jti (hash, expires_at)"
                + " select sha256(convert_to('retention ' || n, 'UTF8')), now() - interval '1 hour'"
                + " from generate_series(1, 2500) n");

        sweeper.sweep();

        assertThat(texts("select count(*) from used_jti where expires_at < now() - interval '50 minutes'"))
                .containsExactly("0");
    }

    @Test
    @Requirement("CX-RETAIN-1")
    void aRequestThatNobodyCameForGoesSoon() throws SQLException {
        ClientFlow pushed = TestClient.ready("harbour-bank").flow().push();
        ClientFlow opened = TestClient.ready("harbour-bank").flow().push();
        String page = URI.create(
                        opened.authorize().send().is(303).header("Location").orElseThrow())
                .getPath();
        Visit.as(PERSON).get(page);

        clock.advance(Duration.ofMinutes(7));
        sweeper.sweep();

        assertThat(isThere(pushed)).isFalse();
        assertThat(isThere(opened)).isTrue();
        clock.advance(Duration.ofMinutes(80));
        sweeper.sweep();
        assertThat(isThere(opened)).isFalse();
    }

    @Test
    @Requirement("CX-RETAIN-2")
    void aRefreshTokenGoesAfterItsGrantAndNotBefore() throws SQLException {
        ClientFlow other = TestClient.ready("merlion-wealth").flow().push();
        other.approve(PERSON);
        String standing = other.redeem().text("grant_id");
        ClientFlow ended = TestClient.ready("merlion-wealth").flow().push();
        ended.approve(PERSON);
        String grant = ended.redeem().text("grant_id");
        TestResident.signIn(PERSON).withdraw(grant).is(204);

        clock.advance(Duration.ofDays(3));
        for (int i = 0; i < 50 && refreshTokens(grant) > 0; i++) {
            sweeper.sweep(); // another sweep may hold some
        }

        assertThat(refreshTokens(standing)).isNotZero();
        assertThat(refreshTokens(grant)).isZero();
    }

    /** More than a batch of tokens whose grants stand, looked at before it, does not end the round. */
    @Test
    @Requirement("CX-RETAIN-2")
    void whatStaysIsInNobodysWay() throws SQLException {
        ClientFlow flow = TestClient.ready("merlion-wealth").flow().push();
        flow.approve(PERSON);
        String standing = flow.redeem().text("grant_id");
        execute("insert into refresh_token select (jsonb_populate_record(r, jsonb_build_object("
                + "'token_hash', sha256(convert_to('stays ' || n, 'UTF8'))::text, 'look_at', now() - interval '9 days'))).*"
                + " from refresh_token r, generate_series(1, 1500) n where grant_id = '" + standing + "'");
        ClientFlow other = TestClient.ready("merlion-wealth").flow().push();
        other.approve(PERSON);
        String ended = other.redeem().text("grant_id");
        TestResident.signIn(PERSON).withdraw(ended).is(204);
        execute("update refresh_token set look_at = now() - interval '8 days' where grant_id = '" + ended + "'");

        sweeper.sweep();

        assertThat(refreshTokens(ended)).isZero();
        assertThat(refreshTokens(standing)).isGreaterThan(1500);
        execute(
                "delete from refresh_token where grant_id = '" + standing + "' and look_at > now()"
                        + " and token_hash in (select sha256(convert_to('stays ' || n, 'UTF8')) from generate_series(1, 1500) n)");
    }

    private long refreshTokens(String grant) throws SQLException {
        return Long.parseLong(texts("select count(*) from refresh_token where grant_id = '" + grant + "'")
                .getFirst());
    }

    private static boolean isThere(ClientFlow flow) throws SQLException {
        String handle = flow.requestUri().substring(flow.requestUri().lastIndexOf(':') + 1);
        return texts("select count(*) from authorization_request where request_uri_hash = sha256(convert_to('" + handle
                        + "', 'UTF8'))")
                .equals(List.of("1"));
    }

    private static List<String> tablesUnder(String heading) throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(page.indexOf(heading) + heading.length())
                .lines()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| table "))
                .map(line -> line.split("\\|", -1)[1].strip())
                .toList();
    }

    private static List<String> texts(String sql) throws SQLException {
        try (Connection database = TestDatabase.asOwner();
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection database = TestDatabase.asOwner();
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
