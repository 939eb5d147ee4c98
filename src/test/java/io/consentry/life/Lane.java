package io.consentry.life;

import io.consentry.kernel.FaultCode;
import io.consentry.operator.Invocation;
import io.consentry.operator.Operator;
import io.consentry.operator.Terminal;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientAccess;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.consentry.testing.TestResident;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What histories that run one after the other share: banks, people of their own, and who is signed in. */
final class Lane implements AutoCloseable {

    /** Sessions and tokens are good for half an hour at least, and no history takes long. */
    private static final int GOOD_FOR = 100;

    private static final Pattern SHOWN = Pattern.compile("name=\"shown\" value=\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    /** The service, where it has doors that are not in the network. */
    record Ground(Map<Kind, Bank> banks, Operator operator, TestClock clock) {}

    private final Ground ground;
    private final List<String> people;
    private final Connection database;
    private final Map<String, TestResident> residents = new HashMap<>();
    private final Map<Kind, ClientAccess> access = new EnumMap<>(Kind.class);
    private final Map<String, String> formTokens = new HashMap<>();
    private int walks;
    private boolean moved;

    Lane(Ground ground, List<String> people) throws SQLException {
        this.ground = ground;
        this.people = people;
        this.database = TestDatabase.asOwner();
    }

    /** A grant of the next person. */
    Walk begin(Kind kind) {
        if (++walks % GOOD_FOR == 0) {
            signOut();
        }
        return new Walk(this, kind, people.get(walks % people.size()), people.get((walks + 1) % people.size()));
    }

    Bank bank(Kind kind) {
        return ground.banks().get(kind);
    }

    TestResident resident(String uinfin) {
        return residents.computeIfAbsent(uinfin, TestResident::signIn);
    }

    /** The token that stands in every form of somebody's pages, as one of them shows it. */
    String formToken(String uinfin, String page) {
        return formTokens.computeIfAbsent(uinfin, who -> {
            Matcher token =
                    TOKEN.matcher(browser("GET", page, who).send().is(200).body());
            return token.find() ? token.group(1) : "";
        });
    }

    /** What the form of a page says of what is on it; nothing when it has none. */
    static String shownOn(Answer page) {
        Matcher shown = SHOWN.matcher(page.body());
        return shown.find() ? shown.group(1) : "";
    }

    /** What somebody's browser sends. */
    Call browser(String method, String page, String uinfin) {
        return Call.to(method, page).header("Cookie", resident(uinfin).cookie()).header("Accept", "text/html");
    }

    ClientAccess access(Kind kind) {
        return access.computeIfAbsent(kind, one -> bank(one).own());
    }

    /** Time passes: sessions and tokens are over, and new ones are made when they are needed. */
    void pass(Duration time) {
        ground.clock().advance(time);
        moved = true;
        signOut();
    }

    /** After a history in which time has passed. */
    void backToNow() {
        if (moved) {
            ground.clock().reset();
            moved = false;
            signOut();
        }
    }

    private void signOut() {
        residents.clear();
        access.clear();
        formTokens.clear();
    }

    /** What the operator hears. */
    String operate(String... words) {
        var said = new ByteArrayOutputStream();
        var call = (Invocation.Call) Invocation.parse(List.of(words));
        int exit = ground.operator().run(call, new Terminal(new PrintStream(said, true, StandardCharsets.UTF_8)));
        return exit == 0 ? "done" : "refused " + code(said.toString(StandardCharsets.UTF_8));
    }

    private static String code(String sentence) {
        return Arrays.stream(FaultCode.values())
                .filter(code -> sentence.startsWith(code.title() + "."))
                .map(FaultCode::code)
                .findFirst()
                .orElse(sentence);
    }

    /** The grant behind a request, which nobody is told of before somebody has seen it. */
    UUID grantOf(String requestUri) throws SQLException {
        String handle = requestUri.substring(requestUri.lastIndexOf(':') + 1);
        return first(
                "select grant_id from authorization_request where request_uri_hash = sha256(convert_to(?, 'UTF8'))",
                handle,
                UUID.class);
    }

    /** How many entries there are of a grant that are nobody's. */
    long entriesOfNobody(UUID grant) throws SQLException {
        return first(
                "select count(*) from ledger_event where grant_id = ?::uuid and person_id is null",
                grant.toString(),
                Long.class);
    }

    private <T> T first(String sql, String parameter, Class<T> type) throws SQLException {
        try (PreparedStatement query = database.prepareStatement(sql)) {
            query.setString(1, parameter);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getObject(1, type);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
