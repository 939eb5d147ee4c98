package io.consentry.verify;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/**
 * A log at a public address, which may be a hostile one: it is led nowhere else, waits for nobody for long, and takes no more than is
 * asked for, compressed or not.
 *
 * <p>By the JDK's older client: for tens of thousands of small files it takes about two thirds of the processor time of the newer one.
 */
final class HttpLog implements LogSource, AutoCloseable {

    private final URI base;
    private final Duration patience;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What came; the content is read for 200 alone. */
    private record Answer(int status, byte[] content) {}

    /**
     * Below an http or https address.
     *
     * @param patience how long a file may take, from the request to its last byte
     */
    HttpLog(URI base, Duration patience) {
        this.base = URI.create(base.toString().replaceAll("/+$", ""));
        this.patience = patience;
    }

    @Override
    public Optional<byte[]> read(String path, int most) {
        URI address = URI.create(base + "/" + path).normalize();
        Answer answer = inTime(address, most);
        return switch (answer.status()) {
            case 200 -> Optional.of(answer.content());
            case 404, 410 -> Optional.empty();
            case 301, 302, 303, 307, 308 ->
                throw new UnreachableException(address + " leads elsewhere (" + answer.status()
                        + "), and redirects are not followed. Give the address that serves the log itself.");
            default -> throw new UnreachableException(address + " answered " + answer.status() + ".");
        };
    }

    /** A thread of its own, which is interrupted and so loses its connection when the time is over, whatever it waits for. */
    private Answer inTime(URI address, int most) {
        Future<Answer> answer = threads.submit(() -> get(address, most));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new UnreachableException(address + " took longer than " + patience.toSeconds() + " s.", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new UnreachableException(address + " was not waited for.", e);
        } catch (ExecutionException e) {
            throw new UnreachableException(
                    address + " could not be read: " + reason(Objects.requireNonNullElse(e.getCause(), e)), e);
        }
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ", " + message) + ".";
    }

    private Answer get(URI address, int most) throws IOException {
        var connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        // Later than whoever waits gives up, so that one of the two decides, and says the same each time.
        int backstop = (int) patience.plusSeconds(1).toMillis();
        connection.setConnectTimeout(backstop);
        connection.setReadTimeout(backstop);
        connection.setRequestProperty("Accept-Encoding", "gzip, identity");
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            connection.disconnect();
            return new Answer(status, new byte[0]);
        }
        String coding = Optional.ofNullable(connection.getContentEncoding())
                .orElse("identity")
                .toLowerCase(Locale.ROOT);
        if (!coding.equals("identity") && !coding.equals("gzip")) {
            connection.disconnect();
            throw new IOException("it came in a coding that was not asked for: " + coding);
        }
        byte[] content;
        try (InputStream body = connection.getInputStream();
                InputStream plain = coding.equals("gzip") ? new GZIPInputStream(body) : body) {
            content = plain.readNBytes(most + 1);
            if (content.length > most) {
                // To close it would read on, in the hope of using the connection again.
                connection.disconnect();
            }
        }
        return new Answer(status, content);
    }

    @Override
    public String name() {
        return base.toString();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
