package io.consentry.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * From names to addresses, without anybody waiting longer than they want to: the JDK's look-up can be neither interrupted nor
 * given a limit. It blocks the thread in native code, which of virtual threads would take the few carriers from everybody
 * else; so it has threads of its own, and of one name, one at most.
 */
final class Names {

    private static final int THREADS = 16;
    private static final int WAITING = 256;
    private static final long IDLE_SECONDS = 10;

    private final Resolver resolver;
    private final Map<String, CompletableFuture<InetAddress[]>> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("outbound-names-", 0).factory());

    Names(Resolver resolver) {
        this.resolver = resolver;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Asks for the addresses of a name: DNS, unless a test says otherwise. */
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** Fails with an {@link IOException} that says why there is no address. */
    CompletableFuture<InetAddress[]> addresses(String host) {
        try {
            CompletableFuture<InetAddress[]> found =
                    underWay.computeIfAbsent(host, name -> CompletableFuture.supplyAsync(() -> ask(name), threads));
            return found.whenComplete((addresses, failure) -> underWay.remove(host, found));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new IOException("too many names are being looked up", e));
        }
    }

    private InetAddress[] ask(String host) {
        try {
            return resolver.addresses(host);
        } catch (UnknownHostException e) {
            throw new CompletionException(new IOException("the host is unknown", e));
        }
    }
}
