package io.consentry.launch;

import io.consentry.database.StartRefusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** The ports that the service is to listen on. One that another program listens on is refused by the name of its setting. */
record LaunchPorts(LaunchSettings launch) {

    private static final String MANAGEMENT_PORT = "quarkus.management.port";
    private static final String SERVICE_HOST = "quarkus.http.host";

    /** From the port of the service to that of health and metrics, so that two services do not clash: 8080, 9000. */
    private static final int MANAGEMENT_OFFSET = 920;

    private static final int LARGEST = 65_535;

    /** The port of the service. */
    int service() {
        return launch.number("quarkus.http.port").orElse(launch.settings().port());
    }

    void claim() {
        refuseBusy(SERVICE_HOST, service(), "CONSENTRY_PORT");
        int management = launch.number(MANAGEMENT_PORT)
                .orElse(launch.settings().managementPort().orElse(service() + MANAGEMENT_OFFSET));
        refuseBusy("quarkus.management.host", management, "CONSENTRY_MANAGEMENT_PORT");
        LaunchSettings.decide(MANAGEMENT_PORT, Integer.toString(management));
    }

    void claimMutualTls(int port) {
        refuseBusy(SERVICE_HOST, port, "CONSENTRY_MTLS_PORT");
    }

    private void refuseBusy(String hostSetting, int port, String setting) {
        String host = launch.now(hostSetting).isEmpty() ? "127.0.0.1" : launch.now(hostSetting);
        if (port < 0 || port > LARGEST) {
            throw new StartRefusal(setting + " is " + port + ", which is not a port.");
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            probe.setReuseAddress(true);
        } catch (UnknownHostException e) {
            throw new StartRefusal("The host " + host + " is unknown here.");
        } catch (IOException e) {
            throw new StartRefusal("Port " + port + " of " + host + " is in use or not allowed (" + e.getMessage()
                    + "). Set " + setting + " to another.");
        }
    }
}
