package io.consentry.life;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the histories came by: each edge that was made and each act that was refused, by the stage that it began from, and each
 * answer that somebody got.
 */
final class Coverage {

    /** Every edge of a consent's life, and every act that leaves it where it is. */
    private static final List<String> EDGES = lines("""
            REQUESTED LOOK PRESENTED
            REQUESTED APPROVE ACTIVE
            REQUESTED REFUSE REFUSED
            REQUESTED PASS LAPSED
            PRESENTED LOOK PRESENTED
            PRESENTED APPROVE ACTIVE
            PRESENTED REFUSE REFUSED
            PRESENTED PASS LAPSED
            ACTIVE REDEEM ACTIVE
            ACTIVE REFRESH ACTIVE
            ACTIVE FETCH ACTIVE
            ACTIVE FETCH EXHAUSTED
            ACTIVE QUERY ACTIVE
            ACTIVE AMEND ACTIVE
            ACTIVE LOOK ACTIVE
            ACTIVE APPROVE ACTIVE
            ACTIVE REFUSE ACTIVE
            ACTIVE STRANGER ACTIVE
            ACTIVE NARROW ACTIVE
            ACTIVE PAUSE PAUSED
            ACTIVE RESUME ACTIVE
            ACTIVE WITHDRAW WITHDRAWN
            ACTIVE RELINQUISH RELINQUISHED
            ACTIVE REVOKE REVOKED
            ACTIVE INVALIDATE INVALIDATED
            ACTIVE PASS EXPIRED
            PAUSED REDEEM PAUSED
            PAUSED REFRESH PAUSED
            PAUSED QUERY PAUSED
            PAUSED AMEND PAUSED
            PAUSED APPROVE PAUSED
            PAUSED REFUSE PAUSED
            PAUSED NARROW PAUSED
            PAUSED PAUSE PAUSED
            PAUSED RESUME ACTIVE
            WITHDRAWN WITHDRAW WITHDRAWN
            RELINQUISHED RELINQUISH RELINQUISHED
            PAUSED WITHDRAW WITHDRAWN
            PAUSED RELINQUISH RELINQUISHED
            PAUSED REVOKE REVOKED
            PAUSED INVALIDATE INVALIDATED
            PAUSED PASS EXPIRED""");

    /** What is refused wherever it is tried, and what an end refuses whoever tries it. */
    private static final List<String> REFUSALS = lines("""
            REQUESTED PAUSE
            REQUESTED WITHDRAW
            REQUESTED REVOKE
            REQUESTED REDEEM
            PRESENTED APPROVE
            PRESENTED STRANGER
            PRESENTED NARROW
            PRESENTED RELINQUISH
            ACTIVE NARROW
            ACTIVE APPROVE
            ACTIVE REDEEM
            ACTIVE FETCH
            PAUSED FETCH""");

    private static final List<String> ENDED =
            List.of("AMEND", "REDEEM", "RELINQUISH", "PAUSE", "RESUME", "NARROW", "WITHDRAW", "REVOKE", "INVALIDATE");

    /** What can be answered, but for what every history meets. */
    private static final List<String> ANSWERS = lines("""
            303 code
            303 access_denied
            200 access_denied
            400 not_optional
            400 invalid_request_uri
            400 invalid_grant_id
            400 invalid_parameter
            400 invalid_code
            400 code_reused
            400 grant_ended
            400 invalid_refresh_token
            400 unauthorized_grant_type
            401 invalid_access_token
            401 access_token_expired
            401 consent_paused
            401 consent_withdrawn
            401 consent_expired
            401 consent_used_up
            401 consent_ended
            403
            404
            404 grant_not_found
            404 interaction_not_found
            409
            409 already_decided
            409 consent_not_active
            409 consent_not_paused
            409 consent_already_ended
            410
            429 release_too_often
            refused grant_not_found
            refused consent_not_in_force
            refused consent_already_ended""");

    private final Map<String, Integer> made = new ConcurrentHashMap<>();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    void count(Stage before, Act act, String answer, Stage after) {
        answers.merge(answer, 1, Integer::sum);
        String from = before + " " + act.kind();
        if (Model.isDone(answer)) {
            made.merge(from + " " + after, 1, Integer::sum);
        } else {
            refused.merge(from, 1, Integer::sum);
        }
    }

    /** Which edges were met less often than this, and which refusals and answers were not met at all. */
    List<String> missing(int least) {
        Stream<String> ends = Arrays.stream(Stage.values())
                .filter(Stage::isOver)
                .flatMap(stage -> ENDED.stream()
                        .filter(act -> !made.containsKey(stage + " " + act + " " + stage))
                        .map(act -> stage + " " + act));
        return Stream.of(
                        EDGES.stream().filter(edge -> made.getOrDefault(edge, 0) < least),
                        Stream.concat(REFUSALS.stream(), ends)
                                .filter(refusal -> !refused.containsKey(refusal))
                                .map(refusal -> refusal + " refused"),
                        ANSWERS.stream().filter(answer -> !answers.containsKey(answer)))
                .flatMap(missing -> missing)
                .toList();
    }

    /** How often it was met, the rarest first. */
    @Override
    public String toString() {
        var all = new TreeMap<>(made);
        refused.forEach((from, times) -> all.put(from + " refused", times));
        ANSWERS.forEach(answer -> all.put(answer, answers.getOrDefault(answer, 0)));
        return all.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .map(edge -> edge.getValue() + " × " + edge.getKey())
                .collect(Collectors.joining(", "));
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).toList();
    }
}
