package io.consentry.outbound;

import io.consentry.kernel.OutsideTransaction;
import io.consentry.kernel.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks at an address that somebody else chose.
 *
 * <p>Outside the sandbox it is https, and its host has public addresses only. The name is resolved once, and the connection
 * goes to the first of the addresses checked that takes one, so that a name which changes its mind in between gains nothing;
 * the certificate must be for the name. No redirect is followed. One limit of time holds for all of it, the look-up of the
 * name included, and after it nothing is sent any more: neither by a name that was found late nor on a connection that came
 * late.
 *
 * <p>It does not guarantee that what was not answered did not arrive.
 */
@ApplicationScoped
public class Outbound {

    /** Connections to one address at the same time; more requests wait for one, within their own limit of time. */
    static final int AT_ONCE = 16;

    private static final int WAITING = 64;
    private static final int CONNECT_MILLIS = 1_000;

    private final HttpClient http;
    private final Names names;
    private final boolean publicOnly;

    @Inject
    Outbound(Vertx vertx, Settings settings) {
        this(vertx, !settings.isSandbox(), InetAddress::getAllByName);
    }

    Outbound(Vertx vertx, boolean publicOnly, Names.Resolver resolver) {
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(AT_ONCE)
                .setMaxWaitQueueSize(WAITING)
                .setTracingPolicy(TracingPolicy.IGNORE));
        this.names = new Names(resolver);
        this.publicOnly = publicOnly;
    }

    /** Blocks until there is an answer or none is waited for any more; an exception says why there is none. */
    public OutboundAnswer send(OutboundRequest request) throws IOException {
        OutsideTransaction.require("an address that somebody else chose");
        long millis = request.limits().within().toMillis();
        var exchange = new Exchange(http, request);
        CompletableFuture<OutboundAnswer> answer = names.addresses(
                        request.address().getHost())
                .thenApply(all -> checked(request.address(), all))
                .thenCompose(exchange::with);
        try {
            return answer.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + millis + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? "no answer" : e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            exchange.end();
        }
    }

    private List<InetAddress> checked(URI address, InetAddress[] all) {
        if (publicOnly
                && !("https".equals(address.getScheme()) && Arrays.stream(all).allMatch(PublicAddress::is))) {
            throw new CompletionException(new IOException("only https to public addresses is connected to"));
        }
        return List.of(all);
    }
}
