package io.consentry.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** One TCP connection to the service under test, on which exactly what a test says is sent. */
public final class RawConnection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) PATIENCE.toMillis());
    }

    /** To the service on the loopback interface. */
    public static RawConnection open() throws IOException {
        return to(InetAddress.getLoopbackAddress());
    }

    /** To the service by another address of this machine, from which the call then comes. */
    public static RawConnection to(InetAddress address) throws IOException {
        return new RawConnection(new Socket(address, URI.create(Service.base()).getPort()));
    }

    /** To the port of health and metrics. */
    public static RawConnection toManagement() throws IOException {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    public RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** All that comes until the other side closes; it must, within the patience of a test. */
    public String untilClosed() throws IOException {
        var all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection was left open after: " + all, e);
        } catch (SocketException e) {
            // reset: closed as well
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** The headers of the next answer. */
    public String nextHeaders() throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int one = socket.getInputStream().read();
            if (one < 0) {
                throw new AssertionError("closed after: " + head);
            }
            head.append((char) one);
        }
        return head.toString();
    }

    /** Whether the other side still holds it open. */
    public boolean isOpen() throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (SocketException e) {
            return false;
        } finally {
            socket.setSoTimeout((int) PATIENCE.toMillis());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
