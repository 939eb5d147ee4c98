package io.consentry.postgres;

import io.consentry.database.StartRefusal;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Starts a server again that died under the service: on its old port, since the pool knows no other, with pauses that grow, for as
 * long as the program runs. Whatever keeps it down, a full disk for example, may pass, and then nobody should have to do anything.
 * Each step is told in one sentence, and what fails again in the same way is not told again.
 */
final class Supervisor {

    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** A server that lives for less has not really come back. */
    private static final Duration CALM = Duration.ofMinutes(1);

    /** From so many in a row on, each new one waits. */
    private static final int MANY_SHORT_LIVES = 3;

    private final Server server;
    private final Consumer<String> progress;

    Supervisor(Server server, Consumer<String> progress) {
        this.server = server;
        this.progress = progress;
    }

    /** What is supervised. */
    interface Server {

        /** The process whose end is the server's. */
        ProcessHandle process() throws IOException;

        /** Starts it again where it was; throws when that fails. */
        void startAgain() throws Exception;

        /** Whether it is meant to end. */
        boolean isClosing();
    }

    void begin() {
        Thread.ofPlatform().daemon().name("local-database-supervisor").start(this::run);
    }

    private void run() {
        int shortLives = 0;
        while (true) {
            long begin = System.nanoTime();
            if (!endsUnasked()) {
                return;
            }
            shortLives = System.nanoTime() - begin < CALM.toNanos() ? shortLives + 1 : 0;
            LocalDatabase.is(LocalDatabase.DOWN);
            progress.accept("The local database has died; starting it again");
            long death = System.nanoTime();
            if (!comesBack(shortLives < MANY_SHORT_LIVES ? AT_ONCE : LONGEST_PAUSE) || server.isClosing()) {
                return;
            }
            LocalDatabase.is(LocalDatabase.UP);
            progress.accept(String.format(
                    Locale.ROOT,
                    "The local database is back after %.1f s, with all that was committed",
                    (System.nanoTime() - death) / 1e9));
        }
    }

    private boolean endsUnasked() {
        try {
            server.process().onExit().join();
        } catch (StartRefusal gone) {
            // it died before anybody could look, and is started again like any other
        } catch (IOException e) {
            progress.accept("The local database cannot be watched: " + e.getMessage());
            return false;
        }
        return !server.isClosing();
    }

    /** Tries until it is there; false when it is not meant to be any more. */
    private boolean comesBack(Duration pause) {
        var told = new AtomicReference<String>("");
        try {
            Uni.createFrom()
                    .nullItem()
                    .onItem()
                    .delayIt()
                    .by(pause)
                    .onItem()
                    .invoke(this::attempt)
                    .onFailure()
                    .invoke(failure -> tell(String.valueOf(failure.getMessage()), told))
                    .onFailure(failure -> !server.isClosing())
                    .retry()
                    .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                    .indefinitely()
                    .await()
                    .indefinitely();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void tell(String why, AtomicReference<String> told) {
        if (!why.equals(told.getAndSet(why)) && !server.isClosing()) {
            progress.accept("The local database did not start again, and will be tried until it does: " + why);
        }
    }

    private void attempt() {
        try {
            server.startAgain();
        } catch (Exception e) {
            throw new CompletionException(String.valueOf(e.getMessage()), e);
        }
    }
}
