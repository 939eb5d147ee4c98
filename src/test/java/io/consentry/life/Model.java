package io.consentry.life;

import java.time.Duration;
import java.util.SortedSet;

/**
 * What should become of one grant, by the rules that the documents tell people, in as few words as they can be said; it shares
 * no code with the service. An answer is the status, and the code of a refusal or what a success brings.
 */
final class Model {

    /** Older than this, the service may have forgotten a request, a code or a token, and answers as if it had never been. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Life life;
    private final Asking asking;
    private final Tokens tokens;

    Model(Kind kind, SortedSet<String> asked) {
        life = new Life(kind, asked);
        tokens = new Tokens(life);
        asking = new Asking(life, tokens::codeWaits);
    }

    Life life() {
        return life;
    }

    Asking asking() {
        return asking;
    }

    /** What the service must answer; from now on the model stands where the service must stand. */
    String take(Act act) {
        boolean before = asking.isClosed();
        String answer = answer(act);
        if (answer.endsWith(" code") && !before) {
            tokens.coded();
        }
        return answer;
    }

    private String answer(Act act) {
        return switch (act) {
            case Act.Approve(SortedSet<String> declined) -> asking.approve(declined);
            case Act.Amend(Act.Mode mode, SortedSet<String> attributes) -> asking.amend(mode, attributes);
            case Act.Narrow(SortedSet<String> without) -> life.narrow(without);
            case Act.Pass(Duration time) -> {
                life.pass(time);
                yield "done";
            }
            case Act.Plain plain -> answer(plain);
        };
    }

    private String answer(Act.Plain act) {
        return switch (act) {
            case LOOK -> asking.look();
            case REFUSE -> asking.refuse();
            case STRANGER -> asking.stranger();
            case REDEEM -> tokens.redeem();
            case REFRESH -> tokens.refresh();
            case FETCH -> tokens.fetch();
            case QUERY -> life.stage.wasGiven() ? "200" : "404 grant_not_found";
            case RELINQUISH -> life.relinquish();
            case PAUSE -> life.pause();
            case RESUME -> life.resume();
            case WITHDRAW -> life.withdraw();
            case REVOKE -> life.byOffice(Stage.REVOKED);
            case INVALIDATE -> life.byOffice(Stage.INVALIDATED);
        };
    }

    boolean hasToken() {
        return tokens.tokenSince().isPresent();
    }

    /** Whether an answer is one of those that let something happen. */
    static boolean isDone(String answer) {
        return answer.startsWith("2") || answer.startsWith("303") || answer.equals("done");
    }

    /** Whether there is one right answer to it: not where the service may have forgotten, or would let a stranger in. */
    boolean isCertain(Act act) {
        return switch (act.kind()) {
            case "STRANGER" -> life.stage != Stage.REQUESTED && isFresh(asking.since());
            case "LOOK", "APPROVE", "REFUSE" -> isFresh(asking.since());
            case "REDEEM" -> tokens.codeSince().map(this::isFresh).orElse(true);
            case "FETCH" -> tokens.tokenSince().map(this::isFresh).orElse(true);
            case "REFRESH" -> life.stage != Stage.EXPIRED || !life.isPast(life.expiresAt.plus(Duration.ofDays(1)));
            default -> true;
        };
    }

    private boolean isFresh(Duration since) {
        return !life.isPast(since.plus(REMEMBERED));
    }
}
