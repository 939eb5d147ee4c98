package io.consentry.outbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One request and its answer. What was not sent when it ends is never sent, and what is on its way is cut off. */
final class Exchange {

    private final HttpClient http;
    private final OutboundRequest request;
    private boolean ended;
    private @Nullable HttpClientRequest sent;

    Exchange(HttpClient http, OutboundRequest request) {
        this.http = http;
        this.request = request;
    }

    CompletionStage<OutboundAnswer> with(List<InetAddress> addresses) {
        return connect(addresses.iterator()).compose(this::send).toCompletionStage();
    }

    /** To the first that takes a connection: one that refuses it, is silent or cannot be reached from here has been sent nothing. */
    private Future<HttpClientRequest> connect(Iterator<InetAddress> addresses) {
        if (hasEnded()) {
            return Future.failedFuture("the host was found too late");
        }
        Future<HttpClientRequest> first = http.request(options(addresses.next()));
        return first.recover(failure -> failure instanceof SocketException && addresses.hasNext()
                ? connect(addresses)
                : Future.failedFuture(failure));
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    /**
     * In the same lock as {@link #end}: either it is sent before the end, or not at all. Who reads is there before anything is sent: an
     * answer without a body has ended by the time that a reader who comes later looks at it.
     */
    private synchronized Future<OutboundAnswer> send(HttpClientRequest connected) {
        connected.exceptionHandler(
                cutOff -> {}); // whoever waits is told by the answer; without this Vert.x logs it as an error
        if (ended) {
            connected.reset();
            return Future.failedFuture("connected too late");
        }
        sent = connected;
        Future<OutboundAnswer> answer = connected.response().compose(this::read);
        return request.body().map(connected::send).orElseGet(connected::send).compose(begun -> answer);
    }

    synchronized void end() {
        ended = true;
        if (sent != null) {
            sent.reset(); // nothing when the answer is complete
        }
    }

    private RequestOptions options(InetAddress to) {
        URI address = request.address();
        boolean https = "https".equals(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : https ? 443 : 80;
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        var options = new RequestOptions()
                .setMethod(request.body().isPresent() ? HttpMethod.POST : HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(to, port)))
                .setHost(address.getHost())
                .setPort(port)
                .setSsl(https)
                .setURI(path + query)
                .setFollowRedirects(false);
        request.headers().forEach(options::putHeader);
        return options;
    }

    private Future<OutboundAnswer> read(HttpClientResponse response) {
        if (response.statusCode() != request.bodyOf()) {
            response.exceptionHandler(cutOff -> {});
            return Future.succeededFuture(new OutboundAnswer(response.statusCode(), ""));
        }
        Promise<OutboundAnswer> complete = Promise.promise();
        Buffer body = Buffer.buffer();
        int largest = request.limits().bytes();
        response.exceptionHandler(complete::tryFail);
        response.handler(chunk -> {
            if (body.length() + chunk.length() > largest) {
                complete.tryFail("more than " + largest + " bytes");
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.endHandler(end ->
                complete.tryComplete(new OutboundAnswer(response.statusCode(), body.toString(StandardCharsets.UTF_8))));
        return complete.future();
    }
}
