package io.consentry.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * An address of a client's choice that this service connects to. It must not become a way to speak to our own network:
 * outside the sandbox it is https, and its host has public addresses only.
 *
 * <p>Whoever connects does so to the {@link #checked} address and not to the name, which may have changed its mind since.
 */
public final class OutwardAddress {

    private OutwardAddress() {}

    /** What is wrong with an address at registration, in words that finish "it must …"; empty when it is fine. */
    public static Optional<String> fault(URI uri, boolean publicOnly) {
        if (uri.getRawFragment() != null) {
            return Optional.of("have no fragment");
        }
        return publicOnly && "http".equals(uri.getScheme())
                ? Optional.of("be an https address")
                : RedirectUris.httpFault(uri);
    }

    /** Resolves the host, once; throws when an address among its own is not one to connect to. */
    public static InetAddress checked(URI uri, boolean publicOnly) throws IOException {
        InetAddress[] all = resolve(uri.getHost());
        if (publicOnly
                && !("https".equals(uri.getScheme()) && Arrays.stream(all).allMatch(KeyAddress::isPublic))) {
            throw new IOException("only https to public addresses is connected to");
        }
        return all[0];
    }

    private static InetAddress[] resolve(String host) throws IOException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("the host is unknown", e);
        }
    }
}
