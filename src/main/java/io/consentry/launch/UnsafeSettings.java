package io.consentry.launch;

import io.consentry.database.StartRefusal;
import io.consentry.key.MasterKey;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Fails closed: what is convenient in the sandbox and dangerous in production is asked for there. */
record UnsafeSettings(LaunchSettings launch) {

    void refuse() {
        launch.chosen("consentry.base-url").ifPresent(UnsafeSettings::refuseUnlessOrigin);
        new LaunchTls(launch).refuseUnsafe();
        if (launch.isSandbox()) {
            return;
        }
        if (launch.chosen("consentry.clock.ahead").isPresent()) {
            throw new StartRefusal(
                    "CONSENTRY_CLOCK_AHEAD is for the sandbox: in production mode time is what the database's"
                            + " clock says. Take it out.");
        }
        Path masterKey = launch.settings()
                .masterKeyFile()
                .orElseThrow(
                        () -> new StartRefusal(
                                "In production mode CONSENTRY_MASTER_KEY_FILE must name the file with the master key, which is"
                                        + " kept apart from the database (for a trial, CONSENTRY_MODE=sandbox makes its own)."));
        refuseUnlessKey(masterKey);
        if (!new LaunchDatabase(launch).isNamed()) {
            throw new StartRefusal("In production mode QUARKUS_DATASOURCE_JDBC_URL must name the PostgreSQL database:"
                    + " the embedded one is for the sandbox (CONSENTRY_MODE=sandbox).");
        }
    }

    /** Forms, cookies and the metadata of RFC 8414 lie at fixed paths of the host, whatever a proxy strips. */
    private static void refuseUnlessOrigin(String base) {
        try {
            URI uri = new URI(base);
            if (uri.getHost() != null
                    && base.equals(uri.getScheme() + "://" + uri.getRawAuthority())
                    && uri.getRawUserInfo() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new StartRefusal(
                "CONSENTRY_BASE_URL must be scheme, host and perhaps a port, without a path or anything else"
                        + " after it (https://data.example.sg): the service needs a host of its own. It is " + base);
    }

    private static void refuseUnlessKey(Path file) {
        try {
            if (!MasterKey.isIn(file)) {
                throw new StartRefusal(
                        "CONSENTRY_MASTER_KEY_FILE names " + file
                                + ", which does not hold 32 random bytes in base64 (openssl rand -base64 32 makes such a file).");
            }
        } catch (IOException e) {
            throw new StartRefusal("CONSENTRY_MASTER_KEY_FILE names " + file + ", which cannot be read.");
        }
    }
}
