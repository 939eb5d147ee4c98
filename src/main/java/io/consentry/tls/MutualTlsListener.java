package io.consentry.tls;

import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A second listener for clients that come with certificates (RFC 8705 §5), on a port of its own, so that no resident's browser
 * is ever asked for one. It has the certificate, the protocols and the limits of the service's own listener, and leads to
 * the endpoints that clients call and to nothing else.
 */
@ApplicationScoped
class MutualTlsListener implements HttpServerOptionsCustomizer {

    /** Of the configuration that {@code quarkus.http.tls-configuration-name} names. */
    private static final String SERVICE = "service";

    private static final int BEFORE_THE_BODY = 850;

    private final MutualTls mutual;
    private final Vertx vertx;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    MutualTlsListener(MutualTls mutual, Vertx vertx) {
        this.mutual = mutual;
        this.vertx = vertx;
    }

    /** Called once, before the service's own listener opens: returns when this one is open too, or the start fails. */
    @Override
    public void customizeHttpsServer(HttpServerOptions service) {
        mutual.port()
                .ifPresent(port -> open(new HttpServerOptions(service)
                        .setPort(port)
                        .setClientAuth(ClientAuth.REQUEST)
                        .setTrustOptions(anyCertificate())));
    }

    private void open(HttpServerOptions options) {
        vertx.deployVerticle(
                        () -> new Listener(options),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static TrustOptions anyCertificate() {
        return TrustOptions.wrap(new AnyCertificate());
    }

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    if (mutual.isHere(context.request()) && !isForClients(context)) {
                        context.fail(404);
                    } else {
                        context.next();
                    }
                },
                BEFORE_THE_BODY);
    }

    /** Everything under the issuer but what people's browsers open. */
    private static boolean isForClients(RoutingContext context) {
        String path = context.normalizedPath();
        return path.startsWith("/fapi/") && !path.startsWith("/fapi/auth");
    }

    /** The service's certificate was renewed on disk; this listener shows the new one as well. */
    void renew(@Observes CertificateUpdatedEvent event) {
        if (event.name().equals(SERVICE)) {
            SSLOptions options = event.tlsConfiguration().getSSLOptions().setTrustOptions(anyCertificate());
            servers.forEach(server -> server.updateSSLOptions(options));
        }
    }

    /** One on each event loop, as the service's own; they share the port. */
    private final class Listener extends AbstractVerticle {

        private final HttpServerOptions options;

        private Listener(HttpServerOptions options) {
            this.options = options;
        }

        @Override
        public void start(Promise<Void> started) {
            HttpServer server = vertx.createHttpServer(options).requestHandler(VertxHttpRecorder.getRootHandler());
            servers.add(server);
            server.listen().<Void>mapEmpty().onComplete(started);
        }
    }
}
