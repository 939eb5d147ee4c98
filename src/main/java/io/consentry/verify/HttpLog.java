package io.consentry.verify;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/**
 * A log at a public address, which may be a hostile one: it is led nowhere else, waits for nobody for long, and takes no more than is
 * asked for, compressed or not.
 */
final class HttpLog implements LogSource, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** What gzip may add to what cannot be made smaller, with room to spare. */
    private static final int PACKING = 1024;

    private final URI base;
    private final Duration patience;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

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
        HttpResponse<byte[]> answer = get(address, most);
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(content(address, answer, most));
            case 404, 410 -> Optional.empty();
            case 301, 302, 303, 307, 308 ->
                throw new UnreachableException(address + " leads elsewhere (" + answer.statusCode()
                        + "), and redirects are not followed. Give the address that serves the log itself.");
            default -> throw new UnreachableException(address + " answered " + answer.statusCode() + ".");
        };
    }

    private HttpResponse<byte[]> get(URI address, int most) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept-Encoding", "gzip, identity")
                .timeout(patience)
                .build();
        // The time-out of a request ends with the headers of its answer; this one covers the body too.
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), most + most / 256 + PACKING));
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

    private static byte[] content(URI address, HttpResponse<byte[]> answer, int most) {
        String coding = answer.headers()
                .firstValue("Content-Encoding")
                .orElse("identity")
                .toLowerCase(Locale.ROOT);
        if (coding.equals("identity")) {
            return Arrays.copyOf(answer.body(), Math.min(answer.body().length, most + 1));
        }
        if (!coding.equals("gzip")) {
            throw new UnreachableException(address + " came in a coding that was not asked for: " + coding + ".");
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return in.readNBytes(most + 1);
        } catch (IOException e) {
            throw new UnreachableException(address + " does not unpack: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public String name() {
        return base.toString();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
