package io.consentry.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses are public: neither of this machine nor of a private network nor set aside for something else, by the
 * registries of special-purpose addresses (RFC 6890), and not a private one in the clothes of IPv6.
 */
final class PublicAddress {

    private static final List<Network> SPECIAL_V4 = List.of(
            Network.of("0.0.0.0/8"), // this host and network (RFC 791 §3.2)
            Network.of("10.0.0.0/8"), // private (RFC 1918)
            Network.of("100.64.0.0/10"), // shared, between a carrier and its customers (RFC 6598)
            Network.of("127.0.0.0/8"), // this machine (RFC 1122 §3.2.1.3)
            Network.of("169.254.0.0/16"), // this link, where clouds keep their metadata (RFC 3927)
            Network.of("172.16.0.0/12"), // private (RFC 1918)
            Network.of("192.0.0.0/24"), // protocol assignments (RFC 6890 §2.1)
            Network.of("192.0.2.0/24"), // documentation, and the next two such (RFC 5737)
            Network.of("198.51.100.0/24"),
            Network.of("203.0.113.0/24"),
            Network.of("192.88.99.0/24"), // once the relays of 6to4 (RFC 7526)
            Network.of("192.168.0.0/16"), // private (RFC 1918)
            Network.of("198.18.0.0/15"), // benchmarks (RFC 2544)
            Network.of("224.0.0.0/4"), // multicast (RFC 5771)
            Network.of("240.0.0.0/4")); // reserved, and the broadcast (RFC 1112 §4, RFC 8190)

    /** All that was ever given out; loopback, unique-local, link-local, multicast and NAT64 (RFC 6052) lie outside. */
    private static final Network GLOBAL_V6 = Network.of("2000::/3");

    private static final List<Network> SPECIAL_V6 = List.of(
            Network.of("2001::/23"), // protocol assignments, Teredo among them (RFC 2928, RFC 4380)
            Network.of("2001:db8::/32"), // documentation (RFC 3849)
            Network.of("2002::/16"), // 6to4, with an IPv4 address inside (RFC 3056)
            Network.of("3fff::/20")); // documentation (RFC 9637)

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? SPECIAL_V4.stream().noneMatch(each -> each.contains(bytes))
                : GLOBAL_V6.contains(bytes) && SPECIAL_V6.stream().noneMatch(each -> each.contains(bytes));
    }

    /** The addresses of one length that begin with the same bits. */
    private record Network(byte[] begin, int bits) {

        /** From CIDR notation, {@code 10.0.0.0/8}. */
        static Network of(String cidr) {
            String[] parts = cidr.split("/", 2);
            try {
                return new Network(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(cidr + " is no network", e);
            }
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                if (((address[bit / 8] ^ begin[bit / 8]) & (0x80 >> (bit % 8))) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
