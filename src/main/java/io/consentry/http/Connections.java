package io.consentry.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * All connections of all listeners, counted from the moment they are accepted. Where there are too many, of all or of one
 * address, the one that has been silent longest gives way: a flood of connections that say nothing then costs those who opened
 * it. When every one of them is at work, the new one is refused.
 */
@ApplicationScoped
class Connections {

    private static final int LOOKS_PER_DEADLINE = 8;

    private final HttpSettings settings;
    private final Proxies proxies;
    private final Refusals refusals;
    private final Set<Connection> all = ConcurrentHashMap.newKeySet();
    private final Map<InetAddress, Set<Connection>> byAddress = new ConcurrentHashMap<>();

    Connections(HttpSettings settings, Proxies proxies, Refusals refusals) {
        this.settings = settings;
        this.proxies = proxies;
        this.refusals = refusals;
    }

    void watch(@Observes StartupEvent event, Vertx vertx) {
        Duration shortest = Stream.of(settings.headerDeadline(), settings.idleTimeout(), settings.answerDeadline())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        vertx.setPeriodic(Math.clamp(shortest.toMillis() / LOOKS_PER_DEADLINE, 5, 1000), tick -> closeOverdue());
    }

    /** A look at all of them from time to time costs less than a timer for each, set anew with each request. */
    private void closeOverdue() {
        all.stream().filter(Connection::isOverdue).forEach(this::dismiss);
    }

    /** Stands where connections are accepted; one for each listener. */
    ChannelHandler door() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object accepted) {
                if (admit((Channel) accepted)) {
                    context.fireChannelRead(accepted);
                } else {
                    ((Channel) accepted).unsafe().closeForcibly(); // not registered yet: it has no loop to be closed on
                }
            }
        };
    }

    private boolean admit(Channel accepted) {
        if (!(accepted.remoteAddress() instanceof InetSocketAddress peer)) {
            return false; // it is gone already
        }
        InetAddress address = CallerAddresses.network(peer.getAddress());
        boolean isCapped = !peer.getAddress().isLoopbackAddress() && !proxies.areNamed(peer.getAddress());
        if (isCapped && !makesRoom(byAddress.getOrDefault(address, Set.of()), settings.connectionsPerAddress())
                || !makesRoom(all, settings.connections())) {
            return false;
        }
        var connection = new Connection(address, accepted, settings, refusals);
        enter(connection);
        accepted.closeFuture().addListener(closed -> leave(connection));
        accepted.pipeline().addFirst(connection);
        return true;
    }

    private boolean makesRoom(Set<Connection> among, int most) {
        if (among.size() < most) {
            return true;
        }
        Optional<Connection> longestSilent =
                among.stream().filter(Connection::isSilent).min(Comparator.comparingLong(Connection::since));
        longestSilent.ifPresent(this::dismiss);
        return longestSilent.isPresent();
    }

    private void dismiss(Connection connection) {
        leave(connection); // at once, and not when it is closed: the next one is counted before that
        connection.close();
    }

    private void enter(Connection connection) {
        all.add(connection);
        byAddress.compute(connection.address(), (address, known) -> {
            Set<Connection> more = known == null ? ConcurrentHashMap.newKeySet() : known;
            more.add(connection);
            return more;
        });
    }

    private void leave(Connection connection) {
        all.remove(connection);
        byAddress.computeIfPresent(connection.address(), (address, known) -> {
            known.remove(connection);
            return known.isEmpty() ? null : known;
        });
    }
}
