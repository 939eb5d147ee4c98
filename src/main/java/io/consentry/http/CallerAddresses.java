package io.consentry.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From where a request comes: the connection's peer, or what a named proxy says in {@code Forwarded} (RFC 7239 §4) or, without
 * that, {@code X-Forwarded-For}. Of a chain, the last address that is no named proxy counts: what stands before it was written by
 * whoever is there.
 */
@ApplicationScoped
class CallerAddresses {

    private static final Pattern FOR = Pattern.compile("(?i)(?:^|[;,])\\s*for=\"?\\[?([^\"\\],;\\s]+)");
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):[0-9]+|\\[([^\\]]+)](?::[0-9]+)?");
    private static final int NETWORK_BYTES = 8;

    private final Proxies proxies;

    CallerAddresses(Proxies proxies) {
        this.proxies = proxies;
    }

    /**
     * The address, or of IPv6 its network of 64 bits, which is what one household or machine is given; empty for a request of a
     * named proxy that names nobody, such as its look whether we are there.
     */
    Optional<InetAddress> of(HttpServerRequest request) {
        InetAddress peer = InetAddress.ofLiteral(request.remoteAddress().hostAddress());
        return (proxies.areNamed(peer) ? forwarded(request) : Optional.of(peer)).map(CallerAddresses::network);
    }

    private Optional<InetAddress> forwarded(HttpServerRequest request) {
        for (String text : chain(request).reversed()) {
            Optional<InetAddress> one = parse(text);
            if (one.filter(proxies::areNamed).isEmpty()) {
                return one;
            }
        }
        return Optional.empty();
    }

    private static List<String> chain(HttpServerRequest request) {
        List<String> forwarded = request.headers().getAll("Forwarded");
        return forwarded.isEmpty()
                ? request.headers().getAll("X-Forwarded-For").stream()
                        .flatMap(line -> Arrays.stream(line.split(",")))
                        .toList()
                : forwarded.stream()
                        .flatMap(line -> FOR.matcher(line).results().map(found -> found.group(1)))
                        .toList();
    }

    private static Optional<InetAddress> parse(String text) {
        Matcher port = WITH_PORT.matcher(text.strip());
        String address = !port.matches() ? text.strip() : port.group(1) == null ? port.group(2) : port.group(1);
        try {
            return Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address keeps its length", e);
        }
    }
}
