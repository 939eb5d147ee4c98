package io.consentry.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * HTTP/1.1 and nothing else. Without TLS nobody needs HTTP/2, and proxies disagree on what it means. With TLS a body that was read
 * before its resource is taken ends the request, and the framework's own context cannot be made of an HTTP/2 request that has
 * ended (Quarkus REST 3.33.2): what multiplexes stands before this service.
 */
@ApplicationScoped
class PlainHttp implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setUseAlpn(false);
    }
}
