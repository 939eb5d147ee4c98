package io.consentry.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The proxies that the operator named, by address or by network. */
@ApplicationScoped
class Proxies {

    private final List<IpSubnetFilterRule> networks;

    Proxies(HttpSettings settings) {
        this.networks = settings.proxies().orElse(List.of()).stream()
                .map(Proxies::network)
                .toList();
    }

    boolean areNamed(InetAddress address) {
        var peer = new InetSocketAddress(address, 0);
        return networks.stream().anyMatch(network -> network.matches(peer));
    }

    private static IpSubnetFilterRule network(String text) {
        String address = text.strip().replaceFirst("/.*", "");
        try {
            InetAddress known = InetAddress.ofLiteral(address);
            int bits = text.contains("/")
                    ? Integer.parseInt(text.strip().substring(address.length() + 1))
                    : known.getAddress().length * Byte.SIZE;
            return new IpSubnetFilterRule(known, bits, IpFilterRuleType.ACCEPT);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("CONSENTRY_HTTP_PROXIES names " + text + ", which is no address"
                    + " (192.0.2.1) and no network (192.0.2.0/24).");
        }
    }
}
