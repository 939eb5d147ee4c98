package io.consentry.postgres;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Starts a server again that died under the service: on its old port, since the pool knows no other, with pauses that grow,
 * and only so many times. Each step is told in one sentence.
 */
final class Supervisor {

    private static final int TRIES = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** A server that lives for less has not really come back. */
    private static final Duration CALM = Duration.ofMinutes(1);

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
        while (shortLives < TRIES) {
            long begin = System.nanoTime();
            if (!endsUnasked()) {
                return;
            }
            shortLives = System.nanoTime() - begin < CALM.toNanos() ? shortLives + 1 : 0;
            LocalDatabase.is(LocalDatabase.DOWN);
            progress.accept("The local database has died; starting it again");
            long death = System.nanoTime();
            if (!comesBack()) {
                return;
            }
            LocalDatabase.is(LocalDatabase.UP);
            progress.accept(String.format(
                    Locale.ROOT,
                    "The local database is back after %.1f s, with all that was committed",
                    (System.nanoTime() - death) / 1e9));
        }
        progress.accept(
                "The local database dies again and again and is left alone now: see server.log in its folder, then"
                        + " start Consentry anew");
        LocalDatabase.is(LocalDatabase.DOWN);
    }

    private boolean endsUnasked() {
        try {
            server.process().onExit().join();
        } catch (IOException e) {
            progress.accept("The local database cannot be watched: " + e.getMessage());
            return false;
        }
        return !server.isClosing();
    }

    private boolean comesBack() {
        try {
            Uni.createFrom()
                    .item(this::attempt)
                    .onFailure()
                    .invoke(failure ->
                            progress.accept("The local database did not start again: " + failure.getMessage()))
                    .onFailure(failure -> !server.isClosing())
                    .retry()
                    .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                    .atMost(TRIES)
                    .await()
                    .indefinitely();
            return true;
        } catch (RuntimeException e) {
            if (!server.isClosing()) {
                progress.accept(
                        "The local database did not start again and is left alone now: see server.log in its folder,"
                                + " then start Consentry anew");
            }
            return false;
        }
    }

    private boolean attempt() {
        try {
            server.startAgain();
            return true;
        } catch (Exception e) {
            throw new CompletionException(e.getMessage(), e);
        }
    }
}
