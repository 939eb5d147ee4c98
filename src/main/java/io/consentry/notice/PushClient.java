package io.consentry.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentry.client.OutwardAddress;
import io.consentry.kernel.OutsideTransaction;
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
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Pushes one token to the address of a client's choice (RFC 8935 §2.1): within the time that the settings give from the
 * connection to the last byte, at most 64 KB of an answer, no redirects. Outside the sandbox the connection goes by https to
 * a public address only, and to the very one that was checked.
 */
@ApplicationScoped
class PushClient {

    private static final int LARGEST_BYTES = 64 * 1024;
    private static final int CONNECT_MILLIS = 1_000;

    private final HttpClient http;
    private final ObjectMapper json;
    private final NoticeSettings settings;
    private final boolean publicOnly;

    PushClient(Vertx vertx, ObjectMapper json, NoticeSettings settings, Settings service) {
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(Dispatcher.AT_ONCE)
                .setTracingPolicy(TracingPolicy.IGNORE));
        this.json = json;
        this.settings = settings;
        this.publicOnly = !service.isSandbox();
    }

    private record Answer(int status, Buffer body) {}

    /** Blocks until there is an answer or none is waited for any more. */
    PushResult push(Receiver.Push receiver, String token) {
        OutsideTransaction.require("a receiver of events");
        var request = new AtomicReference<@Nullable HttpClientRequest>();
        var givenUp = new AtomicBoolean();
        try {
            InetAddress address = OutwardAddress.checked(receiver.endpoint(), publicOnly);
            Answer answer = http.request(options(receiver, address))
                    .compose(open -> {
                        request.set(open);
                        if (givenUp.get()) { // the connection came late, after others that were waited for
                            open.reset();
                            return Future.failedFuture("given up");
                        }
                        return open.send(Buffer.buffer(token));
                    })
                    .compose(PushClient::read)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(settings.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
            return judge(answer);
        } catch (IOException | ExecutionException | TimeoutException e) {
            return new PushResult.Unanswered();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new PushResult.Unanswered();
        } finally {
            givenUp.set(true);
            HttpClientRequest sent = request.get();
            if (sent != null) {
                sent.reset(); // nothing when the answer is complete
            }
        }
    }

    private static RequestOptions options(Receiver.Push receiver, InetAddress to) {
        URI endpoint = receiver.endpoint();
        boolean https = "https".equals(endpoint.getScheme());
        int port = endpoint.getPort() >= 0 ? endpoint.getPort() : https ? 443 : 80;
        String path = endpoint.getRawPath().isEmpty() ? "/" : endpoint.getRawPath();
        String query = endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery();
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(to, port)))
                .setHost(endpoint.getHost())
                .setPort(port)
                .setSsl(https)
                .setURI(path + query)
                .setFollowRedirects(false)
                .putHeader("Content-Type", "application/secevent+jwt")
                .putHeader("Accept", "application/json");
        receiver.authorization().ifPresent(secret -> options.putHeader("Authorization", secret.value()));
        return options;
    }

    private static Future<Answer> read(HttpClientResponse response) {
        if (response.statusCode() == 202) {
            response.exceptionHandler(cutOff -> {});
            return Future.succeededFuture(new Answer(202, Buffer.buffer())); // what else it says does not matter
        }
        Promise<Answer> complete = Promise.promise();
        var body = Buffer.buffer();
        response.exceptionHandler(complete::tryFail);
        response.handler(chunk -> {
            if (body.length() + chunk.length() > LARGEST_BYTES) {
                complete.tryFail("more than " + LARGEST_BYTES + " bytes");
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.endHandler(end -> complete.tryComplete(new Answer(response.statusCode(), body)));
        return complete.future();
    }

    private PushResult judge(Answer answer) {
        return switch (answer.status()) {
            case 202 -> new PushResult.Accepted();
            case 400 -> rejected(answer.body());
            default -> new PushResult.Unclear(answer.status());
        };
    }

    /** RFC 8935 §2.3: JSON with {@code err}; anything else is no verdict. */
    private PushResult rejected(Buffer body) {
        try {
            JsonNode error = json.readTree(body.getBytes()).path("err");
            return error.isTextual()
                    ? new PushResult.Rejected(ReceiverError.ofWire(error.textValue()))
                    : new PushResult.Unclear(400);
        } catch (JsonProcessingException e) {
            return new PushResult.Unclear(400);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can always be read", e);
        }
    }
}
