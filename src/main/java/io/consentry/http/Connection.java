package io.consentry.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * One connection, and what it keeps us waiting for. First in its pipeline, so that it counts the bytes of a handshake as well. All
 * but the questions of {@link Connections} happens on its event loop.
 */
final class Connection extends ChannelInboundHandlerAdapter {

    private static final AttributeKey<Connection> KEY = AttributeKey.valueOf(Connection.class, "connection");

    private final InetAddress address;
    private final Channel channel;
    private final HttpSettings settings;
    private final Refusals refusals;
    private int openRequests;
    private volatile Awaited awaited = Awaited.HEADERS;
    private volatile long since = System.nanoTime();

    Connection(InetAddress address, Channel channel, HttpSettings settings, Refusals refusals) {
        this.address = address;
        this.channel = channel;
        this.settings = settings;
        this.refusals = refusals;
        channel.attr(KEY).set(this);
    }

    private enum Awaited {
        /** A handshake, a request's headers: something of it may have come. */
        HEADERS,
        /** The first byte of the next request. */
        NEXT,
        /** Our answer, and that the caller takes it; the body of a request has a deadline of its own. */
        ANSWER
    }

    /** The one that a request came by; empty for what never came by a listener of ours. */
    static Optional<Connection> of(HttpConnection connection) {
        return connection instanceof ConnectionBase base
                ? Optional.ofNullable(base.channel().attr(KEY).get())
                : Optional.empty();
    }

    /** The headers of a request are complete. */
    void requestBegins() {
        openRequests++;
        await(Awaited.ANSWER);
    }

    /** A request is answered, or given up. */
    void requestEnds() {
        openRequests--;
        if (openRequests == 0) {
            await(Awaited.NEXT);
        }
    }

    InetAddress address() {
        return address;
    }

    /** Whether no request of its is open. */
    boolean isSilent() {
        return awaited != Awaited.ANSWER;
    }

    /** Since when it has been waited for, by {@link System#nanoTime}. */
    long since() {
        return since;
    }

    void close() {
        channel.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        Messages.watch(channel.pipeline(), refusals);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (awaited == Awaited.NEXT) {
            await(Awaited.HEADERS);
        }
        context.fireChannelRead(message);
    }

    /** Whether it has been waited for as long as is allowed. */
    boolean isOverdue() {
        Duration allowed = switch (awaited) {
            case HEADERS -> settings.headerDeadline();
            case NEXT -> settings.idleTimeout();
            case ANSWER -> settings.answerDeadline();
        };
        return System.nanoTime() - since > allowed.toNanos();
    }

    private void await(Awaited what) {
        since = System.nanoTime(); // before the other, or a look in between finds a fresh wait overdue
        awaited = what;
    }
}
