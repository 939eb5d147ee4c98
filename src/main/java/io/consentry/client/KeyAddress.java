package io.consentry.client;

import com.nimbusds.jose.jwk.JWKSet;
import io.consentry.kernel.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a client's keys from the address that it registered: 3 s at most from the first to the last byte, 64 KB and 16 keys at most,
 * no redirects.
 *
 * <p>The address is the client's choice, so that it must not become a way to speak to our own network: outside the sandbox
 * it is https, and its host has public addresses only. The name is resolved once, and the connection goes to the address that
 * was checked, so that a name which changes its mind in between gains nothing; the certificate must be for the name.
 */
@ApplicationScoped
class KeyAddress {

    static final int LARGEST_BYTES = 64 * 1024;
    private static final long LIMIT_MILLIS = 3_000;
    private static final int CONNECT_MILLIS = 1_000;
    private static final Executor RESOLVING =
            task -> Thread.ofVirtual().name("resolve-jwks-uri").start(task);

    private final HttpClient http;
    private final boolean publicOnly;
    private final Resolver resolver;

    @Inject
    KeyAddress(Vertx vertx, Settings settings) {
        this(vertx, !settings.isSandbox(), InetAddress::getAllByName);
    }

    KeyAddress(Vertx vertx, boolean publicOnly, Resolver resolver) {
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(4)
                .setMaxWaitQueueSize(64)
                .setTracingPolicy(TracingPolicy.IGNORE));
        this.publicOnly = publicOnly;
        this.resolver = resolver;
    }

    /** From a name to its addresses: DNS, unless a test says otherwise. */
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** The key set at the address; an exception that says why there is none to be had. */
    JWKSet fetch(URI address) throws IOException {
        var request = new AtomicReference<@Nullable HttpClientRequest>();
        CompletableFuture<Buffer> answer = CompletableFuture.supplyAsync(() -> checked(address), RESOLVING)
                .thenCompose(to -> get(address, to, request).toCompletionStage());
        try {
            return bounded(
                    JWKSet.parse(answer.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS).toString(StandardCharsets.UTF_8)));
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + LIMIT_MILLIS + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? "no answer" : e.getCause().getMessage(), e);
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException("what is there is no JWK set", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            HttpClientRequest sent = request.get();
            if (sent != null) {
                sent.reset(); // nothing when the answer is complete
            }
        }
    }

    private static JWKSet bounded(JWKSet keys) throws IOException {
        if (keys.size() > ClientKeys.MOST) {
            throw new IOException("more than " + ClientKeys.MOST + " keys");
        }
        return keys;
    }

    private Future<Buffer> get(URI address, InetAddress to, AtomicReference<@Nullable HttpClientRequest> request) {
        boolean https = "https".equals(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : https ? 443 : 80;
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return http.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(to, port)))
                        .setHost(address.getHost())
                        .setPort(port)
                        .setSsl(https)
                        .setURI(path + query)
                        .setFollowRedirects(false)
                        .putHeader("Accept", "application/jwk-set+json, application/json"))
                .compose(open -> {
                    request.set(open);
                    return open.send();
                })
                .compose(KeyAddress::body);
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        Promise<Buffer> complete = Promise.promise();
        response.exceptionHandler(complete::tryFail);
        if (response.statusCode() != 200) {
            return Future.failedFuture("status " + response.statusCode());
        }
        Buffer all = Buffer.buffer();
        response.handler(chunk -> {
            if (all.length() + chunk.length() > LARGEST_BYTES) {
                complete.tryFail("more than " + LARGEST_BYTES + " bytes");
            } else {
                all.appendBuffer(chunk);
            }
        });
        response.endHandler(end -> complete.tryComplete(all));
        return complete.future();
    }

    private InetAddress checked(URI address) {
        try {
            InetAddress[] all = resolver.addresses(address.getHost());
            if (publicOnly
                    && !("https".equals(address.getScheme())
                            && Arrays.stream(all).allMatch(KeyAddress::isPublic))) {
                throw new CompletionException(new IOException("keys are fetched by https from public addresses only"));
            }
            return all[0];
        } catch (UnknownHostException e) {
            throw new CompletionException(new IOException("the host is unknown", e));
        }
    }

    /**
     * Whether an address is neither of this machine nor of a private network nor set aside for something else (RFC 1918,
     * RFC 4193, RFC 3927, RFC 6598, RFC 6890), and not a private one in the clothes of IPv6 (RFC 6052, RFC 3056).
     */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && (bytes.length == 4 ? isPublicV4(bytes) : isPublicV6(bytes));
    }

    private static boolean isPublicV4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean shared = first == 100 && (second & 0xc0) == 64;
        boolean special = first == 192 && second == 0 && bytes[2] == 0;
        boolean benchmark = first == 198 && (second & 0xfe) == 18;
        return first != 0 && first < 240 && !shared && !special && !benchmark;
    }

    private static boolean isPublicV6(byte[] bytes) {
        boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc;
        boolean translated = bytes[0] == 0 && (bytes[1] & 0xff) == 0x64; // 64:ff9b::/96 and its like
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        return !uniqueLocal && !translated && !sixToFour;
    }
}
