package io.consentry.http;

import io.netty.bootstrap.ServerBootstrap;
import io.quarkus.arc.Arc;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxServiceProvider;

/**
 * Puts {@link Connections} before every listener of the program. Vert.x has no hook of its own where a connection is accepted,
 * before a byte of TLS or HTTP was read; Netty has, and this is where Vert.x tells it how to listen. Found by the service loader.
 */
public final class GuardedTransport extends JDKTransport implements VertxServiceProvider {

    @Override
    public void init(VertxBuilder builder) {
        builder.findTransport(this);
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        super.configure(options, domainSocket, bootstrap);
        if (Arc.container() != null) { // or this is no service, but a program with our classes on its path
            bootstrap.handler(Arc.container().instance(Connections.class).get().door());
        }
    }
}
