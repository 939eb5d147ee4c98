package io.consentry.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A network between the service and PostgreSQL that fails when a test says so: a TCP proxy that reads what passes. A test that
 * wants it bears {@code @TestProfile(DatabaseProxy.Between.class)}; all of them share one start of the service.
 *
 * <p>Profiles and tests live in class loaders of their own, so the proxy is told what to do through a system property, which
 * both see.
 */
public final class DatabaseProxy {

    private final ServerSocket listener;
    private final Set<ProxiedSession> sessions = ConcurrentHashMap.newKeySet();

    private DatabaseProxy(ServerSocket listener) {
        this.listener = listener;
    }

    /** Puts the proxy between service and database; a silence of 3 s counts as a cut. */
    public static final class Between implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + start() + "/consentry",
                    "consentry.database.lock-within", "PT2S",
                    "consentry.database.statement-within", "PT2S",
                    "consentry.database.answer-within", "PT3S");
        }
    }

    /** What the network does to one transaction: the first that runs a statement with the text that is named with it. */
    public enum Cut {
        /** The connection breaks when that statement is sent; the server undoes what came before. */
        BEFORE_COMMIT,
        /** The connection breaks when COMMIT is sent; it does not arrive. */
        COMMIT_LOST,
        /** COMMIT arrives and is carried out; the connection breaks before the answer passes. */
        ANSWER_LOST,
        /** COMMIT arrives and is carried out; nothing passes any more, and nobody closes the connection. */
        ANSWER_SWALLOWED
    }

    /** Arms the cut: the next transaction that runs a statement with this text, in lower case, is cut; one, and no other. */
    public static void cut(Cut cut, String sql) {
        System.setProperty(Mode.KEY, cut + " " + sql);
    }

    /** The same of a statement that has this identifier among its values, so that what goes on beside the test is not cut instead. */
    public static void cut(Cut cut, String sql, UUID of) {
        System.setProperty(Mode.KEY, cut + " " + sql + Mode.OF + of);
    }

    /** Whether the cut that was armed has been made. */
    public static boolean hasCut() {
        return Mode.now().equals(Mode.PASSES);
    }

    /** From now on every connection is closed, and every new one at once: the database is down. */
    public static void goDown() {
        System.setProperty(Mode.KEY, Mode.DOWN);
    }

    /** From now on nothing passes in any connection, and none is closed: somebody pulled the cable. */
    public static void goSilent() {
        System.setProperty(Mode.KEY, Mode.SILENT);
    }

    /** Everything passes again. */
    public static void heal() {
        System.setProperty(Mode.KEY, Mode.PASSES);
    }

    /** How the network is, beside the cuts. */
    static final class Mode {
        static final String PASSES = "";
        static final String DOWN = "down";
        static final String SILENT = "silent";
        static final String OF = " of ";

        private static final String KEY = "test-ground.database-proxy";

        private Mode() {}

        static String now() {
            return System.getProperty(KEY, PASSES);
        }

        /** Whether it was this one that took a cut to make. */
        static boolean take(String cut) {
            return System.getProperties().replace(KEY, cut, PASSES);
        }
    }

    private static int start() {
        try {
            var listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
            var proxy = new DatabaseProxy(listener);
            Thread.ofVirtual().name("database-proxy").start(proxy::accept);
            Thread.ofVirtual().name("database-proxy-down").start(proxy::watch);
            return listener.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                if (Mode.now().equals(Mode.DOWN)) {
                    client.close();
                    continue;
                }
                var session = new ProxiedSession(client, connect());
                sessions.add(session);
                session.run(() -> sessions.remove(session));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void watch() {
        try {
            while (!listener.isClosed()) {
                if (Mode.now().equals(Mode.DOWN)) {
                    sessions.forEach(ProxiedSession::close);
                }
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Socket connect() throws IOException {
        @Nullable String url = System.getProperty("test-ground.database.url");
        URI address = URI.create(java.util.Objects.requireNonNull(url).substring("jdbc:".length()));
        return new Socket(address.getHost(), address.getPort());
    }
}
