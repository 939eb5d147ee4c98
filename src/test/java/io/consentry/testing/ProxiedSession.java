package io.consentry.testing;

import io.consentry.testing.DatabaseProxy.Cut;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.UUID;

/** One connection through the {@link DatabaseProxy}. */
final class ProxiedSession {

    private final Socket client;
    private final Socket server;
    private String doomed = "";
    private volatile boolean deaf;
    private volatile boolean closesOnAnswer;

    ProxiedSession(Socket client, Socket server) throws IOException {
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void run(Runnable atTheEnd) {
        Thread.ofVirtual().start(() -> {
            try {
                requests();
            } catch (IOException e) {
                // one side is gone, and so is the other
            } finally {
                close();
                atTheEnd.run();
            }
        });
        Thread.ofVirtual().start(() -> {
            try {
                answers();
            } catch (IOException e) {
                // as above
            } finally {
                close();
            }
        });
    }

    void close() {
        try {
            client.close();
            server.close();
        } catch (IOException e) {
            // closed is closed
        }
    }

    private void requests() throws IOException {
        var wire = new PostgresWire(client.getInputStream());
        OutputStream out = server.getOutputStream();
        while (true) {
            PostgresWire.Message message = wire.next();
            String now = awaitCable();
            if (doomed.isEmpty() && isNamed(now, message) && DatabaseProxy.Mode.take(now)) {
                doomed = now.substring(0, now.indexOf(' '));
            }
            if (isDoomed(Cut.BEFORE_COMMIT) || message.isCommit() && isDoomed(Cut.COMMIT_LOST)) {
                return;
            }
            if (message.isCommit() && !doomed.isEmpty()) {
                deaf = true;
                closesOnAnswer = isDoomed(Cut.ANSWER_LOST);
            } else if (message.endsATransaction()) {
                doomed = "";
            }
            out.write(message.bytes());
        }
    }

    private boolean isDoomed(Cut cut) {
        return doomed.equals(cut.name());
    }

    private static boolean isNamed(String fault, PostgresWire.Message message) {
        int blank = fault.indexOf(' ');
        if (blank < 0 || message.sql().isEmpty()) {
            return false;
        }
        String[] parts = fault.substring(blank + 1).split(DatabaseProxy.Mode.OF);
        return message.sql().get().contains(parts[0]) && (parts.length == 1 || message.has(UUID.fromString(parts[1])));
    }

    private String awaitCable() throws IOException {
        String now = DatabaseProxy.Mode.now();
        while (now.equals(DatabaseProxy.Mode.SILENT)) {
            if (client.isClosed()) {
                throw new IOException("closed");
            }
            pause();
            now = DatabaseProxy.Mode.now();
        }
        return now;
    }

    private void answers() throws IOException {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[16 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            awaitCable();
            if (!deaf) {
                out.write(buffer, 0, read);
            } else if (closesOnAnswer) {
                return;
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
