package io.consentry.client;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLConnection;
import java.util.Arrays;

/**
 * Fetches a client's keys from the address that it registered: 3 s at most, 64 KB at most, no redirects.
 *
 * <p>The address is the client's choice, so that it must not become a way to speak to our own network: outside the sandbox
 * it is https, and its host has public addresses only. What this does not guard against is a name that resolves to another
 * address between the check and the connection; TLS, with a certificate for that name, stands in the way of that.
 */
final class KeyAddress extends DefaultResourceRetriever {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = 2_000;
    private static final int LARGEST_BYTES = 64 * 1024;

    private final boolean publicOnly;

    KeyAddress(boolean publicOnly) {
        super(CONNECT_MILLIS, READ_MILLIS, LARGEST_BYTES);
        this.publicOnly = publicOnly;
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL address) throws IOException {
        if (publicOnly && !(address.getProtocol().equals("https") && isPublic(address.getHost()))) {
            throw new IOException("keys are fetched by https from public addresses only");
        }
        HttpURLConnection connection = super.openHTTPConnection(address);
        connection.setInstanceFollowRedirects(false);
        return connection;
    }

    @Override
    protected URLConnection openFileConnection(URL address) throws IOException {
        throw new IOException("keys are not fetched from files");
    }

    /** Whether none of a host's addresses is of this machine or of a private network (RFC 1918, RFC 4193, RFC 3927). */
    static boolean isPublic(String host) throws IOException {
        return Arrays.stream(InetAddress.getAllByName(host)).noneMatch(KeyAddress::isOwn);
    }

    private static boolean isOwn(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean sharedOrZero = bytes.length == 4
                && (bytes[0] == 0 || ((bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64)); // RFC 6598
        return uniqueLocal
                || sharedOrZero
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }
}
