package io.consentry.launch;

import io.consentry.database.StartRefusal;
import io.consentry.tls.LocalAuthority;
import io.consentry.tls.OwnTrust;
import io.consentry.tls.PemFiles;
import io.consentry.tls.PemIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Clock;
import java.util.Date;
import java.util.List;

/**
 * TLS as it is decided before Quarkus is there: whether, with which certificate, and at which ports. Quarkus learns of it
 * through system properties.
 */
record LaunchTls(LaunchSettings launch) {

    /** From the port of the service to that of its mutual-TLS listener: 8080, 8443. */
    private static final int MUTUAL_OFFSET = 363;

    private static final String MUTUAL_PORT = "consentry.mtls.port";
    private static final String CLIENT_AUTHORITIES = "consentry.mtls.client-authorities";
    private static final String AGENCIES = "consentry.source.agencies-url";

    /** The machine's own: there is no database yet to ask, and TLS goes by it anyway. */
    private static final Clock OWN_CLOCK = Clock.systemUTC();

    boolean isOn() {
        return isLocal()
                || launch.tls().certificate().isPresent()
                || launch.tls().key().isPresent();
    }

    private boolean isLocal() {
        return launch.tls().mode().isPresent();
    }

    /** Fails closed on what contradicts itself, and on the sandbox's own authority in production. */
    void refuseUnsafe() {
        if (isLocal() && !launch.isSandbox()) {
            throw new StartRefusal("CONSENTRY_TLS=local is for the sandbox only: in production mode"
                    + " CONSENTRY_TLS_CERTIFICATE and CONSENTRY_TLS_KEY name a certificate that clients trust.");
        }
        if (isLocal() && launch.tls().certificate().isPresent()) {
            throw new StartRefusal("CONSENTRY_TLS=local makes a certificate, and CONSENTRY_TLS_CERTIFICATE names one:"
                    + " set one of the two.");
        }
        if (launch.tls().certificate().isPresent() != launch.tls().key().isPresent()) {
            throw new StartRefusal("CONSENTRY_TLS_CERTIFICATE and CONSENTRY_TLS_KEY go together: set both or neither.");
        }
        if (!isOn() && launch.mutualTls().port().orElse(0) > 0) {
            throw new StartRefusal("CONSENTRY_MTLS_PORT needs TLS in the service itself: set CONSENTRY_TLS_CERTIFICATE"
                    + " and CONSENTRY_TLS_KEY (behind a proxy that ends TLS, mutual TLS is not supported).");
        }
        launch.chosen("consentry.base-url")
                .filter(base -> isOn() && !base.startsWith("https://"))
                .ifPresent(base -> {
                    throw new StartRefusal("With TLS on, CONSENTRY_BASE_URL must begin with https://, and is " + base);
                });
    }

    /**
     * Has Quarkus speak TLS on the service's port, and nothing else there (FAPI 2.0 §5.2.1-1); refuses a mutual-TLS port that
     * another program listens on.
     */
    void use(LaunchPorts ports) {
        if (!isOn()) {
            return;
        }
        int port = ports.service();
        PemFiles files = isLocal() ? prepared().service() : named();
        LaunchSettings.decide(
                "quarkus.tls.service.key-store.pem.own.cert",
                files.certificate().toString());
        LaunchSettings.decide(
                "quarkus.tls.service.key-store.pem.own.key", files.key().toString());
        LaunchSettings.decide("quarkus.http.tls-configuration-name", "service");
        LaunchSettings.decide("quarkus.http.ssl-port", Integer.toString(port));
        LaunchSettings.decide("quarkus.http.insecure-requests", "disabled");
        launch.decideUnlessChosen("consentry.base-url", "https://localhost:" + port);
        LaunchSettings.decide("consentry.loopback-url", "https://127.0.0.1:" + port);
        useMutual(ports);
        if (launch.isSandbox()) {
            trustOneself(isLocal() ? authority().authority() : files.certificate());
        }
    }

    private void useMutual(LaunchPorts ports) {
        int chosen = launch.mutualTls().port().orElse(ports.service() + MUTUAL_OFFSET);
        if (chosen != 0) {
            ports.claimMutualTls(chosen);
        }
        LaunchSettings.decide(MUTUAL_PORT, Integer.toString(chosen));
        if (isLocal()) {
            launch.decideUnlessChosen(
                    CLIENT_AUTHORITIES, authority().authority().toString());
        }
        launch.mutualTls()
                .clientAuthorities()
                .filter(file -> !Files.isReadable(file))
                .ifPresent(file -> {
                    throw new StartRefusal(
                            "CONSENTRY_MTLS_CLIENT_AUTHORITIES names " + file + ", which cannot be read.");
                });
    }

    /** The sandbox's bank and adapters call the service itself; what it shows them is what they trust, and nothing else. */
    private void trustOneself(Path trusted) {
        if (launch.chosen(AGENCIES).isEmpty()) {
            LaunchSettings.decide("quarkus.tls.own.trust-store.pem.certs", trusted.toString());
            // The certificate may be for a public name, while the agencies are asked for at 127.0.0.1.
            LaunchSettings.decide("quarkus.tls.own.hostname-verification-algorithm", "NONE");
            LaunchSettings.decide("quarkus.rest-client.tls-configuration-name", "own");
        }
        try {
            OwnTrust.extend(trusted);
        } catch (IOException e) {
            throw new StartRefusal("The sandbox cannot trust its own certificate: " + e.getMessage());
        }
    }

    private LocalAuthority authority() {
        return new LocalAuthority(launch.folder("tls").toAbsolutePath(), OWN_CLOCK);
    }

    private LocalAuthority prepared() {
        LocalAuthority authority = authority();
        try {
            authority.prepare();
            return authority;
        } catch (IOException e) {
            throw new StartRefusal("The local certificate authority cannot be used: " + e.getMessage()
                    + ". Remove the folder " + authority.folder() + " to have a new one made.");
        }
    }

    private PemFiles named() {
        PemFiles files = new PemFiles(
                launch.tls().certificate().orElseThrow(), launch.tls().key().orElseThrow());
        try {
            PemIdentity identity = files.read();
            identity.certificate().checkValidity(Date.from(OWN_CLOCK.instant()));
            return files;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw new StartRefusal(
                    "The certificate in " + files.certificate() + " is not valid now: " + e.getMessage() + ".");
        } catch (IOException e) {
            throw new StartRefusal(
                    "CONSENTRY_TLS_CERTIFICATE and CONSENTRY_TLS_KEY cannot be used: " + e.getMessage() + ".");
        }
    }

    /** What a person needs to know to call a service whose authority their machine has never heard of. */
    List<String> howToTrust(String baseUrl) {
        if (!isLocal()) {
            return List.of();
        }
        Path authority = authority().authority();
        PemFiles client = authority().client();
        return List.of(
                "TLS is on, with a certificate authority of this sandbox alone; it can vouch for localhost only. To trust it:",
                "  curl     curl --cacert " + authority + " " + baseUrl + "/.well-known/keys",
                "  Debian   sudo cp " + authority
                        + " /usr/local/share/ca-certificates/consentry-sandbox.crt && sudo update-ca-certificates",
                "  macOS    sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain "
                        + authority,
                "  Firefox  Settings, Privacy & Security, View Certificates, Authorities, Import: " + authority,
                "A client certificate to try mutual TLS with (CN=sandbox-client): " + client.certificate() + ", "
                        + client.key());
    }
}
